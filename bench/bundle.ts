import { readdir, stat } from 'node:fs/promises'
import { atMost, type Figure } from './figure.ts'

/** Size of what a workflow run downloads: all scripts of dist/, also the one that only a configuration file needs. */
export async function benchBundle(): Promise<Figure[]> {
  const scripts = (await readdir('dist')).filter((file) => file.endsWith('.js'))
  const sizes = await Promise.all(scripts.map(async (file) => (await stat(`dist/${file}`)).size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return [atMost('size of all scripts in dist/', total / 1e6, 'MB', 'a fixed limit', 1.2)]
}
