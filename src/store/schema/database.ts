import type { Generated } from 'kysely'
import type { RevertLink } from '../../delivery/index.ts'
import type { StoredRepository } from '../contract/repositories.ts'
import type { TenantState } from '../contract/tenants.ts'

/**
 * The tables as this version knows them; `migrations.ts` makes them. Times are milliseconds since the epoch, yes and no are 1
 * and 0. A newer version may have added columns, which are neither read nor written here.
 */
export interface Database {
  schemaState: { readonly id: number; version: number; minimum: number }
  tenants: TenantTable
  tenantKeys: { tenantId: number; key: Uint8Array }
  settings: { tenantId: number; document: string }
  inbox: InboxTable
  bodies: { deliveryId: string; tenantId: number | null; body: Uint8Array }
  turns: TurnTable
  jobs: JobTable
  repositories: RepositoryTable
  records: RecordTable
  recordKeys: RecordKeyTable
  changes: ChangeTable
  revertLinks: RevertLinkTable
  corrections: CorrectionTable
  forgottenPeople: { tenantId: number; mark: string }
  snapshots: SnapshotTable
  checks: CheckTable
  audit: AuditTable
  tokens: TokenTable
  sessions: SessionTable
}

/** Every table that has rows of tenants, in the order in which they are erased. */
export const tenantTables = [
  'tenantKeys',
  'records',
  'recordKeys',
  'changes',
  'revertLinks',
  'corrections',
  'forgottenPeople',
  'checks',
  'snapshots',
  'settings',
  'tokens',
  'repositories',
  'bodies',
  'inbox',
  'jobs',
  'turns',
  'audit',
  'tenants',
] as const satisfies readonly (keyof Database)[]

interface TenantTable {
  tenantId: number
  login: string
  kind: 'Organization' | 'User'
  installationId: number
  /** JSON */
  permissions: string
  state: TenantState
  removedAt: number | null
  createdAt: number
  /** When its newest snapshot was built. */
  snapshotAt: number | null
  accessVersion: Generated<number>
}

interface InboxTable {
  deliveryId: string
  event: string
  tenantId: number | null
  receivedAt: number
  state: 'waiting' | 'done' | 'dead'
  due: number
  /** 0: nobody has it. */
  leaseUntil: number
  token: number
  tries: number
  error: string | null
}

/** Whose turn it is: one row for each tenant that ever had a job. */
interface TurnTable {
  tenantId: number
  /** Of the last lease. */
  token: number
  /** Rises over all tenants: who has the smallest was served longest ago. */
  served: number
  pausedUntil: number
  /** 0: no job of it runs. */
  leaseUntil: number
  /** Of the running job. */
  kind: string | null
  subject: string | null
}

interface JobTable {
  tenantId: number
  kind: string
  subject: string
  payload: string | null
  /** As of when the payload is; null where an older version wrote it: unknown, or long ago. */
  payloadAt: number | null
  priority: number
  due: number
  enqueuedAt: number
  state: 'waiting' | 'running' | 'dead'
  /** It was enqueued again while it ran; null: it was not. */
  againDue: number | null
  againPriority: number | null
  againAt: number | null
  tries: number
  error: string | null
  diedAt: number | null
}

interface RepositoryTable {
  tenantId: number
  repositoryId: number
  name: string
  visibility: StoredRepository['visibility']
  defaultBranch: string | null
  archived: number
  state: StoredRepository['state']
  removedAt: number | null
  watermark: number | null
  checkpoint: string | null
  pageSize: number | null
  backfilledAt: number | null
  total: number | null
  read: number | null
  labelledElsewhereAt: number | null
  countedFrom: number | null
}

/** A pull request has its number and an empty hash, a commit on the branch its hash and the number 0. */
interface RecordName {
  tenantId: number
  repositoryId: number
  number: number
  sha: string
}

interface RecordTable extends RecordName {
  headSha: string | null
  state: 'open' | 'closed' | 'merged' | 'commit' | 'removed'
  /** When it was opened, made ready, closed or merged last. */
  activeAt: number
  removedAt: number | null
  /** A line of `records.ndjson`; null: it was removed. */
  document: string | null
}

/** By what a record may be named, and what it claims to revert. */
interface RecordKeyTable extends RecordName {
  key: number
  role: 'name' | 'claim'
}

/**
 * What a report reads of a change stands in an index of its own, beside the whole of it. A number below zero stands for none: its
 * record is gone, and what was counted of it still is.
 */
interface ChangeTable {
  tenantId: number
  repositoryId: number
  number: number
  person: string
  openedAt: number | null
  readyAt: number | null
  mergedAt: number | null
  closedAt: number | null
  revertedAt: number | null
  readAt: number
  /** The last time that its record told of. */
  toldUntil: number
  /** Clocks that started before count nowhere; null: all do. */
  countedFrom: number | null
  /** When its repository ceased to be counted, as far as it was read; null: it is counted. */
  leftAt: number | null
  /** When its record was deleted. */
  goneAt: number | null
  pickupSeconds: number | null
  reviewSeconds: number | null
  mergeWaitSeconds: number | null
  authoredToMergedSeconds: number | null
  rounds: number | null
  changesRequested: number | null
  laterPushes: number | null
  laterLines: number | null
  threads: number | null
  flags: number
  /** One byte each: `change-row.ts`. */
  codes: Uint8Array
  registry: string
  asOf: number
  document: string
}

interface RevertLinkTable {
  tenantId: number
  repositoryId: number
  number: number
  position: number
  rung: RevertLink['rung']
  confidence: number
  at: string
  byNumber: number | null
  bySha: string | null
  partial: number
  bulk: number
  restoredAt: string | null
  restoredByNumber: number | null
  restoredBySha: string | null
  uncounted: RevertLink['uncounted']
}

interface CorrectionTable {
  tenantId: number
  correctionId: string
  repositoryId: number
  number: number
  claim: 'assisted' | 'agent-authored' | 'unassisted'
  person: string
  role: 'author' | 'writer'
  saidAt: number
  recordedAt: number
  undoneAt: number | null
}

interface SnapshotTable {
  tenantId: number
  scope: 'organisation' | 'repository'
  repositoryId: number
  asOf: number
  methodVersion: string
  /** Ids with a comma between each two. */
  repositories: string
  report: string
  builtAt: number
}

interface CheckTable {
  tenantId: number
  repositoryId: number
  number: number
  headSha: string
  checkRunId: number
  digest: string
}

interface AuditTable {
  tenantId: number
  entryId: string
  at: number
  actor: number | null
  action: string
  subject: string
  filter: string | null
  rowCount: number | null
  outcome: string
}

interface TokenTable {
  tenantId: number
  tokenHash: string
  name: string
  createdBy: number
  createdAt: number
  expiresAt: number
}

interface SessionTable {
  sessionHash: string
  userId: number
  createdAt: number
  seenAt: number
  expiresAt: number
  data: Uint8Array
}
