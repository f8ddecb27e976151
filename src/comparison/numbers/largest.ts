import { intAt } from './number-at.ts'

/** The largest number; −1 of none. */
export function largest(ids: Int32Array): number {
  let most = -1
  for (let i = 0; i < ids.length; i += 1) if (intAt(ids, i) > most) most = intAt(ids, i)
  return most
}
