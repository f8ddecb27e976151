import type { Store } from '../../store/index.ts'
import type { AuditAction } from '../audit-actions.ts'

/** Somebody read something of an account. */
export interface Reading {
  readonly tenantId: number
  /** GitHub's number of the person. */
  readonly actor: number
  readonly action: AuditAction
  readonly subject: string
  readonly filter?: string
}

/** Writes down who read what, before it is handed out. */
export interface ReadNotes {
  note(reading: Reading): Promise<void>
}

/** The same reading by the same person is written once in so long, milliseconds: a log of reloads is read by nobody. */
const onceIn = 60 * 60_000
const most = 10_000

/** @param now milliseconds since the epoch */
export function createReadNotes(store: Pick<Store, 'tenant'>, now: () => number): ReadNotes {
  const noted = new Map<string, number>()
  return {
    note: async ({ tenantId, ...reading }) => {
      const { actor, action, subject, filter = '' } = reading
      const key = JSON.stringify([tenantId, actor, action, subject, filter])
      const at = now()
      if (at - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < onceIn) return
      await store
        .tenant(tenantId)
        .write(null, ({ audit }) => audit.add({ at, ...reading, outcome: 'shown' }))
      noted.delete(key)
      noted.set(key, at)
      const [oldest] = noted.keys()
      if (noted.size > most && oldest !== undefined) noted.delete(oldest)
    },
  }
}
