/** One measured figure. A ratio is to the counterpart that was measured in the same run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it is measured against. */
  readonly versus: string
  /** Most that it may be; for a share of right answers, least. */
  readonly limit: number
  readonly ok: boolean
}

/** A figure that may be at most `limit`. */
export function atMost(
  name: string,
  value: number,
  unit: string,
  versus: string,
  limit: number,
): Figure {
  return { name, value: rounded(value), unit, versus, limit, ok: value <= limit }
}

/** A figure that must be at least `limit`. */
export function atLeast(
  name: string,
  value: number,
  unit: string,
  versus: string,
  limit: number,
): Figure {
  return { name, value: rounded(value), unit, versus, limit, ok: value >= limit }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

/** Middle value; of two middle ones, their mean. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)]
  const lower = sorted[Math.ceil(middle) - 1]
  if (upper === undefined || lower === undefined) throw new Error('there is no median of nothing')
  return (upper + lower) / 2
}
