/** One merged change of a real history. */
export interface Observed {
  readonly person: string
  readonly hours: number
  /** null: not told. */
  readonly lines: number | null
  /** null: not told, or not followed for 30 days. */
  readonly reverted: boolean | null
}

/** What the simulation takes from a real history. */
export interface FittedSpread {
  readonly changes: number
  readonly people: number
  readonly medianHours: number
  /** Share merged within 14 days; the rest of the figures is of those. */
  readonly inTime: number
  /** Standard deviation of log hours among one person's changes of the same size. */
  readonly spread: number
  /** The same of what is typical of people. */
  readonly personSpread: number
  /** Exponent with which hours grow with lines, within people; 0 where no lines are told. */
  readonly sizeExponent: number
  /** Skewness and excess kurtosis of what is left. 0 and 0: lognormal times. */
  readonly skewness: number
  readonly kurtosis: number
  /** Standard deviation of the logarithm of how much people do. */
  readonly activitySpread: number
  /** Share of the changes that the most active person made, and the most active tenth of people. */
  readonly topPerson: number
  readonly topTenth: number
  /** People who would give as much information, were all equally active (Kish). */
  readonly kishPeople: number
  /** Share reverted within 30 days; null: not told. */
  readonly revertRisk: number | null
}

const longestHours = 14 * 24
const shortestHours = 5 / 60

/** Fits the spread of times and people, with people as a random effect by the method of moments (ANOVA). */
export function fitSpread(observed: readonly Observed[]): FittedSpread {
  const kept = observed.filter(({ hours }) => hours <= longestHours)
  const groups = [...Map.groupBy(kept, ({ person }) => person).values()]
  const rows = groups.map((group) =>
    group.map(({ hours, lines }) => ({
      y: Math.log(Math.max(hours, shortestHours)),
      x: lines === null ? 0 : Math.log(Math.max(1, lines)),
    })),
  )
  const slope = slopeWithin(rows)
  const values = rows.map((group) => group.map(({ x, y }) => y - slope * x))
  const residuals = values.flatMap((group) => {
    const mean = meanOf(group)
    return group.map((value) => value - mean)
  })
  const [n, k] = [kept.length, groups.length]
  const within = sum(residuals.map((value) => value ** 2)) / (n - k)
  const all = meanOf(values.flat())
  const between = sum(values.map((group) => group.length * (meanOf(group) - all) ** 2)) / (k - 1)
  const counts = groups.map(({ length }) => length).toSorted((one, other) => other - one)
  const squares = sum(counts.map((count) => count ** 2))
  const typicalCount = (n - squares / n) / (k - 1)
  const many = residuals.filter((value) => value !== 0)
  const sd = Math.sqrt(meanOf(many.map((value) => value ** 2)))
  const followed = observed.filter(({ reverted }) => reverted !== null)
  const hours = observed.map((one) => one.hours).toSorted((one, other) => one - other)
  const logCounts = counts.map(Math.log)
  return {
    changes: observed.length,
    people: k,
    medianHours: hours[hours.length >> 1] ?? Number.NaN,
    inTime: n / observed.length,
    spread: Math.sqrt(within),
    personSpread: Math.sqrt(Math.max(0, (between - within) / typicalCount)),
    sizeExponent: slope,
    skewness: meanOf(many.map((value) => (value / sd) ** 3)),
    kurtosis: meanOf(many.map((value) => (value / sd) ** 4)) - 3,
    activitySpread: Math.sqrt(meanOf(logCounts.map((value) => (value - meanOf(logCounts)) ** 2))),
    topPerson: (counts[0] ?? 0) / n,
    topTenth: sum(counts.slice(0, Math.ceil(k / 10))) / n,
    kishPeople: n ** 2 / squares,
    revertRisk:
      followed.length === 0
        ? null
        : followed.filter(({ reverted }) => reverted).length / followed.length,
  }
}

/** Of the least-squares line with an intercept for each person. */
function slopeWithin(groups: readonly (readonly { x: number; y: number }[])[]): number {
  let products = 0
  let squares = 0
  for (const group of groups) {
    const x = meanOf(group.map((one) => one.x))
    const y = meanOf(group.map((one) => one.y))
    for (const one of group) {
      products += (one.x - x) * (one.y - y)
      squares += (one.x - x) ** 2
    }
  }
  return squares === 0 ? 0 : products / squares
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function meanOf(values: readonly number[]): number {
  return sum(values) / values.length
}
