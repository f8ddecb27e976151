import type { GateThresholds } from '../../comparison/index.ts'
import type { BothGroups } from './both-groups.ts'
import { wholePercent } from './rounding.ts'

/**
 * Why a group is not shown, as it stands inside a sentence.
 *
 * @param whose the group, where it is known that it is too small itself
 */
export function gateText(
  { people, changes, personShare }: GateThresholds,
  whose = 'a group, or what it leaves of the whole,',
): string {
  return `${whose} has fewer than ${people} people or ${changes} changes, or one person made more than ${mostText(personShare)} of it`
}

/** The same as a statement of its own (docs/method.md, From numbers to words). */
export function hiddenStatement({ people, changes, personShare }: GateThresholds): string {
  return `Not shown: fewer than ${people} people or ${changes} changes in a group, or in what it leaves of the whole, or one person made more than ${mostText(personShare)} of either.`
}

function mostText(personShare: number): string {
  return personShare === 0.5 ? 'half' : `${wholePercent(personShare)} %`
}

/** A group of what is compared, where the groups of all changes are large enough: many may have become ready, and few merged. */
export const followedGroup =
  'among the changes that were merged and followed for long enough, a group, or what it leaves of the whole,'

/** The group that may not be shown, where it is one alone. */
export function hiddenGroup({ aiRecorded, noneRecorded }: BothGroups<unknown>): string | undefined {
  if ((aiRecorded === null) === (noneRecorded === null)) return undefined
  return aiRecorded === null ? 'the group with AI recorded' : 'the group with no AI recorded'
}
