import { execFileSync } from 'node:child_process'
import { atMost, type Figure, median } from './figure.ts'
import { measureCommand, measureNode } from './measure-process.ts'

const runs = 9
const longHistory = 50_000

/** `assess --git` over a long history against git's own log of the same messages and trailers. */
export async function benchAssess(clones: readonly string[]): Promise<Figure[]> {
  const clone = clones.find((directory) => commitsIn(directory) >= longHistory)
  if (clone === undefined) return []
  const ours: number[] = []
  const gits: number[] = []
  const assess = ['src/cli/index.js', 'assess', '--git']
  for (let run = 0; run < runs; run += 1) {
    gits.push(
      await measureCommand('git', ['-C', clone, 'log', '--format=%H%x00%B%x00%(trailers)', 'HEAD']),
    )
    ours.push(await measureCommand(process.execPath, [...assess, clone]))
  }
  const { memory } = await measureNode([...assess, clone])
  const commits = commitsIn(clone).toLocaleString('en')
  return [
    atMost(
      `time of assess --git over ${commits} commits`,
      median(ours) / median(gits),
      'times',
      'git log with %B and %(trailers)',
      1.5,
    ),
    atMost(`peak memory of assess --git`, memory, 'MB', 'a fixed limit', 150),
  ]
}

function commitsIn(directory: string): number {
  return Number(
    execFileSync('git', ['-C', directory, 'rev-list', '--count', 'HEAD'], { encoding: 'utf8' }),
  )
}
