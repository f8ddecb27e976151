import { normalQuantile } from '../../src/comparison/statistics/normal-distribution.ts'
import { studentQuantile } from '../../src/comparison/statistics/student-distribution.ts'
import { sizeBands } from '../../src/delivery/index.ts'
import { monday, type Row } from './a-change-table.ts'

const day = 86_400_000
const hour = 3_600_000

/** One change as docs/method.md has it: which cohort, which kind, whose, and its outcome. */
interface Unit {
  readonly assisted: boolean
  readonly repository: string
  readonly band: number
  readonly start: number
  readonly person: string
  readonly y: number
}

type Kind = 'log-hours' | 'count' | 'share'

/** What the formulas give; null where there is no such number. */
export interface PlainComparison {
  readonly all: readonly [assisted: number, other: number]
  readonly used: readonly [assisted: number, other: number]
  readonly level: 0 | 1 | 2
  readonly value: number | null
  readonly interval95: readonly [number, number] | null
  readonly effectivePeople: number
  readonly largestShare: number
}

/**
 * The method a second time, written from its formulas alone: lists instead of columns, everything again without each person,
 * and nothing shared with the production code but the two quantile functions, which the vectors check.
 */
export function plainComparison(
  rows: readonly Row[],
  outcome: 'cycle-time' | 'review-rounds' | 'reverts',
  asOf = monday,
): PlainComparison {
  if (outcome === 'reverts') {
    const start = asOf - 182 * day
    const units = rows.flatMap((row) => {
      const merged = mergedAt(row)
      if (row.group === 'setAside' || merged === null) return []
      if (merged < start || merged >= asOf - 30 * day) return []
      return [unit(row, merged, Number((row.revertedAfter ?? Number.POSITIVE_INFINITY) <= 30))]
    })
    return compare(units, 'share', start)
  }
  const start = asOf - 105 * day
  const units = rows.flatMap((row) => {
    const ready = readyAt(row)
    const merged = mergedAt(row)
    if (row.group === 'setAside' || ready < start || ready >= asOf - 14 * day) return []
    if (merged === null || merged - ready > 14 * day) return []
    const hours = Math.max(5 / 60, (merged - ready) / hour)
    return [unit(row, ready, outcome === 'cycle-time' ? Math.log(hours) : (row.rounds ?? 1))]
  })
  return compare(units, outcome === 'cycle-time' ? 'log-hours' : 'count', start)
}

function readyAt({ readyAt: ready }: Row): number {
  return ready ?? monday - 40 * day
}

function mergedAt(row: Row): number | null {
  return row.hours === null ? null : readyAt(row) + (row.hours ?? 24) * hour
}

function unit(row: Row, start: number, y: number): Unit {
  const { person, repository = 'a/b', band = '10-49', group = 'noneRecorded' } = row
  return {
    assisted: group === 'aiRecorded',
    repository,
    band: band === null ? 6 : sizeBands.indexOf(band),
    start,
    person,
    y,
  }
}

function compare(units: readonly Unit[], kind: Kind, windowStart: number): PlainComparison {
  const block = (one: Unit) => Math.floor((one.start - windowStart) / (28 * day))
  const three = (one: Unit) => Math.floor(one.band / 2)
  const keys = [
    (one: Unit) => `${one.repository} ${one.band} ${block(one)}`,
    (one: Unit) => `${one.repository} ${three(one)} ${block(one)}`,
    (one: Unit) => `${one.repository} ${three(one)}`,
  ]
  const shares = keys.map((key) => {
    const assisted = units.filter((one) => one.assisted)
    const used = informative(units, key).filter((one) => one.assisted)
    return assisted.length === 0 ? 1 : used.length / assisted.length
  })
  const enough = shares.findIndex((share) => share >= 0.8)
  const level = (enough >= 0 ? enough : shares.indexOf(Math.max(...shares))) as 0 | 1 | 2
  const key = keys[level] ?? (() => '')
  const used = informative(units, key)
  const people = [...new Set(used.map(({ person }) => person))]
  const theta = (some: readonly Unit[]) => {
    const means = standardised(some, key)
    if (means === null) return Number.NaN
    return kind === 'count' ? Math.log(means.m1 / means.m0) : means.m1 - means.m0
  }
  const estimate = theta(used)
  const squares = people.map(
    (person) => (theta(used.filter((one) => one.person !== person)) - estimate) ** 2,
  )
  const error = Math.sqrt(((people.length - 1) / people.length) * sum(squares))
  const shareOf = new Map(
    [...Map.groupBy(used, key)].map(([name, own]) => [
      name,
      own.filter((one) => one.assisted).length / own.length,
    ]),
  )
  const leverages = people.map((person) =>
    sum(
      used
        .filter((one) => one.person === person)
        .map((one) => (Number(one.assisted) - (shareOf.get(key(one)) ?? Number.NaN)) ** 2),
    ),
  )
  const total = sum(leverages)
  const effectivePeople = 1 / sum(leverages.map((leverage) => (leverage / total) ** 2))
  const interval = () => {
    if (kind === 'share') return riskInterval(used, key, error)
    const t = studentQuantile(0.975, effectivePeople - 1)
    return [Math.exp(estimate - t * error), Math.exp(estimate + t * error)] as const
  }
  const limits = Number.isFinite(error) ? interval() : null
  const count = (some: readonly Unit[], assisted: boolean) =>
    some.filter((one) => one.assisted === assisted).length
  return {
    all: [count(units, true), count(units, false)],
    used: [count(used, true), count(used, false)],
    level,
    value: Number.isFinite(estimate) ? (kind === 'share' ? estimate : Math.exp(estimate)) : null,
    interval95: limits?.every(Number.isFinite) ? limits : null,
    effectivePeople,
    largestShare: Math.max(...leverages) / total,
  }
}

function informative(units: readonly Unit[], key: (one: Unit) => string): Unit[] {
  const has = (assisted: boolean) =>
    new Set(units.filter((one) => one.assisted === assisted).map(key))
  const [ones, others] = [has(true), has(false)]
  return units.filter((one) => ones.has(key(one)) && others.has(key(one)))
}

function strataOf(units: readonly Unit[], key: (one: Unit) => string) {
  return [...Map.groupBy(units, key).values()].flatMap((own) => {
    const ys = (assisted: boolean) =>
      own.filter((one) => one.assisted === assisted).map(({ y }) => y)
    const [ones, others] = [ys(true), ys(false)]
    const [n1, n0] = [ones.length, others.length]
    if (n1 === 0 || n0 === 0) return []
    return [{ n1, n0, w: (n1 * n0) / (n1 + n0), x1: sum(ones), x0: sum(others) }]
  })
}

function standardised(units: readonly Unit[], key: (one: Unit) => string) {
  const strata = strataOf(units, key)
  const weight = sum(strata.map(({ w }) => w))
  if (weight === 0) return null
  return {
    m1: sum(strata.map(({ w, x1, n1 }) => (w * x1) / n1)) / weight,
    m0: sum(strata.map(({ w, x0, n0 }) => (w * x0) / n0)) / weight,
  }
}

/** Of reverts: Wilson at the effective sizes, and MOVER. */
function riskInterval(units: readonly Unit[], key: (one: Unit) => string, jackknife: number) {
  const strata = strataOf(units, key)
  const means = standardised(units, key)
  if (means === null) return null
  const { m1, m0 } = means
  const weight = sum(strata.map(({ w }) => w))
  const p = strata.map(
    ({ n1, n0, x1, x0 }) =>
      (n1 ** 2 * x0 - n0 ** 2 * x1 + (n1 * n0 * (n0 - n1)) / 2) / (n1 + n0) ** 2,
  )
  const q = strata.map(({ n1, n0, x1, x0 }) => (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * (n1 + n0)))
  const sato = Math.sqrt(((m1 - m0) * sum(p) + sum(q)) / weight ** 2)
  const designEffect = sato > 0 ? Math.max(1, (jackknife / sato) ** 2) : 1
  const effective = (n: 'n1' | 'n0') =>
    weight ** 2 / sum(strata.map((one) => one.w ** 2 / one[n])) / designEffect
  const [l1, u1] = wilson(m1, effective('n1'))
  const [l0, u0] = wilson(m0, effective('n0'))
  return [
    m1 - m0 - Math.sqrt((m1 - l1) ** 2 + (u0 - m0) ** 2),
    m1 - m0 + Math.sqrt((u1 - m1) ** 2 + (m0 - l0) ** 2),
  ] as const
}

function wilson(share: number, n: number): readonly [number, number] {
  const z = normalQuantile(0.975)
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n)
  const half = (z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n)
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
