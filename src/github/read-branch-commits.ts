import * as z from 'zod'
import {
  type BranchCommitRecord,
  RECORD_VERSION,
  type Recording,
  readRevertClaims,
  recordIdentity,
  recordTime,
  titleKeys,
} from '../delivery/index.ts'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'

/** Where the commits of a branch are read on. */
export interface BranchPosition {
  /** Commit from which the branch is read, so that pages do not shift; null: its tip, whatever that is now. */
  readonly tip: string | null
  readonly cursor: string | null
}

export interface BranchQuestions {
  readonly owner: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly since: number | undefined
  readonly until: number | undefined
}

export interface BranchPage {
  readonly records: readonly BranchCommitRecord[]
  /** Null: this was the last. */
  readonly next: BranchPosition | null
}

const historyPage = 100
/** Objects asked for in one query. */
const detailBatch = 50

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const count = z.int().nonnegative()
const PersonSchema = z.object({ name: z.string().nullish(), email: z.string().nullish() })

/** A page of the default branch's history, newest first. */
export const branchQuery = `
query BranchCommits($owner: String!, $name: String!, $tip: String!, $first: Int!, $after: String, $since: GitTimestamp, $until: GitTimestamp) {
  repository(owner: $owner, name: $name) {
    databaseId
    nameWithOwner
    object(expression: $tip) {
      oid
      ... on Commit {
        history(first: $first, after: $after, since: $since, until: $until) {
          pageInfo { hasNextPage endCursor }
          nodes { oid message committedDate author { name email } }
        }
      }
    }
  }
}`

const HistoryCommitSchema = z.object({
  oid: z.string(),
  message: z.string(),
  committedDate: time.optional().catch(undefined),
  author: PersonSchema.nullish(),
})
type HistoryCommit = z.infer<typeof HistoryCommitSchema>

const BranchReplySchema = z.object({
  repository: z
    .object({
      databaseId: count.nullable(),
      nameWithOwner: z.string(),
      object: z
        .object({
          oid: z.string(),
          history: z
            .object({
              pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
              nodes: z.array(HistoryCommitSchema.nullable()),
            })
            .optional(),
        })
        .nullish(),
    })
    .nullable(),
})

/** Sizes and pull requests of so many commits. */
export function commitDetailsQuery(commits: number): string {
  const indices = Array.from({ length: commits }, (_, index) => index)
  return `
query CommitDetails($owner: String!, $name: String!, ${indices.map((index) => `$commit${index}: String!`).join(', ')}) {
  repository(owner: $owner, name: $name) {
    ${indices.map((index) => `commit${index}: object(expression: $commit${index}) { ...Details }`).join('\n    ')}
  }
}

fragment Details on Commit {
  additions
  deletions
  changedFilesIfAvailable
  associatedPullRequests(first: 10) { nodes { number baseRepository { databaseId } } }
}`
}

const DetailsSchema = z.object({
  additions: count,
  deletions: count,
  changedFilesIfAvailable: count.nullable(),
  associatedPullRequests: z
    .object({
      nodes: z
        .array(
          z
            .object({
              number: z.number(),
              baseRepository: z.object({ databaseId: count.nullable() }).nullable(),
            })
            .nullable(),
        )
        .nullable(),
    })
    .nullable(),
})
type Details = z.infer<typeof DetailsSchema>

const DetailsReplySchema = z.object({
  repository: z.record(z.string(), DetailsSchema.nullable()).nullable(),
})

/**
 * Reads a page of the default branch for commits that revert something and came with no pull request: one request for a
 * hundred commits, and one more where some say that they revert. Null where the token may not read contents.
 */
export async function readBranchCommits(
  api: GitHubApi,
  position: BranchPosition,
  { owner, name, since, until }: BranchQuestions,
  recording: Recording,
): Promise<BranchPage | null> {
  const variables = {
    owner,
    name,
    tip: position.tip ?? 'HEAD',
    after: position.cursor,
    since: recordTime(since),
    until: recordTime(until),
  }
  const { data, forbidden } = await readHistory(api, variables)
  if (forbidden.length > 0) return null
  const { repository } = data
  const history = repository?.object?.history
  if (!repository || !history) return { records: [], next: null }
  const id = repository.databaseId
  const candidates = history.nodes
    .filter((commit) => commit !== null)
    .map((commit) => ({
      commit,
      revertClaims: readRevertClaims(
        { message: commit.message, repository: repository.nameWithOwner, number: null },
        recording.pseudonyms,
      ),
    }))
    .filter(({ revertClaims }) => revertClaims.length > 0)
  const details = await readDetails(
    api,
    { owner, name },
    candidates.map(({ commit }) => commit.oid),
  )
  const records = candidates.flatMap(({ commit, revertClaims }): BranchCommitRecord[] => {
    const detail = details.get(commit.oid)
    const came = detail?.associatedPullRequests?.nodes?.some(
      (pullRequest) => pullRequest && pullRequest.baseRepository?.databaseId === id,
    )
    const committedAt = recordTime(commit.committedDate)
    return came || committedAt === null
      ? []
      : [
          {
            record: 'branch-commit',
            version: RECORD_VERSION,
            source: 'github',
            repository: { id, name: repository.nameWithOwner },
            sha: commit.oid,
            committedAt,
            branchTracked: true,
            bot: botOf(commit, recording),
            titleKeys: titleKeys(commit.message.split('\n', 1)[0] ?? '', recording.pseudonyms),
            size: sizeOf(detail),
            revertClaims,
          },
        ]
  })
  const { hasNextPage, endCursor } = history.pageInfo
  const tip = repository.object?.oid ?? null
  return { records, next: hasNextPage && endCursor !== null ? { tip, cursor: endCursor } : null }
}

/** Long messages make a page too much at times: then it is asked for in smaller ones. */
async function readHistory(api: GitHubApi, variables: Record<string, unknown>) {
  for (let first = historyPage; ; first = Math.ceil(first / 4)) {
    try {
      const divisible = first > 1
      return await api.query(branchQuery, { ...variables, first }, BranchReplySchema, { divisible })
    } catch (error) {
      if (first === 1 || !(error instanceof GitHubError && error.tooMuch)) throw error
    }
  }
}

async function readDetails(
  api: GitHubApi,
  repository: { readonly owner: string; readonly name: string },
  shas: readonly string[],
): Promise<ReadonlyMap<string, Details>> {
  const details = new Map<string, Details>()
  for (let start = 0; start < shas.length; start += detailBatch) {
    const batch = shas.slice(start, start + detailBatch)
    const { data } = await api.query(
      commitDetailsQuery(batch.length),
      {
        ...repository,
        ...Object.fromEntries(batch.map((sha, index) => [`commit${index}`, sha])),
      },
      DetailsReplySchema,
    )
    batch.forEach((sha, index) => {
      const found = data.repository?.[`commit${index}`]
      if (found) details.set(sha, found)
    })
  }
  return details
}

function sizeOf(details: Details | undefined): BranchCommitRecord['size'] {
  if (details === undefined || details.changedFilesIfAvailable === null) return null
  const { additions, deletions, changedFilesIfAvailable: files } = details
  return { total: { files, additions, deletions }, counted: null }
}

/** A robot writes its own name as the author. */
function botOf({ author }: HistoryCommit, recording: Recording): string | null {
  if (!author) return null
  const identity = { name: author.name ?? '', email: author.email ?? '' }
  const recorded = recordIdentity(identity, recording)
  return recorded.kind === 'known' ? recorded.name : null
}
