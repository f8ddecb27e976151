import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ClaimedJob, JobName, NewJob, Store } from '../../src/store/index.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { describeStores, TestClock } from '../support/stores.ts'
import { JobModel } from './job-model.ts'

const lease = 1_000
const tenants = [1, 2]

/** Few, so that the same job is asked for while it runs. */
const anyName = fc.constantFrom<JobName[]>(
  { tenantId: 1, kind: 'read', subject: '' },
  { tenantId: 1, kind: 'read', subject: '' },
  { tenantId: 1, kind: 'build', subject: '1/2' },
  { tenantId: 2, kind: 'read', subject: '' },
)
const anyDelay = fc.constantFrom(0, 0, 1, 500, 1_500)
/** Which of all jobs that were ever claimed, counted from the newest: leases that are lost are among them. */
const anyClaim = fc.constantFrom(0, 0, 0, 1, 2)

const anyCommand = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('enqueue' as const),
      name: anyName,
      delay: anyDelay,
      priority: fc.constantFrom(0, 1, 2),
      payload: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
      payloadAt: fc.option(fc.constantFrom(1, 2), { nil: undefined }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      kinds: fc.option(fc.constant(['read']), { nil: undefined, freq: 4 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('finish' as const, 'finish', 'bury', 'release', 'extend'),
      of: anyClaim,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('retry' as const), of: anyClaim, delay: anyDelay }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      milliseconds: fc.constantFrom(1, 400, 1_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pause' as const),
      tenantId: fc.constantFrom(...tenants),
      delay: anyDelay,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('replay' as const), name: anyName }) },
)

type Command = typeof anyCommand extends fc.Arbitrary<infer Value> ? Value : never

describeStores('jobs, whatever is asked of them in any order,', (engine) => {
  test('do what the model does', async () => {
    const clock = new TestClock()
    const store = await engine.open({ clock })
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyCommand, { minLength: 10, maxLength: 60, size: 'max' }),
        async (commands) => {
          for (const id of tenants) await store.tenants.erase(id, null)
          await play(commands, { store, clock })
        },
      ),
      { numRuns: propertyRuns(engine.name === 'sqlite' ? 40 : 15) },
    )
  })
})

async function play(
  commands: readonly Command[],
  { store, clock }: { readonly store: Store; readonly clock: TestClock },
): Promise<void> {
  const { jobs } = store
  const model = new JobModel()
  const claimed: ClaimedJob[] = []
  for (const command of commands) {
    const now = clock.now()
    switch (command.do) {
      case 'enqueue': {
        const { name, delay, priority, payload, payloadAt } = command
        const job: NewJob = {
          ...name,
          due: now + delay,
          priority: priority as NewJob['priority'],
          ...(payload === undefined ? {} : { payload }),
          ...(payloadAt === undefined ? {} : { payloadAt }),
        }
        model.enqueue(job, now)
        await jobs.enqueue([job])
        break
      }
      case 'claim': {
        const { kinds } = command
        const job = await jobs.claim({ lease, ...(kinds === undefined ? {} : { kinds }) })
        const expected = model.claim(now, lease, kinds)
        if (expected === undefined) expect(job).toBeUndefined()
        else expect(job).toMatchObject(expected)
        if (job !== undefined) claimed.unshift(job)
        break
      }
      case 'pass':
        clock.pass(command.milliseconds)
        break
      case 'pause':
        model.pause(command.tenantId, now + command.delay)
        await jobs.pause(command.tenantId, now + command.delay)
        break
      case 'replay':
        expect(await jobs.replay(command.name)).toBe(model.replay(command.name, now))
        break
      default: {
        const job = claimed[command.of]
        if (job !== undefined) await end(command, job)
      }
    }
    expect(await jobs.nextDue()).toBe(model.nextDue())
  }
  expect(await jobs.dead(100)).toHaveLength(model.count('dead'))
  const measures = await store.measure()
  for (const state of ['waiting', 'running', 'dead'] as const) {
    const count = measures.jobs.reduce((sum, kind) => sum + kind[state], 0)
    expect(count, state).toBe(model.count(state))
  }

  async function end(
    command: Extract<Command, { readonly of: number }>,
    job: ClaimedJob,
  ): Promise<void> {
    const now = clock.now()
    switch (command.do) {
      case 'finish':
        expect(await jobs.finish(job)).toBe(model.finish(job))
        break
      case 'bury':
        expect(await jobs.bury(job, 'it fails')).toBe(model.bury(job))
        break
      case 'release':
        expect(await jobs.release(job)).toBe(model.release(job))
        break
      case 'extend':
        expect(await jobs.extend(job, lease)).toBe(model.extend(job, now + lease))
        break
      case 'retry':
        expect(await jobs.retry(job, now + command.delay, 'it fails')).toBe(
          model.retry(job, now + command.delay),
        )
    }
  }
}
