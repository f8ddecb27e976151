import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atMost, type Figure, median } from './figure.ts'
import { type Cost, measureCommand, measureNode } from './measure-process.ts'

const runs = 5
const longHistory = 50_000
/** Commits that the shorter histories have, about: what leads to one of the branch's commits. */
const lengths = [1_000, 10_000]

/**
 * `export` of a clone over a long history against `git log --first-parent -m --no-renames --numstat` of the same branch: the
 * sizes that export writes, and nothing else. And over the ends of the same history at shorter lengths: time a commit may not
 * grow with the length, and memory only a little.
 */
export async function benchExport(clones: readonly string[]): Promise<Figure[]> {
  const clone = clones.find(
    (directory) => commitsIn(directory) >= longHistory && isWhole(directory),
  )
  if (clone === undefined) return []
  const folder = await mkdtemp(join(tmpdir(), 'what-shipped-bench-'))
  try {
    const keyFile = join(folder, 'key')
    await writeFile(keyFile, '0'.repeat(64), { mode: 0o600 })
    return await measure(clone, folder, keyFile)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function measure(clone: string, folder: string, keyFile: string): Promise<Figure[]> {
  const numstat = ['log', '--first-parent', '-m', '--no-renames', '--numstat', '--format=%H']
  const ours: Cost[] = []
  const gits: number[] = []
  for (let run = 0; run < runs; run += 1) {
    gits.push(await measureCommand('git', ['-C', clone, ...numstat, 'HEAD']))
    ours.push(await exportOf(clone, keyFile))
  }
  const commits = commitsIn(clone)
  const elapsed = median(ours.map((cost) => cost.elapsed))
  const memory = Math.max(...ours.map((cost) => cost.memory))
  const shorter: { commits: number; elapsed: number; memory: number }[] = []
  for (const length of lengths) {
    const part = await shortened(clone, length, join(folder, String(length)))
    const cost = await exportOf(part, keyFile)
    shorter.push({ commits: commitsIn(part), elapsed: cost.elapsed, memory: cost.memory })
  }
  const described = shorter.map(
    (one) =>
      `${one.commits.toLocaleString('en')} commits: ${(one.elapsed / 1000).toFixed(1)} s, ${one.memory.toFixed(0)} MB`,
  )
  const middle = shorter.at(-1)
  return [
    atMost(
      `time of export over ${commits.toLocaleString('en')} commits`,
      elapsed / median(gits),
      'times',
      `git ${numstat.slice(0, -1).join(' ')}`,
      1.5,
    ),
    atMost('peak memory of export', memory, 'MB', 'a fixed limit', 250),
    ...(middle === undefined
      ? []
      : [
          atMost(
            'time a commit of export, long against middling history',
            elapsed / commits / (middle.elapsed / middle.commits),
            'times',
            described.join('; '),
            1.5,
          ),
        ]),
  ]
}

async function exportOf(clone: string, keyFile: string): Promise<Cost> {
  return await measureNode(['src/cli/index.js', 'export', clone, '--key-file', keyFile])
}

/** A clone that shares the objects of another, and whose branch ends where about so many commits lead to it. */
async function shortened(clone: string, length: number, directory: string): Promise<string> {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 }).trim()
  // Git numbers commits from the oldest; the branch's commit after so many of them.
  const all = git('-C', clone, 'rev-list', '--reverse', 'HEAD').split('\n')
  const old = new Set(all.slice(0, length))
  const tip = git('-C', clone, 'rev-list', '--first-parent', 'HEAD')
    .split('\n')
    .find((id) => old.has(id))
  if (tip === undefined) throw new Error(`${clone} has no branch of ${length} commits`)
  git('init', '--quiet', '--bare', directory)
  const objects = git('-C', clone, 'rev-parse', '--path-format=absolute', '--git-path', 'objects')
  await writeFile(join(directory, 'objects', 'info', 'alternates'), `${objects}\n`)
  git('-C', directory, 'update-ref', 'HEAD', tip)
  return directory
}

/** Of a clone that lacks a file git's own log breaks off, and there is nothing to compare with. */
function isWhole(directory: string): boolean {
  const args = ['rev-list', '--objects', '--no-object-names', '--missing=print', '--first-parent']
  const objects = execFileSync('git', ['-C', directory, ...args, 'HEAD'], {
    encoding: 'latin1',
    maxBuffer: 1 << 30,
  })
  return !objects.includes('?')
}

function commitsIn(directory: string): number {
  return Number(
    execFileSync('git', ['-C', directory, 'rev-list', '--count', 'HEAD'], { encoding: 'utf8' }),
  )
}
