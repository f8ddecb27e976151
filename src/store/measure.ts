import { sql } from 'kysely'
import type { StoreMeasures } from './contract/store.ts'
import type { Queries } from './engine/engine.ts'

/** How much waits, over all tenants. */
export async function measure(queries: Queries): Promise<StoreMeasures> {
  const waiting = await queries
    .selectFrom('inbox')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('receivedAt').as('oldest')])
    .where('state', '=', sql.lit('waiting'))
    .executeTakeFirstOrThrow()
  const dead = await queries
    .selectFrom('inbox')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', sql.lit('dead'))
    .executeTakeFirstOrThrow()
  return {
    inbox: {
      waiting: waiting.count,
      oldestReceivedAt: waiting.count === 0 ? null : waiting.oldest,
      dead: dead.count,
    },
    jobs: await jobsByKind(queries),
    ...(await tenantsByState(queries)),
  }
}

async function jobsByKind(queries: Queries): Promise<StoreMeasures['jobs']> {
  const rows = await queries
    .selectFrom('jobs')
    .select(({ fn }) => [
      'kind',
      'state',
      fn.countAll<number>().as('count'),
      fn.min('due').as('due'),
    ])
    .groupBy(['kind', 'state'])
    .orderBy('kind')
    .execute()
  return [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, states]) => {
    const of = (state: string) => states.find((one) => one.state === state)
    return {
      kind,
      waiting: of('waiting')?.count ?? 0,
      running: of('running')?.count ?? 0,
      dead: of('dead')?.count ?? 0,
      oldestDue: of('waiting')?.due ?? null,
    }
  })
}

async function tenantsByState(
  queries: Queries,
): Promise<Pick<StoreMeasures, 'tenants' | 'oldestSnapshotAt'>> {
  const rows = await queries
    .selectFrom('tenants')
    .select(({ fn }) => [
      'state',
      fn.countAll<number>().as('count'),
      fn.min('snapshotAt').as('snapshotAt'),
    ])
    .groupBy('state')
    .execute()
  const of = (state: string) => rows.find((one) => one.state === state)?.count ?? 0
  const active = rows.find(({ state }) => state === 'active')
  return {
    tenants: { active: of('active'), suspended: of('suspended'), removed: of('removed') },
    oldestSnapshotAt: active?.snapshotAt ?? null,
  }
}
