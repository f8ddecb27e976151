import type { JobName, Store } from '../../store/index.ts'

/** What nobody works at any more: a delivery that could not be dispatched, or a job that failed too often. */
export interface DeadLetter {
  /** By which it is replayed: a delivery's GUID, or `tenant:kind:subject`. */
  readonly id: string
  /** The event, or the kind of job. */
  readonly kind: string
  readonly tenantId: number | null
  readonly tries: number
  /** Class, code and place of what went wrong. */
  readonly error: string
  /** When it came in or was buried, milliseconds since the epoch. */
  readonly at: number
}

const most = 1_000

/** The dead letters of the inbox and of the jobs, the newest first. */
export async function listDead({ inbox, jobs }: Store): Promise<DeadLetter[]> {
  const deliveries = (await inbox.dead(most)).map(
    ({ id, event, tenantId, tries, error, receivedAt }): DeadLetter => ({
      id,
      kind: event,
      tenantId,
      tries,
      error,
      at: receivedAt,
    }),
  )
  const dead = (await jobs.dead(most)).map(
    ({ tenantId, kind, subject, tries, error, diedAt }): DeadLetter => ({
      id: `${tenantId}:${kind}:${subject}`,
      kind,
      tenantId,
      tries,
      error,
      at: diedAt,
    }),
  )
  return [...deliveries, ...dead].toSorted((one, other) => other.at - one.at)
}

/** Gives a dead letter another life, its tries forgotten. False: there is none of that id. */
export async function replayDead({ inbox, jobs }: Store, id: string): Promise<boolean> {
  const job = parseJobName(id)
  return job === undefined ? inbox.replay(id) : jobs.replay(job)
}

function parseJobName(id: string): JobName | undefined {
  const [, tenantId, kind, subject] = /^(\d+):([\w-]+):(.*)$/.exec(id) ?? []
  if (tenantId === undefined || kind === undefined || subject === undefined) return undefined
  return { tenantId: Number(tenantId), kind, subject }
}
