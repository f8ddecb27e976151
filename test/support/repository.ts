import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'

/** The repository's root directory. */
export const root = join(import.meta.dirname, '..', '..')

/** The text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** Path (with `/`) to text of the files that match the patterns, sorted by path. */
export function readFiles(...patterns: readonly string[]): Map<string, string> {
  const paths = patterns.flatMap((pattern) => globSync(pattern, { cwd: root }))
  return new Map(
    paths
      .map((path) => path.split(sep).join(posix.sep))
      .sort()
      .map((path) => [path, readText(path)]),
  )
}

/** Everything under src/. */
export function readSources(): Map<string, string> {
  return readFiles('src/**/*.{ts,json}')
}

/**
 * The paths of the files that git tracks, and of those that it would add; null outside a git checkout, as in an unpacked
 * archive.
 */
export function committedPaths(): string[] | null {
  if (!existsSync(join(root, '.git'))) return null
  const output = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    // Git refuses a checkout that belongs to another user (root in a container); reading its list of files is no risk.
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...trust(root) } },
  )
  return output.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
}

function trust(directory: string): Record<string, string> {
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: directory,
  }
}
