import { expect, it } from 'vitest'
import { planSnapshots } from '../../../src/app/jobs/plan-snapshots.ts'
import {
  type AccountChoices,
  leastThresholds,
  readAccountSettings,
} from '../../../src/app/settings/account-settings.ts'
import { changeAccountSettings } from '../../../src/app/settings/change-settings.ts'
import { meetsSettings } from '../../../src/app/settings/meets-settings.ts'
import { describeStores, TestClock, type TestEngine } from '../../support/stores.ts'
import {
  aPlannedOrganisation,
  changesOf,
  day,
  hour,
  type PlannedChange,
  week,
} from './planned-organisation.ts'

/** Mondays of 2026, the first an anchor: what is published first, is published of it. */
const first = Date.parse('2026-06-08T00:00:00Z')
const second = first + week
const team = changesOf(1, { people: 12, perWeek: 40, from: first - 26 * week, to: second })

/** An organisation whose owner decides, of which snapshots are made two hours after midnight. */
async function aCase(engine: TestEngine, changes: readonly PlannedChange[]) {
  const clock = new TestClock()
  const organisation = await aPlannedOrganisation(engine, clock)
  const { store, write, read, publish } = organisation
  return {
    store,
    write,
    settings: () => store.tenant(1).read(readAccountSettings),
    decide: (choices: Partial<AccountChoices>, at: number) =>
      write((facts) => changeAccountSettings(facts, choices, { actor: 99, at })),
    publishOf: async (monday: number) => {
      clock.time = monday + 2 * hour
      await read(changes)
      return (await publish(monday)).find(({ id }) => id === 0)?.report
    },
    /** Without reading anything anew. */
    publishAgain: async (monday: number) => (await publish(monday)).length,
  }
}

describeStores('raised thresholds', (engine) => {
  const thresholds = { people: 100, changes: 20, largestPersonPercent: 40 }

  it('hold for what is published from then on, and hide what was published before', async () => {
    const { settings, decide, publishOf } = await aCase(engine, team)
    const before = await publishOf(first)
    expect(before?.settings).toEqual(leastThresholds)
    expect(before?.cohorts.aiRecorded).not.toBeNull()
    await decide({ thresholds }, first + day)
    expect(before && meetsSettings(before, await settings())).toBe(false)
    const after = await publishOf(second)
    expect(after?.settings).toEqual(thresholds)
    expect(after?.cohorts).toMatchObject({ aiRecorded: null, noneRecorded: null })
    expect(after && meetsSettings(after, await settings())).toBe(true)
    // Lowered again, what was made under stricter ones may still be shown.
    await decide({ thresholds: { ...leastThresholds } }, second + day)
    expect(after && meetsSettings(after, await settings())).toBe(true)
  }, 120_000)

  it('let nothing follow that the method’s own would hold back', async () => {
    // In the last weeks one person alone: under thresholds that hide all, nothing seems to have been shown that could be subtracted.
    const few = team.filter(
      ({ openedAt, person }) => openedAt < first - 4 * week || person === '1 0',
    )
    const { decide, publishOf } = await aCase(engine, few)
    expect(await publishOf(first)).toBeDefined()
    await decide({ thresholds }, first + day)
    expect(await publishOf(second)).toBeUndefined()
  }, 120_000)
})

describeStores('other branches', (engine) => {
  it('wait until everything was read for them', async () => {
    const { write, decide, publishOf } = await aCase(engine, team.slice(0, 1))
    await publishOf(first)
    await decide({ tracking: { repositories: 'all', branches: ['release/*'] } }, second + hour)
    const isHeldBack = (watermark: number) =>
      write(async (facts) => {
        await facts.repositories.setReading(1, { watermark })
        const asked = { asOf: second, now: second + 2 * hour, since: first }
        return (await planSnapshots(facts, asked)).isHeldBack
      })
    // Beyond the week's Monday, and not since the choice.
    expect(await isHeldBack(second)).toBe(true)
    expect(await isHeldBack(second + hour)).toBe(false)
  }, 120_000)
})
