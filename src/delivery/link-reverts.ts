import { keyNumber, type Landed, LandedChanges, type LandedName } from './landed-changes.ts'
import type { DeliveryRecord, RevertClaim } from './record.ts'
import { resolveClaims, type Target } from './resolve-claims.ts'
import type { RevertLink, UncountedReason } from './revert-link.ts'

/** What a change is to others: `revert-of-revert`, by its title, and `reland` bring a change back and are changes themselves. */
export type RevertRole = 'revert' | 'revert-of-revert' | 'reland'

/** Of the changes on tracked branches that say that they revert: how many, and of how many the target was found. */
export interface LinkCoverage {
  readonly revertLike: number
  readonly resolved: number
}

export interface RevertLinksOptions {
  /** Logins of robots whose reverts are routine, as a build's automatic rollbacks are: linked, and not counted. */
  readonly routineBots?: readonly string[]
}

interface Outcome {
  readonly role: RevertRole | null
  readonly claimsRevert: boolean
  readonly targets: number
}

interface Link {
  readonly from: Landed
  link: RevertLink
}

/** What is found out while the changes are gone through in the order in which they landed. */
interface Findings {
  readonly outcomes: Map<Landed, Outcome>
  readonly linksTo: Map<Landed, Link[]>
  readonly linksFrom: Map<Landed, Link[]>
}

/**
 * Which changes were reverted, from the records of one or more repositories, added one by one and in any order: the same
 * records give the same links. Of several readings of a change the latest counts. What a revert refers to may be added
 * after it, so links are found when they are asked for.
 *
 * @example
 * const reverts = new RevertLinks()
 * for (const record of records) reverts.add(record)
 * reverts.linksTo(record) // [{ rung: 'R1', at: '2026-03-02T10:00:00.000Z', … }]
 */
export class RevertLinks {
  readonly #changes = new LandedChanges()
  /** Those that claim anything: one or two in a hundred. */
  readonly #claiming: Landed[] = []
  readonly #routineBots: ReadonlySet<string>
  #findings: Findings | null = null

  constructor(options: RevertLinksOptions = {}) {
    this.#routineBots = new Set(options.routineBots?.map((login) => login.toLowerCase()))
  }

  /** Takes in a record; one of a pull request that is not merged changes nothing. */
  add(record: DeliveryRecord): void {
    const landed = landedOf(record)
    if (landed === null) return
    this.#changes.add(landed, record)
    if (landed.claims.length > 0) this.#claiming.push(landed)
    this.#findings = null
  }

  /** The reverts of a change, the earliest first; also those that no rate counts. */
  linksTo(name: LandedName): readonly RevertLink[] {
    const landed = this.#changes.named(name)
    if (landed === null) return []
    return (this.#resolve().linksTo.get(landed) ?? []).map(({ link }) => link)
  }

  /** Whether a change is itself a revert or brings something back. Reverts are events and no changes. */
  roleOf(name: LandedName): RevertRole | null {
    const landed = this.#changes.named(name)
    return landed === null ? null : (this.#resolve().outcomes.get(landed)?.role ?? null)
  }

  coverage(): LinkCoverage {
    const claimed = [...this.#resolve().outcomes].filter(
      ([landed, outcome]) => landed.tracked && outcome.claimsRevert,
    )
    return {
      revertLike: claimed.length,
      resolved: claimed.filter(([, { targets }]) => targets > 0).length,
    }
  }

  #resolve(): Findings {
    if (this.#findings !== null) return this.#findings
    const findings: Findings = { outcomes: new Map(), linksTo: new Map(), linksFrom: new Map() }
    const claiming = this.#claiming.filter((landed) => this.#changes.isPresent(landed))
    for (const by of claiming.sort(inTime)) findings.outcomes.set(by, this.#settle(by, findings))
    this.#findings = findings
    return findings
  }

  /** Finds what one change reverts and brings back, all that landed before it being settled. */
  #settle(by: Landed, { outcomes, linksTo, linksFrom }: Findings): Outcome {
    const { claims } = by
    if (claims.some(({ kind }) => kind === 'not-a-revert'))
      return { role: null, claimsRevert: false, targets: 0 }
    const isRevert = (landed: Landed) =>
      (outcomes.get(landed)?.role ?? claimedRole(landed.claims)) === 'revert'
    const isReverted = (landed: Landed) =>
      linksTo.get(landed)?.some(({ link }) => link.restoredAt === null) === true
    const find = (kind: RevertClaim['kind']) => {
      const ofKind = claims.filter((claim) => claim.kind === kind)
      return resolveClaims(by, ofKind, this.#changes, isReverted)
    }
    const relanded = find('reland')
    const named = find('revert').filter(
      // "Reverts 10f1503 and reapplies #7", where 10f1503 is #7: what stands in the end is there again.
      ({ landed }) => !relanded.some((again) => again.landed === landed),
    )
    // What nobody says is only looked at.
    const said = !isCandidate(by)
    const undone = named.filter(({ landed }) => !isRevert(landed) || isAlsoChange(landed))
    const broughtBack = said ? [...named.filter(({ landed }) => isRevert(landed)), ...relanded] : []
    for (const { landed } of broughtBack) {
      const ended = isRevert(landed) ? linksFrom.get(landed) : linksTo.get(landed)
      for (const entry of ended ?? []) entry.link = restored(entry.link, by)
    }
    for (const target of undone) {
      const entry = { from: by, link: this.#link(by, target, undone.length > 1) }
      append(linksTo, target.landed, entry)
      append(linksFrom, by, entry)
    }
    if (!said) return { role: null, claimsRevert: false, targets: 0 }
    // A change that undoes a part of another in passing is a change like others.
    const mainly = undone.filter(({ partial }) => !(partial && isAlsoChange(by)))
    return {
      role: foundRole(claims, mainly.length, broughtBack.length),
      claimsRevert: undone.length > 0 || claimedRole(claims) === 'revert',
      targets: named.length,
    }
  }

  #link(by: Landed, { landed, rung, confidence, partial }: Target, bulk: boolean): RevertLink {
    const few = by.files !== null && landed.files !== null && by.files * 2 < landed.files
    const enough = by.files !== null && landed.files !== null && !few
    let uncounted: UncountedReason | null = null
    if (!by.tracked) uncounted = 'untracked-branch'
    else if (isCandidate(by)) uncounted = 'content-only'
    else if (by.bot !== null && this.#routineBots.has(by.bot.toLowerCase())) uncounted = 'bot'
    else if (few || (partial && !enough)) uncounted = 'partial'
    return {
      rung,
      confidence,
      at: isoTime(by.at),
      by: { number: by.number, sha: by.sha },
      partial: partial || few,
      bulk,
      restoredAt: null,
      restoredBy: null,
      uncounted,
    }
  }
}

/** Only its content says that it reverts something. */
function isCandidate(landed: Landed): boolean {
  return landed.claims.every((claim) => claim.in === 'content')
}

/** A change that reverts something in passing is more than a revert, and can be reverted for the rest of it. */
function isAlsoChange(landed: Landed): boolean {
  return landed.claims.every((claim) => claim.aside || claim.in === 'content')
}

function restored(link: RevertLink, by: Landed): RevertLink {
  if (link.restoredAt !== null) return link
  return { ...link, restoredAt: isoTime(by.at), restoredBy: { number: by.number, sha: by.sha } }
}

function append(lists: Map<Landed, Link[]>, key: Landed, link: Link): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [link])
  else list.push(link)
}

/** What the claims alone say, where nothing that they name is found. */
function claimedRole(claims: readonly RevertClaim[]): RevertRole | null {
  const firm = claims.filter((claim) => !claim.aside && claim.in !== 'content')
  const reverts = firm.some(({ kind }) => kind === 'revert')
  if (!firm.some(({ kind }) => kind === 'reland')) return reverts ? 'revert' : null
  // Only titles quote titles, so that the quoted one is undone by the title, and not by a sentence below it.
  const byTitle = firm.some(({ kind, titles }) => kind === 'revert' && titles.length > 0)
  return byTitle ? 'revert-of-revert' : 'reland'
}

function foundRole(
  claims: readonly RevertClaim[],
  undone: number,
  brought: number,
): RevertRole | null {
  const claimed = claimedRole(claims)
  if (claimed === 'reland' || claimed === 'revert-of-revert') return claimed
  if (undone > 0) return 'revert'
  if (brought > 0) return claimed === 'revert' ? 'revert-of-revert' : 'reland'
  return claimed
}

/** Of two readings of the same moment the one from the source that knows more counts. */
const sourceOrder: readonly DeliveryRecord['source'][] = ['git', 'webhooks', 'github']
const noClaims: readonly RevertClaim[] = []

function landedOf(record: DeliveryRecord): Landed | null {
  const { repository, revertClaims, titleKeys, source, size } = record
  const shared = {
    repository,
    claims: revertClaims.length === 0 ? noClaims : revertClaims,
    title: titleKeys === null ? 0 : keyNumber(titleKeys.whole),
    starts: titleKeys === null ? [] : titleKeys.start.map(keyNumber),
    files: size?.total.files ?? null,
  }
  if (record.record === 'branch-commit')
    return {
      ...shared,
      reading: 0,
      number: null,
      sha: record.sha,
      at: Date.parse(record.committedAt),
      tracked: record.branchTracked,
      bot: record.bot,
    }
  if (record.merge === null) return null
  return {
    ...shared,
    reading: Date.parse(record.readAt) + (sourceOrder.indexOf(source) + 1) / 4,
    number: record.number,
    sha: record.merge.commit,
    at: Date.parse(record.merge.at),
    tracked: record.base.tracked !== false,
    bot: record.author?.kind === 'bot' ? record.author.login : null,
  }
}

function inTime(one: Landed, other: Landed): number {
  if (one.at !== other.at) return one.at - other.at
  if (one.number !== other.number) return (one.number ?? 0) - (other.number ?? 0)
  return (one.sha ?? '') < (other.sha ?? '') ? -1 : 1
}

function isoTime(at: number): string {
  return new Date(at).toISOString()
}
