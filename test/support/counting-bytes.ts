import { createHash } from 'node:crypto'

/** Gives other bytes each time, and the same in each run of the tests: up to 32 of them. */
export function countingBytes(): (count: number) => Uint8Array {
  let times = 0
  return (count) => {
    times += 1
    return createHash('sha256').update(String(times)).digest().subarray(0, count)
  }
}
