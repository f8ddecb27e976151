/**
 * Quantile of type 7: the straight line between the two neighbours of rank (n − 1)p, as Excel, NumPy and R have it by
 * default (Hyndman & Fan 1996, The American Statistician 50:361).
 *
 * @param sorted ascending, at least one value
 * @param p from 0 to 1
 * @example quantile(Float64Array.of(3, 6, 7, 8), 0.5) // 6.5
 */
export function quantile(sorted: Float64Array, p: number): number {
  const rank = (sorted.length - 1) * p
  const below = Math.floor(rank)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[below + 1] ?? low
  return low + (rank - below) * (high - low)
}
