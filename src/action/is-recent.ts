import type { DeliveryRecord } from '../delivery/index.ts'

/**
 * Whether a record is of a time: it was opened, made ready, closed, reopened or merged since, by which GitHub's records are
 * selected; a commit was committed since.
 *
 * @param since milliseconds since the epoch
 */
export function isRecent(record: DeliveryRecord, since: number): boolean {
  return turnsOf(record).some((turn) => Date.parse(turn) >= since)
}

function turnsOf(record: DeliveryRecord): string[] {
  if (record.record === 'branch-commit') return [record.committedAt]
  const { createdAt, merge, closes, reopens, draftEvents } = record
  const ready = (draftEvents ?? []).filter(({ to }) => to === 'ready')
  const events = [...(closes ?? []), ...(reopens ?? []), ...ready]
  return [createdAt, merge?.at, ...events.map(({ at }) => at)].flatMap((at) => at ?? [])
}
