import { readFileSync } from 'node:fs'
import * as z from 'zod'
import {
  type PullRequestRecord,
  PullRequestRecordSchema,
  RECORD_VERSION,
  type Recording,
  recordActor,
  recordCommit,
} from '../../src/delivery/index.ts'
import { foldDeliveries, type PullRequestDelivery, parseDelivery } from '../../src/github/index.ts'
import { idOf, sha1 } from './fake-github/hash.ts'
import { readCsv } from './read-csv.ts'

/** An account's number was blanked in these data: one is made from the login. */
const account = z
  .object({ login: z.string(), type: z.string() })
  .transform(({ login, type }) => ({ id: idOf(`account ${login}`), login, type }))
const repository = z
  .object({ full_name: z.string() })
  .transform(({ full_name }) => ({ id: idOf(`repository ${full_name}`), full_name }))
const input = z.object({ Number: z.number() })
const signature = z.object({ name: z.string(), email: z.string(), date: z.string() })

const ApiSchema = z.object({
  pull_requests: z.array(
    z.looseObject({
      id: z.number(),
      number: z.number(),
      state: z.enum(['open', 'closed']),
      user: account,
      created_at: z.string(),
      closed_at: z.string().nullable(),
      merged_at: z.string().nullable(),
      merge_commit_sha: z.string(),
      assignees: z.array(account),
      labels: z.array(z.object({ name: z.string() })),
      draft: z.boolean(),
      head: z.object({
        ref: z.string(),
        sha: z.string(),
        repo: repository.nullable().default(null),
      }),
      base: z.object({ ref: z.string(), sha: z.string(), repo: repository }),
    }),
  ),
  pull_request_commits: z.array(
    z.object({
      sha: z.string(),
      commit: z.object({
        message: z.string(),
        author: signature,
        committer: signature,
        verification: z.object({ verified: z.boolean() }),
      }),
      author: account.nullable(),
      parents: z.array(z.object({ sha: z.string() })),
      _input: input,
    }),
  ),
  pull_request_reviews: z.array(
    z.object({
      id: z.number(),
      user: account,
      state: z.string(),
      submitted_at: z.string(),
      commit_id: z.string(),
      _input: input,
    }),
  ),
  pull_request_review_comments: z.array(
    z.object({
      id: z.number(),
      user: account,
      created_at: z.string(),
      commit_id: z.string(),
      original_commit_id: z.string(),
      in_reply_to_id: z.number().optional(),
    }),
  ),
})

type Api = z.infer<typeof ApiSchema>

/** Everything that GitHub's API told of one pull request. */
export interface ApiPullRequest {
  readonly pullRequest: Api['pull_requests'][number]
  readonly commits: Api['pull_request_commits']
  readonly reviews: Api['pull_request_reviews']
  readonly comments: Api['pull_request_review_comments']
}

/** The pull requests of DevLake's real API data, each with what belongs to it. One of them is in there twice. */
export function readApiPullRequests(path: string): ApiPullRequest[] {
  const api = ApiSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  return api.pull_requests.map((pullRequest) => {
    const { number, head } = pullRequest
    const own = <Row extends { _input: { Number: number } }>(rows: readonly Row[]) =>
      rows.filter((row) => row._input.Number === number)
    const reviews = own(api.pull_request_reviews)
    // Comments do not say their pull request; the commit that they stand on does.
    const heads = new Set([head.sha, ...reviews.map(({ commit_id: id }) => id)])
    return {
      pullRequest,
      commits: own(api.pull_request_commits),
      reviews,
      comments: api.pull_request_review_comments.filter(({ commit_id: id }) => heads.has(id)),
    }
  })
}

/** The same as a record, through the code that reads webhooks: REST shows a pull request as a delivery does. */
export function recordApiPullRequest(
  { pullRequest, commits, reviews, comments }: ApiPullRequest,
  recording: Recording,
): PullRequestRecord {
  const { repo } = pullRequest.base
  const about = {
    pull_request: pullRequest,
    repository: { ...repo, default_branch: 'master' },
  }
  const action = pullRequest.state === 'closed' ? 'closed' : 'listed'
  const deliveries = [
    parse('pull_request', { ...about, action }),
    ...reviews.map((review) =>
      parse('pull_request_review', { ...about, action: 'submitted', review }),
    ),
    ...comments.map((comment) =>
      parse('pull_request_review_comment', { ...about, action: 'created', comment }),
    ),
  ]
  const record = foldDeliveries(deliveries, { recording })
  const distinct = [...new Map(commits.map((commit) => [commit.sha, commit])).values()]
  if (record === undefined) throw new Error('no deliveries')
  return PullRequestRecordSchema.parse({
    ...record,
    commits: distinct.map(({ sha, commit, author, parents }) =>
      recordCommit(
        {
          sha,
          message: commit.message,
          author: { name: commit.author.name, email: commit.author.email },
          committer: { name: commit.committer.name, email: commit.committer.email },
          authoredAt: Date.parse(commit.author.date),
          committedAt: Date.parse(commit.committer.date),
          verified: commit.verification.verified,
          parents: parents.length,
          ...(author === null ? {} : { authorAccount: { ...author, bot: author.type === 'Bot' } }),
        },
        null,
        recording,
      ),
    ),
  } satisfies PullRequestRecord)
}

function parse(event: string, payload: unknown): PullRequestDelivery {
  const parsed = parseDelivery(event, payload)
  if ('delivery' in parsed) return parsed.delivery
  throw new Error(`no delivery: ${JSON.stringify(parsed)}`)
}

/** A row of DevLake's golden table, of what a pull request's record can know: nothing of deployments. */
export interface GoldenRow {
  readonly id: string
  readonly firstCommit: string
  readonly codingMinutes: number | null
  readonly firstComment: string | null
  readonly pickupMinutes: number | null
  readonly reviewMinutes: number | null
  /** Without the time to the deployment. */
  readonly cycleMinutes: number
}

export function readGoldenRows(directory: string): GoldenRow[] {
  const minutes = (text: string | undefined) => (text ? Number(text) : null)
  return readCsv(`${directory}dora_project_pr_metrics.csv`).map((row) => ({
    id: row.id ?? '',
    firstCommit: row.first_commit_sha ?? '',
    codingMinutes: minutes(row.pr_coding_time),
    firstComment: row.first_review_id || null,
    pickupMinutes: minutes(row.pr_pickup_time),
    reviewMinutes: minutes(row.pr_review_time),
    cycleMinutes: Number(row.pr_cycle_time) - Number(row.pr_deploy_time),
  }))
}

/** A record of the golden case, with DevLake's own names for what a record knows by number or hash. */
export interface GoldenCase {
  readonly id: string
  readonly record: PullRequestRecord
  readonly commitNames: ReadonlyMap<string, string>
  readonly commentNames: ReadonlyMap<number, string>
}

/** The pull requests of the golden case as records. Comments of any kind stand for comments on lines. */
export function readGoldenCase(directory: string, recording: Recording): GoldenCase[] {
  const comments = Map.groupBy(
    readCsv(`${directory}dora_pull_request_comments.csv`),
    (row) => row.pull_request_id,
  )
  const commits = Map.groupBy(
    readCsv(`${directory}dora_pull_request_commits.csv`),
    (row) => row.pull_request_id,
  )
  return readCsv(`${directory}dora_pull_requests.csv`).map((row, index) => {
    const id = row.id ?? ''
    const ownCommits = (commits.get(id) ?? []).map((commit) => ({
      name: commit.commit_sha ?? '',
      sha: toSha(commit.commit_sha ?? ''),
      authoredAt: Date.parse(toIso(commit.commit_authored_date ?? '')),
    }))
    const ownComments = (comments.get(id) ?? []).map((comment) => ({
      name: comment.id ?? '',
      number: Number(comment.id?.replace('comment', '')),
      by: comment.account_id ?? '',
      at: toIso(comment.created_date ?? ''),
    }))
    const mergedAt = row.merged_date ? toIso(row.merged_date) : null
    const actor = (login: string | undefined) =>
      recordActor(
        login ? { id: idOf(`account ${login}`), login, bot: false } : undefined,
        recording,
      )
    const dates = ownCommits.map(({ authoredAt }) => authoredAt)
    const record = PullRequestRecordSchema.parse({
      record: 'pull-request',
      version: RECORD_VERSION,
      source: 'github',
      readAt: '2023-05-01T00:00:00Z',
      registry: recording.marks.version,
      repository: { id: null, name: null },
      id: null,
      number: index + 1,
      author: actor(row.author_id),
      assignees: null,
      state: mergedAt === null ? 'open' : 'merged',
      titleKeys: null,
      base: { name: null, longLived: null, tracked: null, sha: null },
      head: { name: null, longLived: null, sha: null, fork: null },
      createdAt: toIso(row.created_date ?? ''),
      openedAsDraft: false,
      draftEvents: [],
      baseChanges: null,
      pushes: null,
      commits: ownCommits.map(({ sha, authoredAt }) =>
        recordCommit({ sha, authoredAt, message: 'Change it' }, null, recording),
      ),
      everSeenFirstCommitAt: dates.length === 0 ? null : new Date(Math.min(...dates)).toISOString(),
      description: null,
      reviews: [],
      reviewComments: ownComments.map(({ number, by, at }) => ({
        id: number,
        by: actor(by),
        at,
        commit: null,
      })),
      threads: null,
      reviewRequests: null,
      headDiffs: null,
      labels: null,
      labelEvents: null,
      queueEvents: null,
      closes: [],
      reopens: [],
      merge:
        mergedAt === null
          ? null
          : {
              at: mergedAt,
              by: null,
              commit: toSha(row.merge_commit_sha ?? ''),
              method: null,
              authoredAt: null,
              author: null,
              message: null,
            },
      size: null,
      sizeHistory: null,
      revertClaims: [],
      truncated: [],
      unreadable: ['contents', 'diffs'],
    } satisfies PullRequestRecord)
    return {
      id,
      record,
      commitNames: new Map(ownCommits.map(({ name, sha }) => [sha, name])),
      commentNames: new Map(ownComments.map(({ name, number }) => [number, name])),
    }
  })
}

function toSha(name: string): string {
  return /^[0-9a-f]{40}$/.test(name) ? name : sha1(name)
}

/** `2023-4-11 4:51:47`, in UTC. */
function toIso(text: string): string {
  const [year, ...rest] = text.split(/[-: ]/)
  const [month, day, hour, minute, second] = rest.map((part) => part.padStart(2, '0'))
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
}
