/** The entry of an array whose length is known to reach that far. */
export function at(numbers: Float64Array | Int32Array | Uint8Array, index: number): number {
  return numbers[index] as number
}

/**
 * The same with a function for each kind of array: one that sees every kind has to tell them apart at each entry, which made
 * the comparison of a million changes a seventh slower.
 */
export function floatAt(numbers: Float64Array, index: number): number {
  return numbers[index] as number
}

export function intAt(numbers: Int32Array, index: number): number {
  return numbers[index] as number
}

export function byteAt(numbers: Uint8Array, index: number): number {
  return numbers[index] as number
}
