import { at, floatAt } from '../numbers/number-at.ts'

/** Where, going through values from the smallest, something comes to be true. */
export interface Crossing {
  readonly value: number
  /** Weight and weighted sum of what lies before, equal values possibly among it. */
  readonly weightBefore: number
  readonly sumBefore: number
  readonly weight: number
}

/**
 * Finds the first value, from the smallest, with which weight and sum of all up to it pass a test that stays passed: a
 * quantile, or the edge of a trimmed mean. Narrows down bin by bin in linear time, since sorting a million values takes
 * longer than everything else.
 *
 * @returns null where it is never passed
 */
export function firstCrossing(
  values: Float64Array,
  weights: Float64Array,
  isPassed: (weight: number, sum: number) => boolean,
): Crossing | null {
  let some: Weighted = { values, weights }
  let weightBefore = 0
  let sumBefore = 0
  while (some.values.length > fewEnoughToSort) {
    const bins = toBins(some)
    if (bins === null) break
    let bin = 0
    for (; bin < binCount; bin += 1) {
      const weight = weightBefore + floatAt(bins.weights, bin)
      const sum = sumBefore + floatAt(bins.sums, bin)
      if (floatAt(bins.weights, bin) > 0 && isPassed(weight, sum)) break
      weightBefore = weight
      sumBefore = sum
    }
    if (bin === binCount) return null
    some = only(some, bins.binOf, bin)
  }
  const order = Uint32Array.from(some.values, (_, i) => i)
  order.sort((one, other) => floatAt(some.values, one) - floatAt(some.values, other))
  for (const i of order) {
    const value = floatAt(some.values, i)
    const weight = floatAt(some.weights, i)
    if (isPassed(weightBefore + weight, sumBefore + weight * value)) {
      return { value, weightBefore, sumBefore, weight }
    }
    weightBefore += weight
    sumBefore += weight * value
  }
  return null
}

/** The smallest value with at least half of the weight at or below it; NaN of none. */
export function weightedMedian(values: Float64Array, weights: Float64Array): number {
  let total = 0
  for (const weight of weights) total += weight
  const half = (0.5 - rounding) * total
  return firstCrossing(values, weights, (weight) => weight >= half)?.value ?? Number.NaN
}

/**
 * Sums of so many of the smallest values, for each of some numbers of them; the last value is counted in part.
 *
 * @example sumsOfSmallest(Float64Array.of(4, 1, 2), [1, 2.5]) // [1, 5]
 */
export function sumsOfSmallest(values: Float64Array, counts: readonly number[]): number[] {
  if (values.length <= fewEnoughToSort) return sumsOfSorted(values.toSorted(), counts)
  const bins = toBins({ values, weights: new Float64Array(values.length).fill(1) })
  if (bins === null) return counts.map((count) => count * floatAt(values, 0))
  const ends = counts.map((count) => binWith(count, bins))
  const inBins = valuesOf(values, bins.binOf, new Set(ends.map(({ bin }) => bin)))
  return ends.map(({ bin, before, sumBefore }, index) => {
    const some = Float64Array.from(inBins.get(bin) ?? [])
    const [rest = 0] = sumsOfSmallest(some, [(counts[index] ?? 0) - before])
    return sumBefore + rest
  })
}

function sumsOfSorted(sorted: Float64Array, counts: readonly number[]): number[] {
  return counts.map((count) => {
    const whole = Math.min(sorted.length, Math.floor(count))
    const sum = sorted.subarray(0, whole).reduce((total, one) => total + one, 0)
    return whole < sorted.length ? sum + (count - whole) * at(sorted, whole) : sum
  })
}

/** The bin in which the value lies with which the count is full. */
function binWith(count: number, { weights, sums }: Pick<Bins, 'weights' | 'sums'>) {
  let before = 0
  let sumBefore = 0
  let bin = 0
  while (bin + 1 < binCount && before + floatAt(weights, bin) < count) {
    before += floatAt(weights, bin)
    sumBefore += floatAt(sums, bin)
    bin += 1
  }
  return { bin, before, sumBefore }
}

function valuesOf(
  values: Float64Array,
  binOf: Bins['binOf'],
  wanted: ReadonlySet<number>,
): Map<number, number[]> {
  const found = new Map([...wanted].map((bin): [number, number[]] => [bin, []]))
  for (const value of values) found.get(binOf(value))?.push(value)
  return found
}

/** Sums of weights differ from their exact value by less than this share. */
const rounding = 1e-9
const binCount = 1_024
const fewEnoughToSort = 256

interface Weighted {
  readonly values: Float64Array
  readonly weights: Float64Array
}

interface Bins extends Pick<Weighted, 'weights'> {
  readonly sums: Float64Array
  readonly binOf: (value: number) => number
}

/** null where all values are the same. */
function toBins({ values, weights }: Weighted): Bins | null {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low === high) return null
  const binOf = (value: number) =>
    Math.min(binCount - 1, Math.floor(((value - low) / (high - low)) * binCount))
  const bins = { weights: new Float64Array(binCount), sums: new Float64Array(binCount), binOf }
  for (let i = 0; i < values.length; i += 1) {
    const bin = binOf(floatAt(values, i))
    bins.weights[bin] = floatAt(bins.weights, bin) + floatAt(weights, i)
    bins.sums[bin] = floatAt(bins.sums, bin) + floatAt(weights, i) * floatAt(values, i)
  }
  return bins
}

function only({ values, weights }: Weighted, binOf: (value: number) => number, bin: number) {
  const places: number[] = []
  for (let i = 0; i < values.length; i += 1) if (binOf(floatAt(values, i)) === bin) places.push(i)
  return {
    values: Float64Array.from(places, (i) => floatAt(values, i)),
    weights: Float64Array.from(places, (i) => floatAt(weights, i)),
  }
}
