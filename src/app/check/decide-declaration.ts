import type { Correction, NewCorrection } from '../../store/index.ts'

/** So long after the merge a change can be corrected, milliseconds. */
const correctableFor = 7 * 24 * 60 * 60_000

/** What a press of a button comes to. */
export interface Decision {
  /** Whether it stands, or only takes back what was said before. */
  readonly stands: boolean
  /** Ids of what the same person said before, and takes back with it. */
  readonly undo: readonly string[]
}

/** Until when a change can be corrected: a week after its merge; for ever while it is not merged. */
export function isCorrectable(mergedAt: number | null, time: number): boolean {
  return mergedAt === null || time <= mergedAt + correctableFor
}

/**
 * A person has one word on a change. Pressing its button again takes it back, pressing another one replaces it; what other
 * people said stands beside it, and the latest counts.
 *
 * @param corrections all of the change, undone ones included
 * @returns undefined where the press was heard before
 */
export function decideDeclaration(
  corrections: readonly Correction[],
  { id, claim, by, at }: Pick<NewCorrection, 'id' | 'claim' | 'by'> & { readonly at: number },
): Decision | undefined {
  if (corrections.some((one) => one.id === id)) return undefined
  const own = corrections.filter((one) => one.by === by)
  // Deliveries come in any order: what the person said since holds.
  if (own.some(({ saidAt }) => saidAt > at)) return { stands: false, undo: [] }
  const standing = own.filter(({ undoneAt }) => undoneAt === null)
  return {
    stands: !standing.some((one) => one.claim === claim),
    undo: standing.map((one) => one.id),
  }
}

/** What was said, without the presses that only took something back: they are kept so that none is heard twice. */
export function saidCorrections(corrections: readonly Correction[]): Correction[] {
  return corrections.filter(({ saidAt, undoneAt }) => undoneAt === null || undoneAt > saidAt)
}
