import type { Selectable } from 'kysely'
import {
  ChangeTableBuilder,
  type LastingChange,
  type TablePart,
  unknown,
} from '../../comparison/index.ts'
import type { Change, RevertRole } from '../../delivery/index.ts'
import type { Database } from '../schema/database.ts'
import { StoreError } from '../store-error.ts'

type Columns = TablePart['columns']
type Row = Omit<Selectable<Database['changes']>, 'tenantId'>
export type ReportedRow = Pick<Selectable<Database['changes']>, (typeof reportedColumns)[number]>

/** Columns of numbers of which some are not known: null here, NaN in a table. */
export const amounts = [
  'readyAt',
  'mergedAt',
  'closedAt',
  'revertedAt',
  'pickupSeconds',
  'reviewSeconds',
  'mergeWaitSeconds',
  'authoredToMergedSeconds',
  'rounds',
  'changesRequested',
  'laterPushes',
  'laterLines',
  'threads',
] as const satisfies readonly (keyof Columns & keyof Row)[]

/** Columns of small numbers, in the order in which they stand in `codes`, behind the revert role. New ones go to the end. */
export const codes = [
  'cohortAtReady',
  'cohortAtMerge',
  'unassistedAtReady',
  'unassistedAtMerge',
  'assistance',
  'tier',
  'aiAfterStart',
  'band',
  'reviewed',
  'redrafted',
  'outcome',
  'surviving',
  'truncated',
  'unreadable',
  'source',
  'exclusion',
  'futureDated',
  'tool',
] as const satisfies readonly (keyof Columns)[]

/** What stands before them: what a change is to others that it reverts. */
const revertRoles = [
  'revert',
  'revert-of-revert',
  'reland',
] as const satisfies readonly RevertRole[]

/** All that is read for a snapshot: the columns of one index. */
export const reportedColumns = [
  'repositoryId',
  'number',
  'person',
  ...amounts,
  'openedAt',
  'toldUntil',
  'countedFrom',
  'leftAt',
  'goneAt',
  'flags',
  'codes',
  'registry',
] as const satisfies readonly (keyof Database['changes'])[]

/** A change as a row that was not there before, and of which everything counts. */
export function rowOf(change: Change, lasting: LastingChange): Row {
  const { repository, number, readAt, asOf } = change
  if (repository.id === null) {
    throw new StoreError(
      `a change of ${repository.name ?? 'a repository'} does not tell GitHub's number of it`,
    )
  }
  const { counted, revertRole, toldUntil } = lasting
  const builder = new ChangeTableBuilder()
  builder.addCounted(counted)
  const { columns } = builder.part()
  const told = (name: keyof Columns) => columns[name][0] ?? Number.NaN
  const known = Object.fromEntries(
    amounts.map((name) => [name, Number.isNaN(told(name)) ? null : told(name)]),
  ) as Pick<Row, (typeof amounts)[number]>
  const role = revertRole === null ? unknown : revertRoles.indexOf(revertRole)
  return {
    ...known,
    repositoryId: repository.id,
    number,
    person: counted.responsible.key,
    openedAt: counted.openedAt,
    readAt: Date.parse(readAt),
    asOf: Date.parse(asOf),
    toldUntil: Number.isFinite(toldUntil) ? toldUntil : 0,
    countedFrom: null,
    leftAt: null,
    goneAt: null,
    flags: told('flags'),
    codes: Uint8Array.from([role, ...codes.map(told)]),
    registry: counted.registry,
    document: JSON.stringify(change),
  }
}

/** What a change is to others, as it was found when its row was written. */
export function revertRoleOf({ codes: bytes }: Pick<ReportedRow, 'codes'>): RevertRole | null {
  return revertRoles[bytes[0] ?? unknown] ?? null
}
