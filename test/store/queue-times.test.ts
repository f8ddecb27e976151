import { expect, test } from 'vitest'
import { StoreError } from '../../src/store/index.ts'
import { describeStores, someTime } from '../support/stores.ts'

const lease = 1_000
const job = { tenantId: 1, kind: 'read', subject: '', due: someTime, priority: 1 } as const

describeStores('a time of the queue that is no whole number of milliseconds', (engine) => {
  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d is refused', async (time) => {
    const { inbox, jobs } = await engine.open()
    const refused = async (promise: Promise<unknown>) => {
      const error = await promise.catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(StoreError)
      expect(String(error)).toContain('whole milliseconds')
    }
    await refused(jobs.enqueue([job, { ...job, subject: 'other', due: time }]))
    expect(await jobs.nextDue()).toBeUndefined()
    await refused(jobs.pause(1, time))
    await jobs.enqueue([job])
    const claimed = await jobs.claim({ lease })
    if (claimed === undefined) throw new Error('nothing was claimed')
    await refused(jobs.retry(claimed, time, 'Error'))
    await refused(jobs.finish(claimed, [{ ...job, due: time }]))
    expect(await jobs.finish(claimed)).toBe(true)
    const body = Buffer.from('{}')
    await inbox.accept({ id: 'one', event: 'push', body, tenantId: 1, receivedAt: someTime })
    const [delivery] = await inbox.claim({ limit: 1, lease })
    if (delivery === undefined) throw new Error('nothing was claimed')
    await refused(inbox.retry(delivery, time, 'Error'))
    expect(await inbox.finish(delivery, [])).toBe(true)
  })
})
