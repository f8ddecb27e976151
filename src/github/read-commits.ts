import * as z from 'zod/mini'
import type { Account, Commit, Identity } from '../provenance/index.ts'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import type { PullRequestAddress } from './read-pull-request.ts'

/** The commits of a pull request, as far as they could be read. */
export interface PullRequestCommits {
  readonly commits: readonly Commit[]
  /** False where GitHub has more than it gave. */
  readonly complete: boolean
  /** Set when `contents: read` would have given the rest. */
  readonly missingPermission?: 'contents'
}

const perPage = 100
/** GitHub lists no more commits of a pull request than these; a comparison of its ends lists all. */
export const listLimit = 250
const maximumComparisonPages = 200

const time = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => Date.parse(text)),
)

const PersonSchema = z.object({
  name: z.catch(z.string(), ''),
  email: z.catch(z.string(), ''),
  date: z.catch(z.optional(time), undefined),
})

const AccountSchema = z.object({ id: z.number(), login: z.string(), type: z.string() })

const CommitSchema = z.object({
  sha: z.string(),
  commit: z.object({
    message: z.string(),
    author: z.nullish(PersonSchema),
    committer: z.nullish(PersonSchema),
    verification: z.catch(z.optional(z.object({ verified: z.boolean() })), undefined),
  }),
  // GitHub sends null for an address that no account owns, and {} where an account is gone.
  author: z.catch(z.nullable(AccountSchema), null),
  parents: z.array(z.object({ sha: z.string() })),
})

type ReadCommit = z.infer<typeof CommitSchema>

const ComparisonSchema = z.object({ total_commits: z.number(), commits: z.array(CommitSchema) })

/**
 * Reads every commit of a pull request, oldest first: one call per hundred; past the 250 that GitHub lists, by comparing
 * base and head, which needs `contents: read`.
 *
 * @param ends as the pull request has them now: a list that its head is not in is not complete
 * @throws GitHubError where the pull request cannot be read, or GitHub does not answer
 */
export async function readCommits(
  api: GitHubApi,
  address: PullRequestAddress,
  ends: { readonly baseSha: string; readonly headSha: string },
): Promise<PullRequestCommits> {
  const pages = await listCommits(api, address)
  const listed = distinct(pages)
  if (pages.length < listLimit) {
    // A push between two pages shifts them: what comes twice stands where something else is missing.
    const complete = listed.length === pages.length && includes(listed, ends.headSha)
    return { commits: listed.map(toCommit), complete }
  }
  // 250 may be all, or all that GitHub lists.
  const some = { commits: listed.map(toCommit), complete: false }
  try {
    const { commits, total } = await compareEnds(api, address, `${ends.baseSha}...${ends.headSha}`)
    // Once the base contains the head, nothing lies between them.
    if (!includes(commits, ends.headSha)) return some
    return { commits: commits.map(toCommit), complete: commits.length >= total }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    if (error.failure === 'permission') return { ...some, missingPermission: 'contents' }
    if (error.failure === 'not-found' || error.failure === 'refused') return some
    throw error
  }
}

async function listCommits(api: GitHubApi, address: PullRequestAddress): Promise<ReadCommit[]> {
  const listed: ReadCommit[] = []
  for (let page = 1; listed.length < listLimit; page += 1) {
    const commits = await api.read(
      'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits',
      {
        owner: address.owner,
        repo: address.name,
        pull_number: address.number,
        per_page: perPage,
        page,
      },
      z.array(CommitSchema),
    )
    listed.push(...commits)
    if (commits.length < perPage) break
  }
  return listed
}

async function compareEnds(
  api: GitHubApi,
  { owner, name }: PullRequestAddress,
  basehead: string,
): Promise<{ commits: ReadCommit[]; total: number }> {
  const commits: ReadCommit[] = []
  for (let page = 1; page <= maximumComparisonPages; page += 1) {
    const reply = await api.read(
      'GET /repos/{owner}/{repo}/compare/{basehead}',
      { owner, repo: name, basehead, per_page: perPage, page },
      ComparisonSchema,
    )
    commits.push(...reply.commits)
    if (reply.commits.length === 0 || commits.length >= reply.total_commits) {
      return { commits: distinct(commits), total: reply.total_commits }
    }
  }
  return { commits: distinct(commits), total: Number.POSITIVE_INFINITY }
}

function distinct(commits: readonly ReadCommit[]): ReadCommit[] {
  return [...new Map(commits.map((commit) => [commit.sha, commit])).values()]
}

function includes(commits: readonly ReadCommit[], sha: string): boolean {
  return commits.some((commit) => commit.sha === sha)
}

function toCommit({ sha, commit, author, parents }: ReadCommit): Commit {
  return {
    sha,
    message: commit.message,
    ...(commit.author ? { author: toIdentity(commit.author) } : {}),
    ...(commit.committer ? { committer: toIdentity(commit.committer) } : {}),
    ...(author === null ? {} : { authorAccount: toAccount(author) }),
    ...(commit.verification === undefined ? {} : { verified: commit.verification.verified }),
    ...(commit.author?.date === undefined ? {} : { authoredAt: commit.author.date }),
    ...(commit.committer?.date === undefined ? {} : { committedAt: commit.committer.date }),
    parents: parents.length,
  }
}

function toIdentity({ name, email }: z.infer<typeof PersonSchema>): Identity {
  return { name, email }
}

function toAccount({ id, login, type }: z.infer<typeof AccountSchema>): Account {
  return { id, login, bot: type === 'Bot' }
}
