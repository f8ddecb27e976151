import { keyNumber } from './key-numbers.ts'
import type { Landed } from './landed.ts'
import type { LandedChanges } from './landed-changes.ts'
import type { RevertClaim } from './record.ts'
import type { RevertRung } from './revert-link.ts'

/** One thing that claims lead to. */
export interface Target {
  readonly landed: Landed
  readonly rung: RevertRung
  readonly confidence: number
  /** A claim that leads to it speaks of a part. */
  readonly partial: boolean
}

/** Where claims are resolved. */
export interface ClaimSurroundings {
  readonly among: LandedChanges
  /** Whether a change is reverted when the claiming one lands, to tell changes with the same title apart. */
  isReverted(landed: Landed): boolean
  /** Told of every change that what is found depends on. */
  onSeen(landed: Landed): void
}

/** How claims lead to a change. The first way that leads anywhere decides. */
type Way = 'correction' | 'hash' | 'number' | 'own-hash' | 'title' | 'start' | 'content'

interface Finder {
  readonly way: Way
  readonly find: (claim: RevertClaim) => readonly Landed[]
}

/** A title names only what landed in this time before the revert, milliseconds. */
export const titleWindow = 90 * 86_400_000
/** Committers' clocks, by which a clone tells the order, differ by so much, milliseconds. */
export const clockSkew = 600_000
/** The start of a title says something from 24 characters on: its first 16 and 24 have keys. */
const fewestStarts = 2

/**
 * Share of links found this way that the labelled corpus confirms by the difference (docs/reverts.md, "How sure a link is").
 * Of hashes of squashed commits, starts and content there are too few to measure: 0.9 is a cautious guess.
 */
const confidences: Readonly<Record<Way, number>> = {
  correction: 1,
  hash: 0.98,
  number: 0.95,
  'own-hash': 0.9,
  title: 0.98,
  start: 0.9,
  content: 0.9,
}

/** The best first. */
const rungs: readonly RevertRung[] = ['correction', 'R1', 'R2', 'R3', 'R4']

/**
 * What claims of one change and one kind lead to among everything that landed: by hash, then number, then title, then
 * content. Nothing leads to the change itself or to one that landed after it, so that what a branch reverted of itself is
 * no revert.
 */
export function resolveClaims(
  by: Landed,
  claims: readonly RevertClaim[],
  surroundings: ClaimSurroundings,
): Target[] {
  const byWay = finders(by, surroundings).map(({ way, find }) => ({
    way,
    found: claims.flatMap((claim) => find(claim).map((landed) => ({ landed, claim }))),
  }))
  const first = byWay.find(({ found }) => found.length > 0)
  if (first === undefined) return []
  return [...new Set(first.found.map(({ landed }) => landed))].map((landed) => {
    const leading = byWay.flatMap(({ way, found }) =>
      found.filter((each) => each.landed === landed).map(({ claim }) => ({ way, claim })),
    )
    const ranks = leading.map(({ way, claim }) => rungs.indexOf(rungOf(way, claim)))
    return {
      landed,
      rung: rungs[Math.min(...ranks)] ?? 'R4',
      confidence: Math.max(...leading.map(({ way }) => confidences[way])),
      partial: leading.some(({ claim }) => claim.partial),
    }
  })
}

/** The ladder of docs/reverts.md. */
function rungOf(way: Way, claim: RevertClaim): RevertRung {
  switch (way) {
    case 'correction':
      return 'correction'
    case 'number':
      return claim.in === 'title' ? 'R3' : 'R1'
    case 'hash':
    case 'own-hash':
      return 'R2'
    case 'title':
    case 'start':
      return 'R3'
    case 'content':
      return 'R4'
  }
}

function finders(by: Landed, { among, isReverted, onSeen }: ClaimSurroundings): readonly Finder[] {
  const said = (claim: RevertClaim) => claim.in !== 'content' && claim.in !== 'correction'
  return [
    { way: 'correction', find: (claim) => (claim.in === 'correction' ? numbered(claim) : []) },
    { way: 'hash', find: (claim) => (said(claim) ? landedAs(claim) : []) },
    { way: 'number', find: (claim) => (said(claim) ? numbered(claim) : []) },
    { way: 'own-hash', find: (claim) => (said(claim) && !claim.aside ? containing(claim) : []) },
    { way: 'title', find: titled },
    { way: 'start', find: started },
    { way: 'content', find: (claim) => (claim.in === 'content' ? landedAs(claim) : []) },
  ]

  function isEarlier(landed: Landed): boolean {
    return landed !== by && isEarlierOrBy(landed)
  }

  function isEarlierOrBy(landed: Landed): boolean {
    return landed.at <= by.at + clockSkew && among.isSameRepository(landed, by)
  }

  function numbered({ numbers }: RevertClaim): Landed[] {
    return numbers.flatMap((number) => seen(among.byNumber(number).filter(isEarlier)))
  }

  /** The commits named that are on the branch. What is said in passing counts only where that is true of them all. */
  function landedAs({ shas, aside }: RevertClaim): Landed[] {
    const found = shas.map((sha) => {
      const { landed, onBranch } = hashed(sha)
      // A hash cannot be known before its commit exists, whatever the clocks say.
      return onBranch ? firstOther(landed) : []
    })
    return aside && found.some(({ length }) => length === 0) ? [] : found.flat()
  }

  /** The pull requests that contained the commits named and were squashed or, by another way, changed. */
  function containing({ shas }: RevertClaim): Landed[] {
    return shas.flatMap((sha) => {
      const { landed, onBranch } = hashed(sha)
      return onBranch ? [] : firstOther(landed.filter(isEarlierOrBy))
    })
  }

  function hashed(sha: string) {
    const found = among.byHash(sha)
    seen(found.candidates)
    return found
  }

  function seen(landed: Landed[]): Landed[] {
    for (const each of landed) onSeen(each)
    return landed
  }

  /** The first to land has brought a commit; none where that is the claiming change itself. */
  function firstOther(landed: readonly Landed[]): Landed[] {
    const [first] = landed
      .filter((each) => among.isSameRepository(each, by))
      .sort((one, other) => one.at - other.at)
    return first === undefined || landed.includes(by) ? [] : [first]
  }

  function titled({ titles, kind }: RevertClaim): Landed[] {
    return titles.flatMap(({ whole, bare }) => {
      if (whole === null) return []
      const same = among.byTitle(whole)
      const exact = only(
        same.filter(({ title }) => title === keyNumber(whole)),
        kind,
      )
      if (exact.length > 0 || bare === null) return exact
      return only([...new Set([...same, ...among.byTitle(bare)])], kind)
    })
  }

  function started({ titles, kind }: RevertClaim): Landed[] {
    return titles.flatMap(({ start }) =>
      start.length < fewestStarts ? [] : only(among.byStart(start), kind),
    )
  }

  /** Titles may repeat: a revert then means one that stands, a reland one that is reverted. */
  function only(found: readonly Landed[], kind: RevertClaim['kind']): Landed[] {
    const recent = seen(
      found.filter((landed) => isEarlier(landed) && landed.at >= by.at - titleWindow),
    )
    if (recent.length <= 1) return recent
    const fitting = recent.filter((landed) => isReverted(landed) === (kind === 'reland'))
    return fitting.length === 1 ? fitting : []
  }
}
