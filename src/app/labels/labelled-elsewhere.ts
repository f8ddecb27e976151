import type { PullRequestRecord } from '../../delivery/index.ts'
import { answerLabels } from '../../github/index.ts'
import { isSameLabel } from '../../provenance/index.ts'
import type { StoredRepository } from '../../store/index.ts'

/** So long after it moved a label of ours, another app counts as the one that labels there. Milliseconds. */
const remembered = 90 * 24 * 60 * 60_000

const names = Object.values(answerLabels('ai:'))

/**
 * When another app last moved one of the answer's labels on a pull request, milliseconds since the epoch; undefined: none did.
 * The Action acts as the app `github-actions`, and whatever else keeps these labels is left to do so as well.
 */
export function lastLabelledElsewhere({ labelEvents }: PullRequestRecord): number | undefined {
  return (labelEvents ?? [])
    .filter(({ by, label }) => by === 'app' && names.some((name) => isSameLabel(name, label)))
    .map(({ at }) => Date.parse(at))
    .reduce<number | undefined>((last, at) => Math.max(last ?? at, at), undefined)
}

/** Whether the labels of a repository are another app's. */
export function isLabelledElsewhere(
  { labelledElsewhereAt }: StoredRepository,
  now: number,
): boolean {
  return labelledElsewhereAt !== null && labelledElsewhereAt > now - remembered
}
