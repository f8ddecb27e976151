import { describe, expect, it, test } from 'vitest'
import {
  isLooser,
  leastThresholds,
  parseAccountSettings,
  readAccountSettings,
  toGate,
} from '../../../src/app/settings/account-settings.ts'
import { announcedFor, readAnnouncements } from '../../../src/app/settings/announcements.ts'
import { changeAccountSettings } from '../../../src/app/settings/change-settings.ts'
import { meetsSettings } from '../../../src/app/settings/meets-settings.ts'
import { gateThresholds } from '../../../src/comparison/index.ts'
import { aTenant } from '../../support/a-tenant.ts'
import { describeStores, someTime, type TestEngine } from '../../support/stores.ts'

const day = 24 * 60 * 60 * 1_000

test('without a decision everything is closed to the outside, open to members, and as the method asks', () => {
  expect(parseAccountSettings(undefined)).toEqual({
    open: true,
    thresholds: { people: 5, changes: 20, largestPersonPercent: 50 },
    retentionDays: null,
    tracking: { repositories: 'all', branches: [] },
    organisationInPublicChecks: false,
    labels: false,
    selfAudit: null,
    history: { branches: null },
  })
})

test.each([
  [{ people: 1, changes: 3, largestPersonPercent: 100 }, leastThresholds],
  [{ people: 8 }, { people: 8, changes: 20, largestPersonPercent: 50 }],
  [
    { people: 4, changes: 100, largestPersonPercent: 20 },
    { people: 5, changes: 100, largestPersonPercent: 20 },
  ],
])('stored thresholds %j are never looser than the method’s', (stored, thresholds) => {
  expect(parseAccountSettings(JSON.stringify({ thresholds: stored })).thresholds).toEqual(
    thresholds,
  )
})

test.each([
  [30, 245],
  [245, 245],
  [300, 300],
  [5_000, 400],
  [null, null],
])('of a stored retention of %s days %s counts', (retentionDays, counts) => {
  expect(parseAccountSettings(JSON.stringify({ retentionDays })).retentionDays).toBe(counts)
})

describe('thresholds', () => {
  test('that nobody raised are the method’s own', () => {
    expect(toGate({ ...leastThresholds })).toBe(gateThresholds)
    expect(toGate({ people: 8, changes: 40, largestPersonPercent: 33 })).toEqual({
      people: 8,
      changes: 40,
      personShare: 0.33,
    })
  })

  test.each([
    [{ people: 5, changes: 20, largestPersonPercent: 50 }, true],
    [{ people: 8, changes: 20, largestPersonPercent: 50 }, true],
    [{ people: 10, changes: 40, largestPersonPercent: 51 }, true],
    [{ people: 10, changes: 40, largestPersonPercent: 30 }, false],
    [{ people: 12, changes: 50, largestPersonPercent: 20 }, false],
  ])('a report made under %j is hidden: %s', (settings, isHidden) => {
    const thresholds = { people: 10, changes: 40, largestPersonPercent: 30 }
    expect(isLooser(settings, thresholds)).toBe(isHidden)
    expect(meetsSettings({ settings }, { thresholds })).toBe(!isHidden)
  })
})

async function aTenantOf(engine: TestEngine) {
  const store = await engine.open()
  await store.tenants.upsert(aTenant())
  return store.tenant(1)
}

const by = { actor: 99, at: someTime }

describeStores('a change of the settings', (engine) => {
  it('is kept, written into the access log and announced, and leaves the rest as it is', async () => {
    const tenant = await aTenantOf(engine)
    await tenant.write(null, (facts) =>
      facts.settings.put('{"labels":true,"ofANewerVersion":{"kept":true}}'),
    )
    await tenant.write(null, (facts) =>
      changeAccountSettings(
        facts,
        { open: false, thresholds: { people: 10, changes: 20, largestPersonPercent: 50 } },
        by,
      ),
    )
    const { settings, stored, log, announced } = await tenant.read(async (facts) => ({
      settings: await readAccountSettings(facts),
      stored: JSON.parse((await facts.settings.get()) ?? ''),
      log: await facts.audit.list(10),
      announced: await readAnnouncements(facts, someTime + day),
    }))
    expect(settings).toMatchObject({ open: false, labels: true, thresholds: { people: 10 } })
    expect(stored.ofANewerVersion).toEqual({ kept: true })
    const line = { at: someTime, actor: 99, action: 'change-settings' }
    expect(log).toHaveLength(2)
    expect(log).toEqual(
      expect.arrayContaining([
        { ...line, subject: 'open', outcome: 'from every member to nobody' },
        {
          ...line,
          subject: 'thresholds',
          outcome:
            'from 5 people, 20 changes, nobody above 50 % to 10 people, 20 changes, nobody above 50 %',
        },
      ]),
    )
    expect(announced.map(({ text }) => text)).toContain(
      'An owner changed a setting. Who sees the numbers: from every member to nobody.',
    )
  })

  it('that changes nothing is none', async () => {
    const tenant = await aTenantOf(engine)
    const change = await tenant.write(null, (facts) =>
      changeAccountSettings(facts, { open: true, labels: false }, by),
    )
    expect(change.changed).toEqual([])
    expect(await tenant.read(({ audit }) => audit.list(10))).toEqual([])
    expect(await tenant.read(({ settings }) => settings.get())).toBeUndefined()
  })

  it('is announced for thirty days, among however many other lines', async () => {
    const tenant = await aTenantOf(engine)
    await tenant.write(null, (facts) =>
      changeAccountSettings(facts, { labels: true }, { actor: null, at: someTime }),
    )
    await tenant.write(null, async ({ audit }) => {
      for (let index = 0; index < 150; index += 1) {
        const read = { actor: 5, action: 'read-report', subject: 'organisation', outcome: 'shown' }
        await audit.add({ ...read, at: someTime + index })
      }
    })
    const at = (now: number) => tenant.read((facts) => readAnnouncements(facts, now))
    expect(await at(someTime + announcedFor)).toEqual([
      {
        at: someTime,
        text: 'Whoever runs this server changed a setting. Labels on pull requests: from off to on.',
      },
    ])
    expect(await at(someTime + announcedFor + 1)).toEqual([])
  })

  it('names no repository in its announcement', async () => {
    const tenant = await aTenantOf(engine)
    await tenant.write(null, (facts) =>
      changeAccountSettings(
        facts,
        { tracking: { repositories: [1, 2, 3], branches: ['secret-project/*'] } },
        by,
      ),
    )
    const [{ text = '' } = {}] = await tenant.read((facts) => readAnnouncements(facts, someTime))
    expect(text).toBe(
      'An owner changed a setting. What is counted: from all repositories, the default branch to 3 chosen repositories, the default branch and 1 pattern of branches.',
    )
  })

  it('of branches is remembered with its time, and none of anything else', async () => {
    const tenant = await aTenantOf(engine)
    const change = (choices: Parameters<typeof changeAccountSettings>[1], at: number) =>
      tenant.write(null, (facts) => changeAccountSettings(facts, choices, { actor: 99, at }))
    const tracking = (branches: string[], repositories: 'all' | number[] = 'all') => ({
      tracking: { repositories, branches },
    })
    expect((await change(tracking([], [1]), someTime)).after.history.branches).toBeNull()
    const branches = { changedAt: someTime + 1 }
    for (const [chosen, at] of [
      [['next', 'old'], someTime + 1],
      [['old', 'next'], someTime + 2],
    ] as const) {
      expect((await change(tracking([...chosen]), at)).after.history).toEqual({ branches })
    }
    const { after } = await change(tracking(['old']), someTime + 3)
    expect(after.history).toEqual({ branches: { changedAt: someTime + 3 } })
  })
})
