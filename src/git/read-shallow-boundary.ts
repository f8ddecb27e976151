import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Repository } from './open-repository.ts'
import { type GitLimits, runGit } from './stream-git.ts'

/** Ids of the commits whose parents a shallow clone does not have: git shows them as if they had none. */
export async function readShallowBoundary(
  repository: Repository,
  limits: GitLimits,
): Promise<readonly string[]> {
  if (!repository.shallow) return []
  const path = await runGit(repository, ['rev-parse', '--git-path', 'shallow'], limits)
  const file = join(repository.directory, path.replace(/\n$/, ''))
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
}
