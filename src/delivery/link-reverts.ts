import { claimedRole, foundRole, isAlsoChange, isCandidate } from './claimed-role.ts'
import { inTime, type Landed, type LandedName, landedOf, later } from './landed.ts'
import { LandedChanges } from './landed-changes.ts'
import { keysOf } from './landed-keys.ts'
import { LandedQueue } from './landed-queue.ts'
import type { DeliveryRecord, RevertClaim } from './record.ts'
import { resolveClaims, type Target } from './resolve-claims.ts'
import type { RevertLink, RevertRole, UncountedReason } from './revert-link.ts'
import { type BroughtBack, type Settled, SettledClaims } from './settled-claims.ts'
import { WatchedClaims } from './watched-claims.ts'

export type { RevertRole } from './revert-link.ts'

/** Of the changes on tracked branches that say that they revert: how many, and of how many the target was found. */
export interface LinkCoverage {
  readonly revertLike: number
  readonly resolved: number
}

/**
 * Which changes were reverted, from the records of one or more repositories, added one by one and in any order: the same
 * records give the same links. Of several readings of a change the latest counts. What a revert refers to may be added
 * after it: links are found when they are asked for, and after that only those are looked for again that a record which
 * was added since can touch, and of these only those that landed no later than what is asked about needs.
 *
 * @example
 * const reverts = new RevertLinks()
 * for (const record of records) reverts.add(record)
 * reverts.linksTo(record) // [{ rung: 'R1', at: '2026-03-02T10:00:00.000Z', … }]
 */
export class RevertLinks {
  readonly #changes = new LandedChanges()
  /** Claims of one or two changes in a hundred. */
  readonly #watched = new WatchedClaims()
  readonly #settled = new SettledClaims(inTime)
  readonly #claiming = new Set<Landed>()
  /** Those of the claiming ones that what was added since the last question may touch. */
  readonly #touched = new Set<Landed>()
  readonly #unsettled = new LandedQueue(inTime)

  /** Takes in a record; one of a pull request that is not merged changes nothing. */
  add(record: DeliveryRecord): void {
    const landed = landedOf(record, this.#changes.repository(record.repository))
    if (landed === null) return
    const keys = keysOf(landed, record)
    const toldNames = this.#changes.add(landed, keys)
    if (landed.claims.length > 0) {
      this.#claiming.add(landed)
      this.#touched.add(landed)
      this.#watched.add(landed)
    }
    // Which repository is which is known better now, and that touches whatever there is.
    if (toldNames) for (const by of this.#claiming) this.#touched.add(by)
    for (const by of this.#watched.concernedBy(landed, keys, this.#changes)) this.#touched.add(by)
    for (const other of this.#changes.otherReadings(landed, keys)) {
      if (this.#claiming.has(other)) this.#touched.add(other)
      for (const by of this.#settled.dependingOn(other)) this.#touched.add(by)
    }
  }

  /** The reverts of a change, the earliest first; also those that no rate counts. */
  linksTo(name: LandedName): readonly RevertLink[] {
    const landed = this.#changes.named(name)
    if (landed === null) return []
    this.#settleLinksTo(landed)
    return this.#settled.linksTo(landed).map(({ link, restoredBy }) =>
      restoredBy === null
        ? link
        : {
            ...link,
            restoredAt: isoTime(restoredBy.at),
            restoredBy: { number: restoredBy.number, sha: restoredBy.sha },
          },
    )
  }

  /** Whether a change is itself a revert or brings something back. Reverts are events and no changes. */
  roleOf(name: LandedName): RevertRole | null {
    const landed = this.#changes.named(name)
    if (landed === null) return null
    this.#settleUntil(landed)
    return this.#settled.of(landed)?.role ?? null
  }

  coverage(): LinkCoverage {
    this.#settleUntil(null)
    const claimed = [...this.#claiming].flatMap((landed) => {
      const settled = landed.tracked ? this.#settled.of(landed) : undefined
      return settled?.claimsRevert ? [settled] : []
    })
    return {
      revertLike: claimed.length,
      resolved: claimed.filter(({ targets }) => targets > 0).length,
    }
  }

  /** Who may revert a change or bring it back has to be settled, and, since that depends on them, who landed before. */
  #settleLinksTo(landed: Landed): void {
    let last = landed
    do {
      this.#settleUntil(last)
      for (const by of this.#settled.dependingOn(landed)) {
        last = later(last, by)
        for (const other of this.#settled.dependingOn(by)) last = later(last, other)
      }
    } while (this.#unsettled.hasUntil(last))
  }

  /**
   * In the order in which they landed: what one depends on landed before it.
   *
   * @param last null: all
   */
  #settleUntil(last: Landed | null): void {
    let until = last
    for (const by of this.#touched) until = until === null ? null : later(until, by)
    this.#unsettled.addAll(this.#touched)
    this.#touched.clear()
    for (let by = this.#unsettled.take(until); by !== undefined; by = this.#unsettled.take(until)) {
      const present = this.#changes.isPresent(by)
      if (!present) this.#claiming.delete(by)
      this.#unsettled.addAll(this.#settled.replace(by, present ? this.#settle(by) : undefined))
    }
  }

  /** Finds what one change reverts and brings back, all that landed before it being settled. */
  #settle(by: Landed): Settled {
    const { claims } = by
    const seen = new Set<Landed>()
    const nothing = { links: [], broughtBack: [], seen, claimsRevert: false, targets: 0 }
    if (claims.some(({ kind }) => kind === 'not-a-revert')) return { ...nothing, role: null }
    const isRevert = (landed: Landed) => {
      const before = inTime(landed, by) < 0 ? this.#settled.of(landed)?.role : undefined
      return (before ?? claimedRole(landed.claims)) === 'revert'
    }
    const surroundings = {
      among: this.#changes,
      isReverted: (landed: Landed) => this.#settled.isReverted(landed, by),
      onSeen: (landed: Landed) => seen.add(landed),
    }
    const find = (kind: RevertClaim['kind']) => {
      const ofKind = claims.filter((claim) => claim.kind === kind)
      return resolveClaims(by, ofKind, surroundings)
    }
    const relanded = find('reland')
    const named = find('revert').filter(
      // "Reverts 10f1503 and reapplies #7", where 10f1503 is #7: what stands in the end is there again.
      ({ landed }) => !relanded.some((again) => again.landed === landed),
    )
    // What nobody says is only looked at.
    const said = !isCandidate(by)
    const undone = named.filter(({ landed }) => !isRevert(landed) || isAlsoChange(landed))
    const restored = said ? [...named.filter(({ landed }) => isRevert(landed)), ...relanded] : []
    const broughtBack = restored.map(
      ({ landed }): BroughtBack => ({ landed, isRevert: isRevert(landed) }),
    )
    const links = undone.map((target) => ({
      to: target.landed,
      link: this.#link(by, target, undone.length > 1),
    }))
    if (!said) return { ...nothing, links, role: null }
    // A change that undoes a part of another in passing is a change like others.
    const mainly = undone.filter(({ partial }) => !(partial && isAlsoChange(by)))
    return {
      links,
      broughtBack,
      seen,
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

function isoTime(at: number): string {
  return new Date(at).toISOString()
}
