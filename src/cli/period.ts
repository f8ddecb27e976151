import { type DeliveryRecord, isOfTime } from '../delivery/index.ts'
import { UsageError } from './usage-error.ts'

/** From when on, and until before when; UTC, ISO 8601. */
export interface Period {
  readonly since?: string
  readonly until?: string
}

const date = /^\d{4}-\d{2}-\d{2}$/
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/

/** Reads `--since` and `--until`: a day, which begins at 00:00 UTC, or a time with its zone. */
export function readPeriod(since: string | undefined, until: string | undefined): Period {
  const period = {
    ...(since === undefined ? {} : { since: readTime('--since', since) }),
    ...(until === undefined ? {} : { until: readTime('--until', until) }),
  }
  if (period.since !== undefined && period.until !== undefined && period.since >= period.until) {
    throw new UsageError('--since must come before --until')
  }
  return period
}

/** Reads the value of an option: a day, which begins at 00:00 UTC, or a time with its zone. */
export function readTime(option: string, text: string): string {
  if (!date.test(text) && !time.test(text)) {
    throw new UsageError(
      `${option} needs a day such as 2026-03-01, or a time such as 2026-03-01T12:00:00Z`,
    )
  }
  const at = new Date(text)
  const day = new Date(text.slice(0, 10))
  // 30 February would become 2 March.
  const exists = !Number.isNaN(at.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
  if (!exists) throw new UsageError(`${option} names a time that does not exist: ${text}`)
  return at.toISOString().replace('.000Z', 'Z')
}

/** Whether a record is of the period, as `isOfTime` defines it. */
export function isWithin(record: DeliveryRecord, { since, until }: Period): boolean {
  return isOfTime(record, { since: toMilliseconds(since), until: toMilliseconds(until) })
}

function toMilliseconds(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time)
}
