import { fork } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import {
  type ClaimedJob,
  type JobClaim,
  LeaseLostError,
  type Store,
  StoreError,
} from '../../src/store/index.ts'
import { aTenant } from '../support/a-tenant.ts'
import { describePostgres, describeStores, someTime, TestClock } from '../support/stores.ts'

const lease = 1_000

async function claimOne({ jobs }: Store): Promise<ClaimedJob> {
  const job = await jobs.claim({ lease })
  if (job === undefined) throw new Error('nothing was claimed')
  return job
}

describeStores('leases', (engine) => {
  test('a claimed job tells what its worker needs', async () => {
    const store = await engine.open()
    const job = { tenantId: 1, kind: 'read', subject: '2/3', due: someTime, priority: 1 } as const
    await store.jobs.enqueue([{ ...job, payload: '{"a":1}' }])
    expect(await claimOne(store)).toEqual({
      ...job,
      payload: '{"a":1}',
      tries: 1,
      token: someTime,
      installationId: null,
      tenantState: null,
      enqueuedAt: someTime,
    })
  })

  test('a claimed job tells the installation and the state of its tenant', async () => {
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 1, installationId: 10, state: 'suspended' }))
    await store.jobs.enqueue([
      { tenantId: 1, kind: 'read', subject: '', due: someTime, priority: 1 },
    ])
    expect(await claimOne(store)).toMatchObject({ installationId: 10, tenantState: 'suspended' })
  })

  test('a worker of no kind of job gets none', async () => {
    const store = await engine.open()
    await store.jobs.enqueue([
      { tenantId: 1, kind: 'read', subject: '', due: someTime, priority: 1 },
    ])
    expect(await store.jobs.claim({ lease, kinds: [] })).toBeUndefined()
    expect(await store.jobs.claim({ lease, kinds: ['build'] })).toBeUndefined()
    expect(await store.jobs.claim({ lease, kinds: ['build', 'read'] })).toBeDefined()
  })

  test('which tenants have jobs of a kind is told, whatever became of them', async () => {
    const store = await engine.open()
    const job = { subject: '', due: someTime, priority: 1 } as const
    await store.jobs.enqueue([{ ...job, tenantId: 3, kind: 'read' }])
    await store.jobs.bury(await claimOne(store), 'Error')
    await store.jobs.enqueue([
      { ...job, tenantId: 1, kind: 'read' },
      { ...job, tenantId: 1, kind: 'read', subject: 'more' },
      { ...job, tenantId: 2, kind: 'build' },
    ])
    expect(await store.jobs.tenantsOf('read')).toEqual([1, 3])
    expect(await store.jobs.tenantsOf('purge')).toEqual([])
  })

  test('facts are written under a lease, and not without it', async () => {
    const clock = new TestClock()
    const store = await engine.open({ clock })
    await store.tenants.upsert(aTenant({ id: 1 }))
    await store.jobs.enqueue([
      { tenantId: 1, kind: 'read', subject: '', due: someTime, priority: 1 },
    ])
    const tenant = store.tenant(1)
    const put = (job: JobClaim, text: string) =>
      tenant.write(job, (facts) => facts.settings.put(text))
    const late = await claimOne(store)
    await put(late, 'first')
    clock.pass(lease)
    // Nobody has claimed it since.
    await put(late, 'second')
    const current = await claimOne(store)
    await expect(put(late, 'late')).rejects.toThrow(LeaseLostError)
    expect(await store.jobs.extend(late, lease)).toBe(false)
    expect(await store.jobs.finish(late)).toBe(false)
    expect(await tenant.read((facts) => facts.settings.get())).toBe('second')
    await put(current, 'third')
    expect(await store.jobs.finish(current)).toBe(true)
    await expect(put(current, 'after its end')).rejects.toThrow(LeaseLostError)
    expect(await tenant.read((facts) => facts.settings.get())).toBe('third')
  })

  test('a token is not used again when the tenant was erased and came back', async () => {
    const clock = new TestClock()
    const store = await engine.open({ clock })
    const begin = async () => {
      await store.tenants.upsert(aTenant({ id: 1 }))
      await store.jobs.enqueue([
        { tenantId: 1, kind: 'read', subject: '', due: someTime, priority: 1 },
      ])
      return await claimOne(store)
    }
    const zombie = await begin()
    clock.pass(1)
    await store.tenants.erase(1, null)
    await begin()
    const writing = store.tenant(1).write(zombie, (facts) => facts.settings.put('from before'))
    await expect(writing).rejects.toThrow(LeaseLostError)
  })

  test('what throws writes nothing, and the next transaction goes on', async () => {
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 1 }))
    const tenant = store.tenant(1)
    const failing = tenant.write(null, async (facts) => {
      await facts.settings.put('half')
      throw new Error('something else')
    })
    await expect(failing).rejects.toThrow('something else')
    expect(await tenant.read((facts) => facts.settings.get())).toBeUndefined()
    await tenant.write(null, (facts) => facts.settings.put('whole'))
    expect(await tenant.read((facts) => facts.settings.get())).toBe('whole')
  })

  test('what is to be done is enqueued with what is written, or neither is', async () => {
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 1, installationId: 10 }))
    const tenant = store.tenant(1)
    const job = { tenantId: 1, kind: 'read', subject: '', due: someTime, priority: 1 } as const
    const failing = tenant.write(null, async (facts, enqueue) => {
      await facts.settings.put('half')
      enqueue([job])
      throw new Error('something else')
    })
    await expect(failing).rejects.toThrow('something else')
    const another = tenant.write(null, async (facts, enqueue) => {
      await facts.settings.put('half')
      enqueue([job, { ...job, tenantId: 2 }])
    })
    await expect(another).rejects.toThrow('a job of another tenant')
    expect(await store.jobs.nextDue()).toBeUndefined()
    expect(await tenant.read((facts) => facts.settings.get())).toBeUndefined()
    await tenant.write(null, async (facts, enqueue) => {
      enqueue([{ ...job, subject: 'b' }])
      await facts.settings.put('whole')
      enqueue([{ ...job, subject: 'a' }])
    })
    expect(await claimOne(store)).toMatchObject({ subject: 'a' })
    const claimed = { tenantId: 1, kind: 'read', subject: 'a', token: someTime }
    // Who has lost the lease asks for nothing either.
    const late = tenant.write({ token: -1 }, async (_, enqueue) => enqueue([job]))
    await expect(late).rejects.toThrow(LeaseLostError)
    expect(await store.jobs.finish(claimed)).toBe(true)
    const next = await claimOne(store)
    expect(next).toMatchObject({ subject: 'b' })
    await store.jobs.finish(next)
    expect(await store.jobs.nextDue()).toBeUndefined()
  })

  test('a transaction inside another one is refused, where it would wait for ever', async () => {
    const store = await engine.open()
    await store.tenants.upsert(aTenant({ id: 1 }))
    const job = { tenantId: 1, kind: 'read', subject: '', due: someTime, priority: 1 } as const
    const nested = store.tenant(1).write(null, () => store.jobs.enqueue([job]))
    await expect(nested).rejects.toThrow(StoreError)
    await expect(store.ping()).resolves.toBeUndefined()
  })
})

describePostgres('several processes on one database', (engine) => {
  test('do every job once, one at a time for each tenant, fairly', {
    timeout: 60_000,
  }, async () => {
    const location = await engine.location()
    const store = await engine.open({ location })
    const jobs = Array.from({ length: 120 }, (_, number) => ({
      // Two thirds belong to one tenant, which is no reason for the others to wait.
      tenantId: number % 3 === 0 ? 1 + ((number / 3) % 4) : 9,
      kind: 'count',
      subject: String(number),
      due: 0,
      priority: 1 as const,
    }))
    for (const id of [1, 2, 3, 4, 9])
      await store.tenants.upsert(aTenant({ id, installationId: id }))
    await store.jobs.enqueue(jobs)
    const workers = Array.from({ length: 4 }, () =>
      fork(new URL('../support/count-jobs.ts', import.meta.url), [JSON.stringify(location)]),
    )
    const ended = await Promise.all(workers.map((worker) => once(worker, 'exit')))
    expect(ended.map(([code]) => code)).toEqual([0, 0, 0, 0])
    expect(await store.jobs.nextDue()).toBeUndefined()
    const done: { subject: string; worker: number; order: number }[] = []
    for (const id of [1, 2, 3, 4, 9]) {
      const entries = await store.tenant(id).read((facts) => facts.audit.list(1_000))
      for (const { subject, actor, at } of entries) {
        done.push({ subject, worker: actor ?? 0, order: at })
      }
    }
    expect(done.map(({ subject }) => Number(subject)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 120 }, (_, number) => number),
    )
    expect(new Set(done.map(({ worker }) => worker)).size).toBeGreaterThan(1)
  })
})
