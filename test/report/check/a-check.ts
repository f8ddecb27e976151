import { type Change, deriveChange, type RevertLink } from '../../../src/delivery/index.ts'
import { changeFacts } from '../../../src/delivery/recorded-facts.ts'
import { assessChange, toolName } from '../../../src/provenance/index.ts'
import type { CheckContents } from '../../../src/report/check/check-contents.ts'
import { aMarkedCommit, aRecord, aReview, hour, type RecordInit } from '../../support/a-record.ts'
import { shippedMarks } from '../../support/recorded-commit.ts'

/** When the check is written, hours after the pull request was opened, and what reverts the change. */
export interface CheckTime {
  readonly at?: number
  readonly reverts?: readonly RevertLink[]
}

/** A change of a record, as it stood so many hours after it was opened. */
export function changeAt(init: RecordInit, { at = 60, reverts = [] }: CheckTime = {}): Change {
  return deriveChange(aRecord({ readAt: hour(at), ...init }), {
    marks: shippedMarks,
    reverts,
    revertRole: null,
    asOf: hour(at),
  })
}

/** What the check of a marked, reviewed pull request tells, and what differs. */
export function aCheck(
  differing: Partial<CheckContents> = {},
  init: RecordInit = { commits: [aMarkedCommit()], reviews: [aReview()] },
  time: CheckTime = {},
): CheckContents {
  return {
    assessment: assessChange(changeFacts(aRecord(init)), shippedMarks),
    change: changeAt(init, time),
    declarations: [],
    open: true,
    missing: [],
    statements: [],
    repositoryUrl: 'https://github.com/acme/app',
    toolName: (id) => toolName(id, shippedMarks),
    ...differing,
  }
}
