import { describe, expect, test } from 'vitest'
import { compareOutcomes, compareRepositories, gateThresholds } from '../../src/comparison/index.ts'
import { stateComparisons } from '../../src/report/document/state-comparison.ts'
import { aChangeTable, monday, type Row } from '../support/a-change-table.ts'

const day = 86_400_000

interface Organisation {
  readonly people?: number
  readonly each?: number
  /** How much longer changes with AI recorded take, for a person. */
  factor(person: number): number
  /** Whether a person's change has AI recorded. */
  assisted?(person: number, index: number): boolean
  readonly row?: (person: number, index: number) => Partial<Row>
}

/** Changes spread evenly over the window, with the same scatter of hours in both groups. */
function organisation({ people = 30, each = 32, factor, assisted, row }: Organisation): Row[] {
  const isAssisted = assisted ?? ((_, index) => index % 2 === 0)
  return Array.from({ length: people * each }, (_, number): Row => {
    const person = number % people
    const index = Math.floor(number / people)
    const scatter = [0.5, 0.8, 1.25, 2][(Math.floor(index / 2) + person) % 4] ?? 1
    const ai = isAssisted(person, index)
    return {
      person: `person-${person}`,
      group: ai ? 'aiRecorded' : 'noneRecorded',
      readyAt: monday - (15 + (index * 90) / each) * day,
      hours: 20 * scatter * (ai ? factor(person) : 1),
      rounds: (index + person) % 3,
      ...row?.(person, index),
    }
  })
}

function timeOf(rows: readonly Row[]) {
  return compareOutcomes(aChangeTable(rows), { asOf: monday }).cycleTime
}

describe('what may be said', () => {
  test('clear: two weeks running and among the same people', () => {
    const { verdict, difference, reasons, samePeople } = timeOf(
      organisation({ factor: (person) => 0.6 + 0.01 * (person % 5) }),
    )
    expect(verdict).toBe('lower')
    expect(reasons).toEqual([])
    expect(difference?.value).toBeCloseTo(0.62, 2)
    expect(samePeople?.people).toBe(30)
  })

  test('the groups change places: the other way', () => {
    const { verdict, difference } = timeOf(
      organisation({
        factor: (person) => 1 / (0.6 + 0.01 * (person % 5)),
      }),
    )
    expect(verdict).toBe('higher')
    expect(difference?.value).toBeCloseTo(1 / 0.62, 1)
  })

  test('not settled while it is only seen this week', () => {
    const rows = organisation({ factor: () => 1 }).map((row) =>
      // What became ready in the last week of the window is of another world.
      row.group === 'aiRecorded' && (row.readyAt ?? 0) > monday - 21 * day
        ? { ...row, hours: (row.hours ?? 0) / 1_000 }
        : row,
    )
    const { verdict, reasons } = timeOf(rows)
    expect(verdict).toBe('leaning_lower')
    expect(reasons).toContain('not-two-weeks')
  })

  test('not settled where nobody works both ways', () => {
    const { verdict, reasons, samePeople } = timeOf(
      organisation({ factor: () => 0.3, assisted: (person) => person % 2 === 0 }),
    )
    expect(verdict).toBe('leaning_lower')
    expect(reasons).toEqual(['too-few-work-both-ways'])
    expect(samePeople).toBeNull()
  })

  test('clear where last week was sure of the direction, though the difference was about none then', () => {
    const rows = organisation({ factor: () => 1 }).map((row) => {
      if (row.group !== 'aiRecorded') return { ...row, hours: 20 }
      return { ...row, hours: (row.readyAt ?? 0) > monday - 21 * day ? 11 : 16.8 }
    })
    const table = aChangeTable(rows)
    const before = compareOutcomes(table, { asOf: monday - 7 * day }).cycleTime
    expect(before.verdict).toBe('similar')
    expect(compareOutcomes(table, { asOf: monday }).cycleTime.verdict).toBe('lower')
  })

  test('likely only, and the same people are asked all the same', () => {
    const { verdict, reasons } = timeOf(
      organisation({
        people: 12,
        each: 8,
        factor: (person) => [0.35, 1.1, 0.5][(person / 2) % 3] ?? 1,
        assisted: (person) => person % 2 === 0,
      }),
    )
    expect(verdict).toBe('leaning_lower')
    expect(reasons).toEqual(['not-sure', 'too-few-work-both-ways'])
  })

  test('not settled where without one person nothing is left of the same people', () => {
    const assisted = (person: number, index: number) =>
      person < 12 ? index % 2 === 0 : person % 2 === 0
    const rows = organisation({
      factor: () => 1,
      assisted,
      row: (person, index) => {
        if (!assisted(person, index)) return { rounds: 2 + ((person + index) % 3) }
        return { rounds: person >= 12 || person === 0 ? 1 : 0 }
      },
    })
    const { reviewRounds } = compareOutcomes(aChangeTable(rows), { asOf: monday })
    expect(reviewRounds.verdict).toBe('leaning_lower')
    expect(reviewRounds.reasons).toEqual(['same-people-undefined'])
    expect(reviewRounds.noSamePeople).toBe('same-people-undefined')
  })

  test('mixed: who uses AI is fast, and slower with it', () => {
    const { verdict } = timeOf(
      organisation({
        factor: () => 1.4,
        assisted: (person, index) => index % 16 === 0 || (person % 2 === 0 && index % 8 !== 1),
        row: (person, index) => {
          const ai = index % 16 === 0 || (person % 2 === 0 && index % 8 !== 1)
          const scatter = [0.9, 1, 1.1, 1.2][(index + person) % 4] ?? 1
          return { hours: (person % 2 === 0 ? 4 : 60) * scatter * (ai ? 1.4 : 1) }
        },
      }),
    )
    expect(verdict).toBe('mixed')
  })

  test('too few: fewer than thirty comparable changes', () => {
    const found = timeOf(
      organisation({
        people: 26,
        each: 2,
        factor: () => 0.5,
        row: () => ({ readyAt: monday - 40 * day }),
      }),
    )
    expect(found.verdict).toBe('too_few')
    expect(found.counts?.assisted).toEqual({ all: 26, used: 26 })
    const nothing = { difference: null, typical: null, detectable: null, sensitivity: null }
    expect(found).toMatchObject({ ...nothing, people: null, samePeople: null, noSamePeople: null })
  })

  test('hidden: one person owns more than half of a group', () => {
    const rows = organisation({ factor: () => 0.5 })
    const most = Array.from({ length: 600 }, (): Row => {
      return { person: 'person-0', group: 'aiRecorded', readyAt: monday - 40 * day }
    })
    const found = timeOf([...rows, ...most])
    expect(found).toMatchObject({ verdict: 'hidden', counts: null, difference: null, people: null })
  })
})

describe('beside the answer', () => {
  const rows = organisation({
    factor: (person) => 0.6 + 0.01 * (person % 5),
    row: (_, index) => ({ assistance: index % 4 === 1 ? 'unassisted' : 'undeclared' }),
  })

  test('attested changes alone give an answer of their own', () => {
    const { attested, counts } = timeOf(rows)
    expect(attested?.counts?.other.all).toBe((counts?.other.all ?? 0) / 2)
    expect(attested?.difference?.value).toBeCloseTo(0.62, 1)
  })

  test('not where the rest could be told by subtraction', () => {
    const few = rows.map((row, index) => ({
      ...row,
      assistance: index % 30 === 1 ? ('undeclared' as const) : ('unassisted' as const),
    }))
    expect(timeOf(few).attested).toBeNull()
  })

  test('what undeclared use would do', () => {
    const { sensitivity, difference } = timeOf(rows)
    const log = Math.log(difference?.value ?? 1)
    expect(sensitivity?.undeclared.map(({ share }) => share)).toEqual([0.1, 0.25, 0.5])
    expect(sensitivity?.undeclared[1]?.value).toBeCloseTo(Math.exp(log / 0.75), 9)
    expect(sensitivity?.tippingShare).toBeGreaterThan(0.05)
    expect(sensitivity?.hidden?.point).toBeGreaterThan(sensitivity?.hidden?.limit ?? 9)
  })

  test('the worst of it: wider the more are undeclared, and past none from the tipping share on', () => {
    const { cycleTime, reviewRounds } = compareOutcomes(aChangeTable(rows), { asOf: monday })
    for (const { sensitivity, difference } of [cycleTime, reviewRounds]) {
      const worst = sensitivity?.worstCase ?? []
      expect(worst.map(({ share }) => share)).toEqual([0.1, 0.25, 0.5])
      let [low, high] = [difference?.value ?? Number.NaN, difference?.value ?? Number.NaN]
      for (const { lower, upper } of worst) {
        expect(lower).toBeLessThan(low)
        expect(upper ?? Number.POSITIVE_INFINITY).toBeGreaterThan(high)
        low = lower
        high = upper ?? Number.POSITIVE_INFINITY
      }
    }
    const tipping = cycleTime.sensitivity?.tippingShare ?? 1
    for (const { share, upper } of cycleTime.sensitivity?.worstCase ?? []) {
      expect((upper ?? 0) >= 1).toBe(share >= tipping)
    }
    // Were the half of the others with a round all undeclared, none would be left: there is no end to the ratio.
    const seldom = rows.map((row, index) => ({ ...row, rounds: index % 5 < 3 ? 0 : 2 }))
    const { reviewRounds: few } = compareOutcomes(aChangeTable(seldom), { asOf: monday })
    expect(few.sensitivity?.worstCase.at(-1)?.upper).toBeNull()
  })

  test('typical values, as they are told, agree with the difference', () => {
    const slow = organisation({
      factor: (person) => 0.87 + 0.01 * (person % 7),
      row: (person, index) => ({ rounds: (index + person) % 7 === 0 ? 2 : 1 + (index % 2) }),
    }).map((row) => ({ ...row, hours: 5 * (row.hours ?? 0) }))
    const stated = stateComparisons(
      compareOutcomes(aChangeTable(slow), { asOf: monday }),
      gateThresholds,
    ).slice(0, 2)
    for (const { typical, estimate } of stated) {
      const quotient = (typical?.aiRecorded ?? 0) / (typical?.noneRecorded ?? 0)
      expect(Math.abs(100 * (quotient - 1) - (estimate?.value ?? 99))).toBeLessThan(1.5)
    }
    expect(stated).toHaveLength(2)
  })

  test('fewer reverts than none could never show', () => {
    const reverted = rows.map((row, index) =>
      index % 40 === 7 ? { ...row, revertedAfter: 2 } : row,
    )
    const { detectable, typical } = compareOutcomes(aChangeTable(reverted), {
      asOf: monday,
    }).reverts
    expect(detectable?.low).toBeNull()
    expect(detectable?.high).toBeGreaterThan(typical?.other ?? 1)
  })

  test('how often changes merge, and a warning where that differs too', () => {
    expect(timeOf(rows).mergesDiffer).toBe(false)
    const lost = rows.map((row, index) =>
      row.group === 'aiRecorded' && index % 3 === 0 ? { ...row, hours: null } : row,
    )
    const found = timeOf(lost)
    expect(found.mergesDiffer).toBe(true)
    expect(found.merged?.difference?.value).toBeLessThan(-0.2)
    const [stated] = stateComparisons(
      compareOutcomes(aChangeTable(lost), { asOf: monday }),
      gateThresholds,
    )
    expect(stated?.notes.join(' ')).toMatch(/differ in how often changes merge/)
  })

  test('crude revert rates, but not where they would tell of the few that were not compared', () => {
    const crudeOf = (some: readonly Row[]) =>
      compareOutcomes(aChangeTable(some), { asOf: monday }).reverts.crude
    const reverted = rows.map((row, index) =>
      index % 40 === 7 ? { ...row, revertedAfter: 2 } : row,
    )
    expect(crudeOf(reverted)?.difference.difference).toBeCloseTo(
      (crudeOf(reverted)?.assisted ?? 9) - (crudeOf(reverted)?.other ?? 0),
      12,
    )
    const alone: Row = { person: 'person-1', repository: 'a/alone', readyAt: monday - 60 * day }
    expect(crudeOf([...reverted, alone])).toBeNull()
  })

  test('medians that tell another story', () => {
    const skewed = organisation({
      factor: () => 1,
      row: (person, index) => ({
        hours: index % 2 === 1 ? 20 : (index + person) % 5 < 2 ? 0.2 : 22 + (person % 3),
      }),
    })
    const { medianRatio, difference } = timeOf(skewed)
    expect(difference?.value).toBeLessThan(0.5)
    expect(medianRatio).toBeGreaterThan(1)
  })

  test('repositories: numbers without verdicts, and none that is too small', () => {
    const large = rows.map((row) => ({ ...row, repository: 'a/large' }))
    const other = rows.map((row) => ({ ...row, repository: 'a/other', person: `${row.person}-b` }))
    const small = rows.slice(0, 12).map((row) => ({ ...row, repository: 'a/small' }))
    const table = aChangeTable([...large, ...other, ...small])
    const found = compareRepositories(table, { asOf: monday })
    // Beside the total, the small one alone could be told by subtraction: one of the large ones is hidden with it.
    expect(found.filter(({ cycleTime }) => cycleTime !== null)).toHaveLength(1)
    expect(found[2]?.cycleTime).toBeNull()
    const without = compareRepositories(aChangeTable([...large, ...other]), { asOf: monday })
    expect(without.map(({ cycleTime }) => cycleTime?.value.toFixed(2))).toEqual(['0.62', '0.62'])
  })
})
