/**
 * Moves labels apart that would overlap: the nearest places to those wanted, in their order, at least `gap` apart, all
 * between `low` and `high` where there is room.
 */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  [low, high]: readonly [number, number],
): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => at(wanted, a) - at(wanted, b))
  const places = [...wanted]
  let floor = low
  for (const index of order) {
    places[index] = Math.max(floor, at(places, index))
    floor = at(places, index) + gap
  }
  let ceiling = high
  for (const index of order.toReversed()) {
    places[index] = Math.min(ceiling, at(places, index))
    ceiling = at(places, index) - gap
  }
  return places
}

function at(list: readonly number[], index: number): number {
  return list[index] ?? 0
}
