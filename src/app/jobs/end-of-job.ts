import { GitHubError } from '../../github/index.ts'
import {
  type ClaimedJob,
  LeaseLostError,
  type NewJob,
  SYSTEM_TENANT,
  UnknownTenantError,
} from '../../store/index.ts'
import { OtherRepositoryError } from './other-repository-error.ts'
import { tuning } from './tuning.ts'

/** What follows from what a job threw. */
export type JobEnd =
  /** Trying again soon does not help, and where it is over, never; these come after it. */
  | {
      readonly end: 'finish'
      readonly reason: string
      readonly next: readonly NewJob[]
      readonly isOver: boolean
    }
  /** GitHub limits the calls of this installation until then, milliseconds since the epoch. */
  | { readonly end: 'limited'; readonly until: number }
  | { readonly end: 'retry' }
  | { readonly end: 'bury' }
  /** Somebody else has it. */
  | { readonly end: 'lost' }

/**
 * By the failure (RELIABILITY.md, G1, G2, G8 to G14, G24). What nobody has thought of is tried again.
 *
 * @param now milliseconds since the epoch
 */
export function endOf(error: unknown, job: ClaimedJob, now: number): JobEnd {
  if (error instanceof LeaseLostError) return { end: 'lost' }
  if (error instanceof UnknownTenantError)
    return { end: 'finish', reason: 'erased', next: [], isOver: true }
  if (error instanceof OtherRepositoryError) {
    return outOfReach('renamed', [syncRepositories(job, now)])
  }
  if (!(error instanceof GitHubError)) return { end: 'retry' }
  if (error.limitedUntil !== undefined) return { end: 'limited', until: error.limitedUntil }
  const ofTenant = job.tenantId !== SYSTEM_TENANT
  switch (error.failure) {
    case 'suspended':
    case 'uninstalled':
      return outOfReach(error.failure, syncInstallation(job, now))
    case 'blocked':
      return outOfReach(error.failure, [])
    case 'permission':
      return outOfReach('missing-permission', [])
    case 'not-found':
      return ofTenant ? outOfReach(error.failure, [syncRepositories(job, now)]) : { end: 'retry' }
    case 'refused':
      return { end: 'bury' }
    case 'token':
    case 'unavailable':
      return { end: 'retry' }
  }
}

function outOfReach(reason: string, next: readonly NewJob[]): JobEnd {
  return { end: 'finish', reason, next, isOver: false }
}

function syncInstallation({ installationId }: ClaimedJob, now: number): NewJob[] {
  if (installationId === null) return []
  return [
    {
      tenantId: SYSTEM_TENANT,
      kind: 'sync-installation',
      subject: String(installationId),
      due: now + tuning.lookUpInstallationAfter,
      priority: 0,
    },
  ]
}

function syncRepositories({ tenantId }: ClaimedJob, now: number): NewJob {
  return {
    tenantId,
    kind: 'sync-repositories',
    subject: '',
    due: now + tuning.lookUpRepositoriesAfter,
    priority: 1,
  }
}
