import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeCohorts } from '../../src/comparison/descriptions/describe-cohorts.ts'
import { describeCoverage } from '../../src/comparison/descriptions/describe-coverage.ts'
import { describeFunnel } from '../../src/comparison/descriptions/describe-funnel.ts'
import { describeIntegrity } from '../../src/comparison/descriptions/describe-integrity.ts'
import { describeLeftOut } from '../../src/comparison/descriptions/describe-left-out.ts'
import { describeLimits } from '../../src/comparison/descriptions/describe-limits.ts'
import { describeMerged } from '../../src/comparison/descriptions/describe-merged.ts'
import { describeQuantiles } from '../../src/comparison/descriptions/describe-quantiles.ts'
import { describeReadings } from '../../src/comparison/descriptions/describe-readings.ts'
import { describeReverts } from '../../src/comparison/descriptions/describe-reverts.ts'
import { describeSizes } from '../../src/comparison/descriptions/describe-sizes.ts'
import { describeUnread } from '../../src/comparison/descriptions/describe-unread.ts'
import {
  type DescribedWeek,
  describeWeeks,
} from '../../src/comparison/descriptions/describe-weeks.ts'
import { toldUntil } from '../../src/comparison/descriptions/followed-rows.ts'
import { findShareStep } from '../../src/comparison/descriptions/share-step.ts'
import { gateThresholds } from '../../src/comparison/disclosure/disclosure-gate.ts'
import { rules } from '../../src/comparison/rules.ts'
import { mergedShares } from '../../src/comparison/statistics/merged-shares.ts'
import { flagBit } from '../../src/comparison/table/change-table.ts'
import { readinessWindow } from '../../src/comparison/table/windows.ts'
import {
  aChangeTable,
  changesOfPeople,
  monday,
  type Row,
  type TableInit,
} from '../support/a-change-table.ts'

const day = 86_400_000
const hour = 3_600_000
const gate = gateThresholds

function described(rows: readonly Row[], init: TableInit = {}) {
  return { table: aChangeTable(rows, init), asOf: monday }
}

/** Changes of ten people, five of each group unless told otherwise. */
function group(
  name: 'aiRecorded' | 'noneRecorded' | 'setAside',
  changes: number,
  row: (index: number) => Partial<Row> = () => ({}),
  people = 5,
): Row[] {
  return changesOfPeople({ changes, people, prefix: name }, (index) => ({
    group: name,
    ...row(index),
  }))
}

describe('cohorts', () => {
  test.each<[number, number, number | null]>([
    [20, 5, 20],
    [19, 5, null],
    [20, 4, null],
  ])('%i changes of %i people', (changes, people, shown) => {
    const rows = group('aiRecorded', changes, () => ({}), people)
    expect(describeCohorts(described(rows), gate).assisted?.changes ?? null).toBe(shown)
  })

  test('count what became ready up to 14 days before, in 13 weeks', () => {
    const at = (readyAt: number) => group('noneRecorded', 20, () => ({ readyAt }))
    const end = monday - 14 * day
    const counted = (readyAt: number) =>
      describeCohorts(described([...at(end - hour), ...at(readyAt)]), gate).other?.changes
    expect(counted(end - 91 * day)).toBe(40)
    expect(counted(end - 91 * day - 1)).toBe(20)
    expect(counted(end - 1)).toBe(40)
    expect(counted(end)).toBe(20)
  })
})

describe('quantiles', () => {
  const spanOf = (rows: readonly Row[]) => describeQuantiles(described(rows), gate)['cycle-time']

  test('of 21 changes are the median alone, with its limits inside the data', () => {
    const rows = group('aiRecorded', 21, (index) => ({ hours: index + 1 }), 7)
    expect(spanOf(rows).assisted).toMatchObject({
      changes: 21,
      median: { value: 11 },
      p75: null,
      p90: null,
    })
    expect(spanOf(rows).other).toBeNull()
  })

  test.each<[number, number, boolean, boolean]>([
    [49, 20, false, false],
    [50, 20, true, false],
    [99, 20, true, false],
    [100, 9, true, false],
    [100, 10, true, true],
  ])('of %i changes by %i people: upper quartile %s, ninth decile %s', (n, people, p75, p90) => {
    const rows = group('noneRecorded', n, (index) => ({ hours: 1 + (index % 97) }), people)
    const shown = spanOf(rows).other
    expect([shown?.p75 !== null, shown?.p90 !== null]).toEqual([p75, p90])
  })

  test('leave out what merged later than 14 days after it was ready, or never', () => {
    const rows = [
      ...group('noneRecorded', 20, () => ({ hours: 14 * 24 })),
      ...group('noneRecorded', 20, () => ({ hours: 14 * 24 + 1 })),
      ...group('noneRecorded', 20, () => ({ hours: null })),
    ]
    expect(spanOf(rows).other?.changes).toBe(20)
  })

  test('of equal times tell no limit', () => {
    const median = spanOf(group('aiRecorded', 400, () => ({ hours: 24 }), 20)).assisted?.median
    expect(median).toEqual({ value: 24, lower: null, upper: null })
  })

  test('from first commit to merge are of all that merged in 26 weeks, of a clone too', () => {
    const rows = group('aiRecorded', 30, () => ({
      readyAt: monday - 26 * 7 * day,
      hours: 10,
    }))
    for (const sources of [['github'], ['git']] as const) {
      const spans = describeQuantiles(described(rows, { sources }), gate)
      expect(spans['authored-to-merged'].assisted?.median.value).toBe(11)
      expect(spans['cycle-time'].assisted).toBeNull()
    }
  })
})

describe('the share merged', () => {
  test('by hours since ready, with closed ones as never merged', () => {
    const rows = [
      ...group('aiRecorded', 10, () => ({ hours: 3 })),
      ...group('aiRecorded', 10, () => ({ hours: 30 })),
      ...group('aiRecorded', 20, () => ({ hours: null, closedAt: monday - 39 * day })),
    ]
    const { hours, assisted, other } = describeMerged(described(rows), gate)
    const at = (hour: number) => assisted?.[hours.indexOf(hour)]?.value
    expect([at(2), at(4), at(24), at(36), at(336)]).toEqual([0, 0.25, 0.25, 0.5, 0.5])
    expect(other).toBeNull()
  })

  test('is the share of all where everybody was watched for 14 days', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(1, 5, 50, 300, 500, null), { minLength: 20, maxLength: 80 }),
        (all) => {
          const rows = group('aiRecorded', all.length, (index) => ({ hours: all[index] ?? null }))
          const { hours, assisted } = describeMerged(described(rows), gate)
          for (const [index, until] of hours.entries()) {
            const merged = all.filter((one) => one !== null && one <= until).length
            expect(assisted?.[index]?.value).toBe(merged / all.length)
          }
        },
      ),
    )
  })

  test('is read only at hours between which nobody merged, or five changes by five people', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ hours: fc.constantFrom(...rules.mergedHours, 500, null), by: fc.nat(7) }),
          {
            minLength: 20,
            maxLength: 120,
          },
        ),
        (all) => {
          const rows = all.map(({ hours, by }) => ({
            person: String(by),
            group: 'aiRecorded' as const,
            hours,
          }))
          let before = 0
          for (const until of describeMerged(described(rows), gate).hours) {
            const step = rows.filter(
              ({ hours }) => (hours ?? 1e9) > before && (hours ?? 1e9) <= until,
            )
            const people = new Set(step.map(({ person }) => person)).size
            expect(step.length === 0 || (step.length >= 5 && people >= 5)).toBe(true)
            before = until
          }
        },
      ),
    )
  })

  test.each<[string, (number | null)[], number[]]>([
    // One change at an hour waits until enough have merged; at the end the hours before give way to the last one.
    [
      'one in each step',
      [1, 2, 4, 8, 12, 24, 36, 48, 72, 96, ...Array(10).fill(500)],
      rules.mergedHours.filter((hour) => hour === 12 || hour >= 96),
    ],
    ['a tail of two', [...Array(18).fill(1), 100, 200], [336]],
    ['nothing after the first hour', Array(20).fill(1), rules.mergedHours.slice()],
    ['four in all', [1, 2, 4, 8, ...Array(16).fill(null)], []],
  ])('of %s', (_, merged, hours) => {
    const rows = group('aiRecorded', merged.length, (index) => ({ hours: merged[index] ?? null }))
    const shown = describeMerged(described(rows), gate)
    expect(shown.hours).toEqual(hours)
    expect(shown.assisted === null).toBe(hours.length === 0)
  })

  test('has the interval of the same share in the funnel and beside the time to merge', () => {
    const rows = group('aiRecorded', 60, (index) => ({
      readyAt: monday - 80 * day,
      hours: index % 4 === 0 || index % 7 === 0 ? null : 30,
    }))
    const last = describeMerged(described(rows), gate).assisted?.at(-1)
    const { ready, merged } = describeFunnel(described(rows), gate).assisted ?? {}
    expect(ready).toBe(60)
    expect(last?.value).toBe(merged?.value)
    expect(last?.lower).toBeCloseTo(merged?.lower ?? Number.NaN, 10)
    expect(last?.upper).toBeCloseTo(merged?.upper ?? Number.NaN, 10)
  })

  test('takes what was last read before its 14 days for open until then', () => {
    const rows = [
      ...group('aiRecorded', 20, () => ({ hours: 30 })),
      ...group('aiRecorded', 20, () => ({
        repository: 'o/read-earlier',
        hours: null,
        readAt: monday - 40 * day + 20 * hour,
      })),
    ]
    const ended = {
      time: Float64Array.from(rows, (_, index) => (index < 20 ? 30 : 20)),
      cause: Uint8Array.from(rows, (_, index) => Number(index < 20)),
      person: Int32Array.from(rows, (_, index) => index % 5),
      people: 5,
    }
    const { hours, assisted } = describeMerged(described(rows), gate)
    expect(assisted).toEqual(mergedShares(ended, hours))
    expect(assisted?.at(-1)?.value).toBe(1)
  })

  test('takes what was open when last read for open while its repository goes on being read', () => {
    const rows = [
      ...group('aiRecorded', 20, () => ({ hours: 30 })),
      ...group('aiRecorded', 20, () => ({ hours: null, readAt: monday - 40 * day + 20 * hour })),
    ]
    expect(describeMerged(described(rows), gate).assisted?.at(-1)?.value).toBe(0.5)
  })
})

describe('reverts', () => {
  test('by day, with who is followed shorter counted for as long', () => {
    const rows = [
      ...group('noneRecorded', 25, () => ({ readyAt: monday - 101 * day, revertedAfter: 10 })),
      ...group('noneRecorded', 75, () => ({ readyAt: monday - 101 * day })),
      ...group('noneRecorded', 100, () => ({ readyAt: monday - 6 * day })),
    ]
    const shares = describeReverts(described(rows), gate).rates.map(({ days, other }) => [
      days,
      other?.value ?? null,
    ])
    expect(shares).toEqual([
      [7, 0],
      [14, 0.25],
      [30, 0.25],
      [90, 0.25],
    ])
  })

  test('are not told where fewer than 20 are still followed', () => {
    const rows = [
      ...group('noneRecorded', 19, () => ({ readyAt: monday - 101 * day })),
      ...group('noneRecorded', 40, () => ({ readyAt: monday - 20 * day })),
    ]
    const shown = describeReverts(described(rows), gate).rates.map(({ other }) => other !== null)
    expect(shown).toEqual([true, true, false, false])
  })

  test('of none have an upper limit', () => {
    const rows = group('aiRecorded', 40, () => ({ readyAt: monday - 40 * day }))
    const [first] = describeReverts(described(rows), gate).rates
    expect(first?.assisted?.value).toBe(0)
    // Wilson: z² / (n + z²) of 40.
    expect(first?.assisted?.upper).toBeCloseTo(0.0876, 4)
  })

  test('end where their own repository was read for the last time', () => {
    const early = monday - 50 * day
    const rows = [
      ...group('noneRecorded', 40, () => ({ readyAt: monday - 101 * day })),
      ...group('noneRecorded', 40, () => ({
        readyAt: monday - 61 * day,
        repository: 'o/read-earlier',
        readAt: early,
        revertedAfter: 5,
      })),
    ]
    // Half were reverted after 5 days, all of them followed for 10. After that the others alone are.
    const [first, , third] = describeReverts(described(rows), gate).rates
    expect(first?.other?.value).toBe(0.5)
    expect(third?.other?.value).toBe(0.5)
    const unread = rows.map(({ revertedAfter, ...row }) => ({ ...row, ...(revertedAfter && {}) }))
    const { upper } = describeReverts(described(unread), gate).rates[2]?.other ?? {}
    // Wilson with the 40 that were followed for 30 days, not with 80.
    expect(upper).toBeCloseTo(0.0876, 4)
  })

  test('of a cohort with too few young changes are of those merged at least 30 days ago', () => {
    const rows = [
      ...group('noneRecorded', 60, () => ({ readyAt: monday - 60 * day })),
      ...group('aiRecorded', 60, () => ({ readyAt: monday - 60 * day })),
      ...group('aiRecorded', 5, () => ({ readyAt: monday - 21 * day, revertedAfter: 1 })),
    ]
    const { window, changes, rates } = describeReverts(described(rows), gate)
    expect(window).toEqual({ start: monday - 26 * 7 * day, end: monday - 30 * day })
    expect(changes).toEqual({ assisted: 60, other: 60 })
    expect(rates[0]?.assisted?.value).toBe(0)
    const young = group('aiRecorded', 20, () => ({ readyAt: monday - 21 * day, revertedAfter: 1 }))
    const all = describeReverts(described([...rows, ...young]), gate)
    expect(all.window.end).toBe(monday)
    expect(all.rates[0]?.assisted?.value).toBeCloseTo(25 / 85, 12)
  })

  test('after the time of the report are not known', () => {
    const rows = group('aiRecorded', 40, () => ({ readyAt: monday - 41 * day, revertedAfter: 60 }))
    expect(describeReverts(described(rows), gate).rates[2]?.assisted?.value).toBe(0)
  })
})

test('weeks: volume, median, share; a hidden week takes the smallest shown one with it', () => {
  const start = monday - 14 * day - 91 * day
  const inWeek = (
    week: number,
    changes: number,
    people: number,
    name: 'aiRecorded' | 'noneRecorded',
  ) => group(name, changes, () => ({ readyAt: start + week * 7 * day, hours: 10 + week }), people)
  const rows = [
    ...[0, 1, 2].flatMap((week) => inWeek(week, 60 + week, 6, 'noneRecorded')),
    ...[0, 1, 2].flatMap((week) => inWeek(week, 20, 5, 'aiRecorded')),
    ...inWeek(3, 3, 1, 'noneRecorded'),
  ]
  const weeks = describeWeeks(described(rows), gate)
  expect(weeks).toHaveLength(13)
  expect(weeks[1]?.from).toBe(start + 7 * day)
  expect(weeks.map(({ other }) => other?.changes ?? null).slice(0, 5)).toEqual([
    null,
    61,
    62,
    null,
    null,
  ])
  expect(weeks.map(({ assisted }) => assisted?.changes ?? null).slice(0, 4)).toEqual([
    20,
    20,
    20,
    null,
  ])
  expect(weeks[1]?.other?.median).toEqual({ value: 11, lower: null, upper: null })
  expect(weeks.map(({ assistedShare }) => assistedShare).slice(0, 3)).toEqual([
    null,
    20 / 81,
    20 / 82,
  ])
})

test('the funnel: ready, merged within 30 days, surviving', () => {
  const at = { readyAt: monday - 80 * day }
  const rows = [
    ...group('aiRecorded', 30, () => ({ ...at, hours: 24 })),
    ...group('aiRecorded', 10, () => ({ ...at, hours: 24, revertedAfter: 3 })),
    ...group('aiRecorded', 10, () => ({ ...at, hours: 24, revertedAfter: 31 })),
    ...group('aiRecorded', 50, () => ({ ...at, hours: null })),
    ...group('aiRecorded', 50, () => ({ readyAt: monday - 59 * day })),
  ]
  expect(describeFunnel(described(rows), gate)).toMatchObject({
    assisted: { ready: 100, merged: { value: 0.5 }, surviving: { value: 0.4 } },
    other: null,
  })
})

describe('coverage', () => {
  const merged = { readyAt: monday - 20 * day }

  test('by answer and by tier', () => {
    const rows = [
      ...group('aiRecorded', 30, () => ({ ...merged, tier: 'E1' })),
      ...group('aiRecorded', 30, () => ({ ...merged, tier: 'E2' })),
      ...group('noneRecorded', 40, () => ({ ...merged, assistance: 'unassisted', tier: 'E3' })),
      ...group('noneRecorded', 100, () => merged),
      ...group('setAside', 77, () => merged),
    ]
    expect(describeCoverage(described(rows), gate)).toEqual({
      changes: 200,
      assistance: { assisted: 0.3, unassisted: 0.2, undeclared: 0.5 },
      tiers: { E1: 0.15, E2: 0.15, E3: 0.2, none: 0.5 },
      tools: [{ tool: 'not-told', share: 1 }],
    })
  })

  test('a hidden tier is not the rest of its answer', () => {
    const rows = [
      ...group('aiRecorded', 4, () => ({ ...merged, tier: 'E1' }), 1),
      ...group('aiRecorded', 50, () => ({ ...merged, tier: 'E2' })),
      ...group('aiRecorded', 60, () => ({ ...merged, tier: 'E3' })),
      ...group('noneRecorded', 100, () => merged),
    ]
    const { assistance, tiers } = describeCoverage(described(rows), gate) ?? {}
    expect(assistance?.assisted).toBeCloseTo(114 / 214, 12)
    // With E1 hidden, E2 is too: else E1 would be what is left of the assisted ones.
    expect([tiers?.E1, tiers?.E2]).toEqual([null, null])
    expect(tiers?.E3).toBeCloseTo(60 / 214, 12)
  })

  test('by tool: small ones together, and never what they leave of a tier', () => {
    const one = (tool: string) => ({ ...merged, tools: [tool] })
    const others = group('noneRecorded', 100, () => merged)
    const toolsOf = (rows: readonly Row[]) =>
      describeCoverage(described([...rows, ...others]), gate)?.tools.map(({ tool }) => tool)
    const claude = group('aiRecorded', 40, () => one('claude-code'))
    const cursor = group('aiRecorded', 30, () => one('cursor'))
    const several = group('aiRecorded', 25, () => ({ ...merged, tools: ['aider', 'cursor'] }))
    const few = group('aiRecorded', 4, () => one('aider'), 1)
    const own = group('aiRecorded', 4, () => one('our-own-tool'), 1)
    expect(toolsOf([...claude, ...cursor])).toEqual(['cursor', 'claude-code'])
    // Few are told with the next smallest.
    expect(toolsOf([...claude, ...cursor, ...several, ...few, ...own])).toEqual([
      'cursor',
      'claude-code',
      'others',
    ])
    expect(toolsOf([...claude, ...few])).toEqual([])
    // All but a few of a tier have one tool, which no other tier has: those few would be what is left of the tier.
    const attested = group('aiRecorded', 30, () => ({ ...one('devin'), tier: 'E1' as const }))
    const rest = group('aiRecorded', 4, () => ({ ...one('cursor'), tier: 'E1' as const }), 1)
    expect(toolsOf([...claude, ...cursor, ...attested])).toContain('devin')
    expect(toolsOf([...claude, ...cursor, ...attested, ...rest])).not.toContain('devin')
  })

  test('is not told where one group could be had by taking the other away', () => {
    const rows = [
      ...group('aiRecorded', 4, () => merged, 1),
      ...group('noneRecorded', 90, () => merged),
    ]
    expect(describeCoverage(described(rows), gate)).toBeNull()
  })
})

describe('sizes', () => {
  const bands = ['0-9', '10-49', '50-199', '200-499', '500-999', '1000+'] as const
  const mix = (name: 'aiRecorded' | 'noneRecorded', counts: readonly number[]) =>
    counts.flatMap((count, index) => group(name, count, () => ({ band: bands[index] ?? null })))

  test('that can all be shown stay apart', () => {
    const even = [20, 20, 20, 20, 20, 20]
    const sizes = describeSizes(
      described([...mix('aiRecorded', even), ...mix('noneRecorded', [40, 20, 20, 20, 20, 20])]),
      gate,
    )
    expect(sizes?.bands.map(({ band }) => band)).toEqual([...bands])
    expect(sizes?.changes).toEqual({ assisted: 120, other: 140 })
    expect(sizes?.bands[0]).toEqual({ band: '0-9', assisted: 20 / 120, other: 40 / 140 })
  })

  test('too small to be shown are put together', () => {
    const rows = [
      ...mix('aiRecorded', [5, 40, 40, 40, 4, 2]),
      ...mix('noneRecorded', [90, 90, 90, 90, 90, 90]),
    ]
    const sizes = describeSizes(described(rows), gate)
    expect(sizes?.bands.map(({ band }) => band)).toEqual(['0-49', '50-199', '200+'])
  })

  test('are not told where only the total would be left', () => {
    const rows = [
      ...mix('aiRecorded', [4, 4, 4, 4, 2, 2]),
      ...mix('noneRecorded', [50, 50, 50, 50, 50, 50]),
    ]
    expect(describeSizes(described(rows), gate)).toBeNull()
  })
})

test('signal integrity: shares of what merged in time, and the volume', () => {
  const rows = [
    ...group('noneRecorded', 100, (index) => ({ aiAfterStart: index < 20, redrafted: null })),
    ...group('noneRecorded', 30, () => ({ hours: null, aiAfterStart: true })),
    ...group('aiRecorded', 26, (index) => ({ redrafted: index % 2 === 0 })),
  ]
  const integrity = describeIntegrity(described(rows), gate)
  expect(integrity.aiAfterStart.assisted).toBeNull()
  expect(integrity.aiAfterStart.other?.value).toBe(0.2)
  expect(integrity.redrafted.assisted?.value).toBe(0.5)
  expect(integrity.redrafted.other).toBeNull()
  expect(integrity.changesPerWeek.assisted?.value).toBe(2)
  expect(integrity.changesPerWeek.other?.value).toBe(130 / 13)
})

test('left out: every excluded change by reason, set aside only through the gate', () => {
  const some = described(group('setAside', 30), { excluded: ['bot', 'stacked', 'bot'] })
  expect(describeLeftOut(some, gate)).toEqual([
    { reason: 'bot', changes: 2 },
    { reason: 'stacked', changes: 1 },
    { reason: 'set-aside', changes: 30 },
  ])
  expect(describeLeftOut(described(group('setAside', 19)), gate)).toEqual([])
})

test('limits of the data are shares of both groups together', () => {
  const flags = flagBit('approximate-start')
  const rows = [
    ...group('aiRecorded', 25, () => ({ flags, truncated: true })),
    ...group('noneRecorded', 75, () => ({ band: null })),
  ]
  expect(describeLimits(described(rows), gate)).toEqual({
    withoutStart: 0,
    approximateStart: 0.25,
    approximateExposure: 0,
    truncated: 0.25,
    unknownSize: 0.75,
    assisted: 0.25,
  })
  expect(describeLimits(described(rows.slice(0, 19)), gate)).toBeNull()
})

test('what a source did not give is told of the merged changes of 26 weeks, through the gate', () => {
  const rows = [
    ...group('aiRecorded', 25, () => ({ unread: 'notes', mergedAt: monday - 3 * day })),
    ...group('noneRecorded', 75, () => ({ unread: 'contents', mergedAt: monday - 150 * day })),
    ...group('noneRecorded', 50, () => ({ unread: 'contents', hours: null })),
    ...group('setAside', 50, () => ({ unread: 'contents' })),
  ]
  expect(describeUnread(described(rows), gate)).toEqual({ contents: 0.75, notes: 0.25 })
  expect(describeUnread(described(rows.slice(0, 19)), gate)).toBeNull()
})

describe('readings', () => {
  const read = (repository: string, readAt: number): Row => ({ person: 'a', repository, readAt })
  const early = monday - 21 * day
  const all = [
    read('o/now', monday + 2 * day),
    read('o/early', early - day),
    read('o/early', early),
    read('o/sunday', monday - 1),
    read('o/monday', monday),
  ]
  const latestReadAt = monday + 2 * day

  test('before the Monday are counted by repository, each by its own last one', () => {
    const behind = { repositories: 2, before: monday }
    expect(describeReadings(described(all, { latestReadAt }))).toEqual({
      latest: latestReadAt,
      behind,
    })
    const fresh = all.filter(({ repository }) => repository !== 'o/sunday')
    expect(describeReadings(described(fresh, { latestReadAt })).behind?.repositories).toBe(1)
  })

  test('that are all old are behind where others reach a later Monday', () => {
    const rows = [read('o/a', early), read('o/b', early - 1), read('o/c', early + 6 * day)]
    expect(describeReadings(described(rows, { latestReadAt: early + 6 * day }))).toEqual({
      latest: early + 6 * day,
      behind: { repositories: 1, before: early },
    })
  })

  test('of one repository among several are its own, and nothing is said of the others', () => {
    const some = described(all, { latestReadAt })
    expect(describeReadings({ ...some, repository: 1 })).toEqual({ latest: early, behind: null })
    expect(describeReadings({ ...some, repository: 0 })).toEqual({
      latest: latestReadAt,
      behind: null,
    })
  })

  test('of the same week, and of nothing, leave nobody behind', () => {
    const rows = [read('o/a', monday), read('o/b', monday + 5 * day)]
    expect(describeReadings(described(rows, { latestReadAt })).behind).toBeNull()
    expect(describeReadings(described([])).behind).toBeNull()
  })
})

describe('a step in the weekly share of AI recorded', () => {
  const weeksOf = (...pairs: readonly (readonly [number, number] | null)[]): DescribedWeek[] =>
    pairs.map((pair, index) => ({
      from: monday + index * 7 * day,
      assisted: pair && { changes: pair[0], median: null },
      other: pair && { changes: pair[1], median: null },
      assistedShare: pair && pair[0] / (pair[0] + pair[1]),
    }))

  test.each<[string, DescribedWeek[], { before: number; after: number } | null]>([
    ['from 60 to 20 of 100', weeksOf([60, 40], [20, 80]), { before: 0.6, after: 0.2 }],
    ['upwards', weeksOf([20, 80], [60, 40]), { before: 0.2, after: 0.6 }],
    ['the largest of two', weeksOf([50, 50], [20, 80], [60, 40]), { before: 0.2, after: 0.6 }],
    ['below 25 points', weeksOf([600, 400], [360, 640]), null],
    ['too few changes to tell from chance', weeksOf([24, 16], [12, 28]), null],
    ['over a hidden week', weeksOf([60, 40], null, [20, 80]), null],
    ['of none', weeksOf(), null],
  ])('%s', (_, weeks, step) => {
    const found = findShareStep(weeks, Number.POSITIVE_INFINITY)
    if (step === null) expect(found).toBeNull()
    else expect(found).toMatchObject(step)
  })

  test('is not looked for from the week on in which a repository is missing', () => {
    const weeks = weeksOf([50, 50], [20, 80])
    expect(findShareStep(weeks, monday + 14 * day)).not.toBeNull()
    expect(findShareStep(weeks, monday + 7 * day)).toBeNull()
  })
})

describe('of a repository that was read three weeks early', () => {
  const { start, end } = readinessWindow(monday)
  /** Each week 80 changes of 100 with AI recorded in the one, and 30 of 100 in the other. */
  const rowsOf = (readAt: number): Row[] =>
    Array.from({ length: 13 * 100 }, (_, index) =>
      (['o/early', 'o/other'] as const).map((repository) => ({
        person: `p${index % 17}`,
        repository,
        group:
          index % 100 < (repository === 'o/early' ? 80 : 30)
            ? ('aiRecorded' as const)
            : ('noneRecorded' as const),
        readyAt: start + Math.floor(index / 100) * 7 * day + day,
        readAt: repository === 'o/early' ? readAt : monday,
      })),
    ).flat()
  const early = described(rowsOf(monday - 20 * day))
  const whole = described(rowsOf(monday))

  test('the window is told of all until it ends there', () => {
    expect(toldUntil(whole)).toBe(end)
    expect(toldUntil(early)).toBe(end - 21 * day)
    expect(toldUntil({ ...early, repository: 0 })).toBe(end - 21 * day)
    expect(toldUntil({ ...early, repository: 1 })).toBe(end)
    const table = { ...whole.table, repositories: [...whole.table.repositories, 'o/empty'] }
    expect(toldUntil({ ...whole, table })).toBe(end)
  })

  test('the share of AI recorded has no step where its weeks end, though the shares of the weeks differ', () => {
    const weeks = describeWeeks(early, gate)
    expect(weeks.map(({ assistedShare }) => assistedShare)).toEqual([
      ...Array(10).fill(0.55),
      ...Array(3).fill(0.3),
    ])
    expect(findShareStep(weeks, end)).not.toBeNull()
    expect(findShareStep(weeks, toldUntil(early))).toBeNull()
  })

  test('there are no changes a week: no number of weeks is that of all', () => {
    const perWeek = (some: typeof early) => describeIntegrity(some, gate).changesPerWeek
    expect(perWeek(whole).assisted?.value).toBe(110)
    expect(perWeek(early)).toEqual({ assisted: null, other: null })
  })
})
