import type { Facts } from '../../store/index.ts'
import type { Operation, OperationEnd } from './operation.ts'

/** Prints who installed the App, and how much of each is kept. */
export async function listAccounts({ store, print }: Operation): Promise<OperationEnd> {
  for (const { id, login, kind, state } of await store.tenants.list()) {
    const kept = await store.tenant(id).read(async (facts) => ({
      repositories: await countByVisibility(facts),
      lastSnapshot: await lastSnapshot(facts),
    }))
    print(`${JSON.stringify({ id, login, kind, state, ...kept })}\n`)
  }
  return 0
}

/** Of the repositories that the installation reaches. */
export async function countByVisibility({
  repositories,
}: Facts): Promise<Record<'public' | 'internal' | 'private', number>> {
  const counts = { public: 0, internal: 0, private: 0 }
  for (const { state, visibility } of await repositories.list()) {
    if (state === 'active') counts[visibility] += 1
  }
  return counts
}

/** The organisation's, `2026-03-09`. */
async function lastSnapshot({ snapshots }: Facts): Promise<string | null> {
  const [last] = await snapshots.list('organisation', 0)
  return last === undefined ? null : new Date(last.asOf).toISOString().slice(0, 10)
}
