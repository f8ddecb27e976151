import { type Correction, nobodysKey } from '../../store/index.ts'

/** So long after the merge a change can be corrected, milliseconds. */
const correctableFor = 7 * 24 * 60 * 60_000

/** Until when a change can be corrected: a week after its merge; for ever while it is not merged. */
export function isCorrectable(mergedAt: number | null, time: number): boolean {
  return mergedAt === null || time <= mergedAt + correctableFor
}

/**
 * A person has one word on a change. Pressing its button again takes it back, pressing another one replaces it; what other
 * people said stands beside it, and the latest counts. So until when each press stands follows from all of them, and is found from
 * nothing each time: it does not hang on the order in which they were heard. Whoever had their data erased is told from nobody else
 * who had: what they said stays as it stood.
 *
 * @param corrections all of the change, in any order
 * @returns the same in the order in which they were said, with until when each stood; one that only took something back, not at all
 */
export function decideDeclarations(corrections: readonly Correction[]): Correction[] {
  const decided: Correction[] = []
  /** Where each person's standing word is among these. */
  const standing = new Map<string, number>()
  for (const press of corrections.toSorted(byTime)) {
    if (press.by === nobodysKey) {
      decided.push(press)
      continue
    }
    const place = standing.get(press.by)
    const word = place === undefined ? undefined : decided[place]
    if (place !== undefined && word !== undefined) {
      decided[place] = { ...word, undoneAt: press.saidAt }
    }
    const takesBack = word?.claim === press.claim
    if (takesBack) standing.delete(press.by)
    else standing.set(press.by, decided.length)
    decided.push({ ...press, undoneAt: takesBack ? press.saidAt : null })
  }
  return decided
}

function byTime(one: Correction, other: Correction): number {
  if (one.saidAt !== other.saidAt) return one.saidAt - other.saidAt
  return one.id < other.id ? -1 : Number(one.id > other.id)
}

/** What was said, without the presses that only took something back: they are kept so that none is heard twice. */
export function saidCorrections(corrections: readonly Correction[]): Correction[] {
  return corrections.filter(({ saidAt, undoneAt }) => undoneAt === null || undoneAt > saidAt)
}
