import { stat } from 'node:fs/promises'
import { atMost, type Figure } from './figure.ts'

/** Size of what a workflow run downloads and loads first. */
export async function benchBundle(): Promise<Figure[]> {
  const { size } = await stat('dist/index.js')
  return [atMost('size of dist/index.js', size / 1e6, 'MB', 'a fixed limit', 1.2)]
}
