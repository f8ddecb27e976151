/**
 * Index of the last step at or before a time, by halving; −1 where there is none.
 *
 * @param steps in order of time
 */
export function lastStep(steps: readonly { readonly time: number }[], time: number): number {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle]?.time ?? Number.POSITIVE_INFINITY) <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}
