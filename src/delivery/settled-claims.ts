import type { Landed } from './landed.ts'
import type { RevertLink, RevertRole } from './revert-link.ts'

/** What a change brings back: one that was reverted, or, where that is a revert, all that it reverted. */
export interface BroughtBack {
  readonly landed: Landed
  readonly isRevert: boolean
}

/** What a change that claims something turned out to do. */
export interface Settled {
  readonly role: RevertRole | null
  readonly claimsRevert: boolean
  /** How many changes it names. */
  readonly targets: number
  readonly links: readonly { readonly to: Landed; readonly link: RevertLink }[]
  readonly broughtBack: readonly BroughtBack[]
  /** Every change on which this depends. */
  readonly seen: ReadonlySet<Landed>
}

/** A link with who first brought back what it reverted. */
export interface SettledLink {
  readonly link: RevertLink
  readonly restoredBy: Landed | null
}

/**
 * What changes do to each other, each to be replaced alone. One depends on those that landed before it, as they have been
 * settled, and on no other.
 */
export class SettledClaims {
  readonly #inTime: (one: Landed, other: Landed) => number
  readonly #settled = new Map<Landed, Settled>()
  readonly #revertedBy = new Relation()
  readonly #broughtBackBy = new Relation()
  readonly #seenBy = new Relation()

  constructor(inTime: (one: Landed, other: Landed) => number) {
    this.#inTime = inTime
  }

  of(landed: Landed): Settled | undefined {
    return this.#settled.get(landed)
  }

  /** Those that have to be settled again where a change is there no more. */
  dependingOn(landed: Landed): Iterable<Landed> {
    return this.#seenBy.of(landed)
  }

  /** The earliest first. */
  linksTo(landed: Landed): SettledLink[] {
    return [...this.#revertedBy.of(landed)].sort(this.#inTime).flatMap((from) => {
      const restoredBy = this.#restorer(from, landed)
      const links = this.#settled.get(from)?.links ?? []
      return links.flatMap(({ to, link }) => (to === landed ? [{ link, restoredBy }] : []))
    })
  }

  /** Whether a change is reverted and not back when another one lands. */
  isReverted(landed: Landed, when: Landed): boolean {
    for (const from of this.#revertedBy.of(landed)) {
      if (!this.#isBefore(from, when)) continue
      const restorer = this.#restorer(from, landed)
      if (restorer === null || !this.#isBefore(restorer, when)) return true
    }
    return false
  }

  /**
   * Puts in what a change does; undefined: it is not there any more.
   *
   * @returns those that landed later and depend on what is different now
   */
  replace(by: Landed, settled: Settled | undefined): Set<Landed> {
    const before = this.#settled.get(by)
    const touched = isSame(before, settled)
      ? new Set<Landed>()
      : new Set([by, ...this.#touchedBy(before), ...this.#touchedBy(settled)])
    for (const { to } of before?.links ?? []) this.#revertedBy.remove(to, by)
    for (const { landed } of before?.broughtBack ?? []) this.#broughtBackBy.remove(landed, by)
    for (const landed of before?.seen ?? []) this.#seenBy.remove(landed, by)
    if (settled === undefined) this.#settled.delete(by)
    else this.#settled.set(by, settled)
    for (const { to } of settled?.links ?? []) this.#revertedBy.add(to, by)
    for (const { landed } of settled?.broughtBack ?? []) this.#broughtBackBy.add(landed, by)
    for (const landed of settled?.seen ?? []) this.#seenBy.add(landed, by)
    const depending = new Set<Landed>()
    for (const landed of touched) {
      for (const other of this.#seenBy.of(landed)) {
        if (this.#isBefore(by, other)) depending.add(other)
      }
    }
    return depending
  }

  /** What is reverted, or back, by a change. */
  *#touchedBy(settled: Settled | undefined): Generator<Landed> {
    for (const { to } of settled?.links ?? []) yield to
    for (const { landed, isRevert } of settled?.broughtBack ?? []) {
      yield landed
      if (isRevert) for (const { to } of this.#settled.get(landed)?.links ?? []) yield to
    }
  }

  /** The first that brings back what a revert has reverted, after it; null: none does. */
  #restorer(from: Landed, to: Landed): Landed | null {
    let first: Landed | null = null
    for (const [landed, isRevert] of [
      [from, true],
      [to, false],
    ] as const) {
      for (const by of this.#broughtBackBy.of(landed)) {
        if (!this.#isBefore(from, by) || (first !== null && !this.#isBefore(by, first))) continue
        const back = this.#settled.get(by)?.broughtBack ?? []
        if (back.some((each) => each.landed === landed && each.isRevert === isRevert)) first = by
      }
    }
    return first
  }

  #isBefore(one: Landed, other: Landed): boolean {
    return this.#inTime(one, other) < 0
  }
}

const none: ReadonlySet<Landed> = new Set()

class Relation {
  readonly #sets = new Map<Landed, Set<Landed>>()

  of(landed: Landed): ReadonlySet<Landed> {
    return this.#sets.get(landed) ?? none
  }

  add(landed: Landed, other: Landed): void {
    const present = this.#sets.get(landed)
    if (present === undefined) this.#sets.set(landed, new Set([other]))
    else present.add(other)
  }

  remove(landed: Landed, other: Landed): void {
    const present = this.#sets.get(landed)
    if (present?.delete(other) && present.size === 0) this.#sets.delete(landed)
  }
}

/** Whether nothing that others depend on differs. */
function isSame(one: Settled | undefined, other: Settled | undefined): boolean {
  const [links, otherLinks] = [one?.links ?? [], other?.links ?? []]
  const [back, otherBack] = [one?.broughtBack ?? [], other?.broughtBack ?? []]
  return (
    one?.role === other?.role &&
    links.length === otherLinks.length &&
    links.every(({ to }, index) => to === otherLinks[index]?.to) &&
    back.length === otherBack.length &&
    back.every(
      ({ landed, isRevert }, index) =>
        landed === otherBack[index]?.landed && isRevert === otherBack[index].isRevert,
    )
  )
}
