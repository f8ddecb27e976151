import type { PullRequestRecord } from '../../delivery/index.ts'
import type { JobPriority, NewJob } from '../../store/index.ts'
import type { AppSurroundings } from '../app-surroundings.ts'
import { formatChangeSubject } from './change-subject.ts'
import { tuning } from './tuning.ts'

/** Of which repository, and when a job about it is asked for. */
export interface FollowUp {
  readonly tenantId: number
  readonly repositoryId: number
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Whether an owner wishes labels. */
  readonly labels: boolean
}

/** What GitHub is told of a pull request: a little later, so that several events come to one update. */
export function updateJobs(
  { number }: PullRequestRecord,
  { tenantId, repositoryId, now, labels }: FollowUp,
  priority: JobPriority,
): NewJob[] {
  const subject = formatChangeSubject({ repositoryId, number })
  const due = now + tuning.publishAfter
  const kinds = ['publish-check', ...(labels ? ['keep-labels'] : [])]
  return kinds.map((kind) => ({ tenantId, kind, subject, due, priority }))
}

/** What became of a merged change is looked at after 14 and after 30 days. */
export function fateJobs(
  { number, merge }: PullRequestRecord,
  { tenantId, repositoryId, now }: FollowUp,
): NewJob[] {
  if (merge === null) return []
  return Object.entries(tuning.fateAfter).flatMap(([aside, after]) => {
    const due = Date.parse(merge.at) + after
    const subject = formatChangeSubject({ repositoryId, number, aside })
    return due > now ? [{ tenantId, kind: 'read-change', subject, due, priority: 1 }] : []
  })
}

/** Spread over a tenth of the time, since all repositories begin together when a process starts. */
export function reconcileJob(
  tenantId: number,
  repositoryId: number,
  { now, random }: Pick<AppSurroundings, 'now' | 'random'>,
): NewJob {
  return {
    tenantId,
    kind: 'reconcile-repository',
    subject: String(repositoryId),
    due: now() + Math.round(tuning.reconcileEvery * (1 - random() / 10)),
    priority: 1,
  }
}
