import { CommitGraph } from './commit-graph.ts'
import type { Repository } from './open-repository.ts'
import { readLines } from './read-lines.ts'
import { type GitLimits, streamGit } from './stream-git.ts'

/** Reads who is whose parent among everything that leads to `tip` and to the refs that match the patterns. */
export async function readCommitGraph(
  repository: Repository,
  tip: string,
  refPatterns: readonly string[],
  limits: GitLimits,
): Promise<CommitGraph> {
  const graph = new CommitGraph(repository.objectFormat)
  const args = ['rev-list', '--parents', '--ignore-missing']
  const globs = refPatterns.map((pattern) => `--glob=${pattern}`)
  const list = streamGit(repository, [...args, ...globs, '--end-of-options', tip, '--'], limits)
  for await (const line of readLines(list)) {
    const [id = '', ...parents] = line.split(' ')
    graph.add(id, parents)
  }
  return graph
}
