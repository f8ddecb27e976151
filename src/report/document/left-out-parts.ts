import type { LeftOut } from '../../comparison/index.ts'
import type { Report } from './report-document.ts'
import { roundCount } from './rounding.ts'

const labels: Readonly<Record<LeftOut['reason'], string>> = {
  revert: 'Reverts of another change, which count for that one',
  bot: 'Made by dependency, release, merge or format bots',
  'merge-queue': 'Opened by a merge queue',
  backport: 'Brought to another branch',
  release: 'Releases of what was merged before',
  'merge-back': 'Merges of one long-lived branch into another',
  'untracked-base': 'Into a branch that is not counted',
  stacked: "Into another change's branch",
  'no-lines': 'Without a changed line',
  'set-aside': 'Set aside: the record is disputed, or rests on an unreliable mark alone',
}

/** What is in neither group, in the order of the reasons. */
export function leftOutParts(leftOut: readonly LeftOut[]): Report['excluded'] {
  return leftOut.map(({ reason, changes }) => ({
    reason,
    label: labels[reason],
    changes: roundCount(changes),
  }))
}
