import { beforeAll, expect, it } from 'vitest'
import type { DeliveryRecord } from '../../../src/delivery/index.ts'
import type { Report } from '../../../src/report/index.ts'
import { describeStores } from '../../support/stores.ts'
import {
  anOrganisation,
  day,
  first,
  ofBusiest,
  ofOneRepository,
  openedAt,
  second,
} from './an-organisation.ts'

/** Of two large repositories, and of one person alone in a third. */
let a: DeliveryRecord[] = []
let b: DeliveryRecord[] = []
let lone: DeliveryRecord[] = []
const [idOfA, idOfB, idOfLone] = [700_000_000, 700_000_001, 700_000_002]
beforeAll(() => {
  a = ofOneRepository(5, idOfA)
  b = ofOneRepository(6, idOfB)
  lone = ofBusiest(ofOneRepository(7, idOfLone))
})

/** What is told of the changes of either group. */
function partsOf({ cohorts, merged, reverts, funnel, coverage, sizes, weeks, quantiles }: Report) {
  const groups = [cohorts.aiRecorded, cohorts.noneRecorded]
  const parts = [...groups, merged, reverts, funnel, coverage, sizes, ...weeks]
  return [...parts, ...quantiles].filter((part) => part !== null)
}

describeStores('snapshots of several repositories', (engine) => {
  it('show none that the whole would then be subtracted from', async () => {
    const { keep, publish } = await anOrganisation(engine)
    await keep([...a, ...lone])
    const made = await publish(first)
    expect(made.map(({ id }) => id)).toEqual([0, idOfA, idOfLone])
    const [whole, ofA, ofLone] = made.map(({ report }) => report)
    if (whole === undefined || ofA === undefined || ofLone === undefined)
      throw new Error('one lacks')
    expect(partsOf(ofLone)).toEqual([])
    expect(whole.cohorts.aiRecorded).not.toBeNull()
    expect(whole.cohorts.noneRecorded).not.toBeNull()
    expect(partsOf(ofA)).toEqual([])
    expect(whole.repositories).toEqual([])
  }, 120_000)

  it('one waits where few people moved in it, and the whole and the other go on', async () => {
    const { keep, publish } = await anOrganisation(engine)
    // What comes into the windows is of one person in the second repository.
    const late = first - 20 * day
    const busiest = new Set(ofBusiest(b))
    const few = b.filter((one) => !(openedAt(one) > late) || busiest.has(one))
    await keep([...a, ...few])
    expect((await publish(first)).map(({ id }) => id)).toEqual([0, idOfA, idOfB])
    const next = await publish(second)
    expect(next.map(({ id }) => id)).toEqual([0])
    expect(next[0]?.report.repositories).toEqual([])
  }, 120_000)
})
