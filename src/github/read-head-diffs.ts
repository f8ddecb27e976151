import * as z from 'zod'
import {
  type Difference,
  type FileDifference,
  headsToCompare,
  type Pseudonyms,
  type PullRequestRecord,
  readDifference,
  recordHeadDiffs,
} from '../delivery/index.ts'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'

/** GitHub lists no more files of a comparison than these, and does not say that there are more. */
const fileLimit = 300

const count = z.int().nonnegative()

const FileSchema = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.string(),
  sha: z.string().nullable(),
  additions: count,
  deletions: count,
  patch: z.string().optional(),
})

const ComparisonSchema = z.object({ ahead_by: count, files: z.array(FileSchema).optional() })

/**
 * Completes a record by the differences of the heads that were reviewed, where something was pushed after that: a request for
 * each such head and one for the last. A head that is gone, or whose difference GitHub does not tell whole, is left out, and
 * `unreadable` says so. No code leaves this function.
 *
 * Heads are compared with the base's commit that GitHub keeps for the pull request, which moves on with every update of the
 * branch (refined-github#5849), and not with the base branch: that holds the head itself after the merge.
 *
 * @throws GitHubError where GitHub does not answer
 */
export async function readHeadDiffs(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  record: PullRequestRecord,
  pseudonyms: Pseudonyms,
): Promise<PullRequestRecord> {
  const { heads, complete } = headsToCompare(record)
  const differences = new Map<string, Difference>()
  for (const head of heads) {
    const difference = await compare(api, repository, `${record.base.sha}...${head}`)
    if (difference !== null) differences.set(head, difference)
  }
  const headDiffs = recordHeadDiffs(record, differences, pseudonyms)
  const all = complete && headDiffs.length === heads.length
  const unreadable = record.unreadable.filter((part) => part !== 'diffs' || !all)
  return { ...record, headDiffs, unreadable }
}

/** The difference of the second commit from where it left the first; null: GitHub does not tell it. */
async function compare(
  api: GitHubApi,
  { owner, name }: { readonly owner: string; readonly name: string },
  basehead: string,
): Promise<Difference | null> {
  try {
    const { ahead_by: ahead, files } = await api.read(
      'GET /repos/{owner}/{repo}/compare/{basehead}',
      // All files are on the first page, however few commits are.
      { owner, repo: name, basehead, per_page: 1, page: 1 },
      ComparisonSchema,
    )
    // Of a head that is on the base nothing is left to compare.
    if (ahead === 0 || files === undefined || files.length >= fileLimit) return null
    return readDifference(files.map(toFileDifference))
  } catch (error) {
    if (error instanceof GitHubError && isOfTheHead(error)) return null
    throw error
  }
}

/** How GitHub says that a difference takes it too long; 500: github-changelog-generator#920. */
const tooLong: readonly (number | undefined)[] = [422, 500, 502, 504]

/**
 * Whether asking again later would give the same: the head is gone, the token may not see it, or the difference takes GitHub
 * too long. Where nothing answers at all, it may be the network, and another day gives the whole.
 */
function isOfTheHead({ failure, status }: GitHubError): boolean {
  return failure === 'not-found' || failure === 'permission' || tooLong.includes(status)
}

function toFileDifference(file: z.infer<typeof FileSchema>): FileDifference {
  const { filename, previous_filename: previous, status, patch, sha, additions, deletions } = file
  return {
    // A copy leaves the other file where it is: the path before is its own.
    from: status === 'renamed' ? (previous ?? filename) : filename,
    to: filename,
    patch: patch ?? null,
    blob: sha,
    additions,
    deletions,
  }
}
