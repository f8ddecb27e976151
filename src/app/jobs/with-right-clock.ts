import { ClockError } from '../../store/index.ts'
import type { RunJob } from './job-context.ts'
import { tuning } from './tuning.ts'

/** A job whose results never change: with a clock that cannot be right it does nothing, and looks again later. */
export function withRightClock(run: RunJob): RunJob {
  return async (job, context) => {
    try {
      await context.store.checkClock()
    } catch (error) {
      if (!(error instanceof ClockError)) throw error
      const { tenantId, kind, subject, priority } = job
      context.log.error('clock-refused', { kind, tenant: tenantId, error })
      const due = context.surroundings.now() + tuning.snapshotRetry
      context.next({ tenantId, kind, subject, due, priority })
      return
    }
    await run(job, context)
  }
}
