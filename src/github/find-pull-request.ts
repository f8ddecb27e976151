import * as z from 'zod/mini'
import type { GitHubApi } from './api.ts'

const PullRequestsSchema = z.array(
  z.object({
    number: z.number(),
    merged_at: z.nullish(z.string()),
    // Gone from version 2026-03-10 of the API on.
    merge_commit_sha: z.nullish(z.string()),
    base: z.object({ repo: z.nullish(z.object({ full_name: z.string() })) }),
  }),
)

/**
 * Number of the pull request that a commit on a branch came in with; undefined for a direct push. Asked in a fork, GitHub
 * also names pull requests of the repository that it was forked from: their numbers mean nothing here.
 */
export async function findPullRequest(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  sha: string,
): Promise<number | undefined> {
  const candidates = await api.read(
    'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    { owner: repository.owner, repo: repository.name, commit_sha: sha, per_page: 100 },
    PullRequestsSchema,
  )
  const here = `${repository.owner}/${repository.name}`.toLowerCase()
  const merged = candidates.filter(
    ({ merged_at, base }) => merged_at && (base.repo?.full_name ?? here).toLowerCase() === here,
  )
  const exact = merged.find(({ merge_commit_sha }) => merge_commit_sha === sha)
  return (exact ?? merged[0])?.number
}
