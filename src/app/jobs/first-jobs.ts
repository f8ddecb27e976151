import { HOUSEKEEPING_TENANT, type NewJob, SYSTEM_TENANT } from '../../store/index.ts'

/** What a process begins with: whatever happened while nobody listened is found by these. Each enqueues itself again. */
export function firstJobs(now: number): NewJob[] {
  return ['find-installations', 'redeliver-missed', 'purge'].map((kind) => ({
    tenantId: kind === 'purge' ? HOUSEKEEPING_TENANT : SYSTEM_TENANT,
    kind,
    subject: '',
    due: now,
    priority: 1,
  }))
}
