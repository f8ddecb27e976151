import type { OurAnswer } from './our-answer.ts'

/** How often two answers met. */
export interface Counts {
  both: number
  oursOnly: number
  theirsOnly: number
  neither: number
}

/** Disagreements of one kind with one reference. */
export interface Group {
  readonly kind: 'ours only' | 'theirs only'
  /** The rule that answered "assisted": our mark, or theirs. */
  readonly rule: string
  /** Theirs only: why we do not say so. */
  readonly because: string
  /** By repository. */
  readonly counts: Map<string, number>
}

/** Everything counted against one reference. */
export interface Tally {
  readonly byRepository: Map<string, Counts>
  readonly groups: Map<string, Group>
}

/** An empty tally. */
export function newTally(): Tally {
  return { byRepository: new Map(), groups: new Map() }
}

/**
 * Counts one commit or change. Each disagreement falls into one group, of the first rule that spoke.
 *
 * @returns the name of its group; undefined where both say the same
 */
export function count(
  tally: Tally,
  repository: string,
  ours: OurAnswer,
  theirs: string | undefined,
): string | undefined {
  const counts = tally.byRepository.get(repository) ?? newCounts()
  tally.byRepository.set(repository, counts)
  if (ours.assisted === (theirs !== undefined)) {
    counts[ours.assisted ? 'both' : 'neither'] += 1
    return undefined
  }
  counts[ours.assisted ? 'oursOnly' : 'theirsOnly'] += 1
  const kind = ours.assisted ? 'ours only' : 'theirs only'
  const rule = theirs ?? ours.because
  const because = ours.assisted ? '' : ours.because
  const name = [kind, rule, because].filter((part) => part !== '').join(' · ')
  const group = tally.groups.get(name) ?? { kind, rule, because, counts: new Map() }
  tally.groups.set(name, group)
  group.counts.set(repository, (group.counts.get(repository) ?? 0) + 1)
  return name
}

function newCounts(): Counts {
  return { both: 0, oursOnly: 0, theirsOnly: 0, neither: 0 }
}
