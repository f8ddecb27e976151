import type { Viewer } from './actor-node.ts'
import type { Forbidden, GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import { recordQuery, recordsQuery } from './records-query.ts'
import {
  type PullRequestNode,
  type RateLimit,
  RecordReplySchema,
  RecordsReplySchema,
  type RepositoryNode,
} from './records-schema.ts'
import { firstPages, type ListSizes, PageSize, smallPages } from './records-sizes.ts'

/** Where a page begins, and by what the list is ordered. */
export interface PageRequest {
  readonly owner: string
  readonly name: string
  readonly after: string | null
  readonly order: 'created' | 'updated'
  /** Whether the token may read contents, as far as is known. */
  readonly contents: boolean
}

/** One pull request by its number. */
export type OneRequest = Pick<PageRequest, 'owner' | 'name' | 'contents'> & {
  readonly number: number
}

export interface RecordsPage {
  readonly viewer: Viewer
  readonly rateLimit: RateLimit
  readonly repository: RepositoryNode
  /** False: the token may not read contents at all. */
  readonly contents: boolean
  readonly totalCount: number
  readonly hasNextPage: boolean
  readonly entries: readonly PageEntry[]
}

export interface PageEntry {
  /** The page after this one begins here. */
  readonly cursor: string
  /** Null: GitHub does not show this one. */
  readonly node: PullRequestNode | null
  /** Whether what needs `contents: read` was asked for and given. */
  readonly contents: boolean
}

const orders = {
  created: { field: 'CREATED_AT', direction: 'ASC' },
  updated: { field: 'UPDATED_AT', direction: 'DESC' },
} as const

/** How much is asked for at once. */
interface Portion {
  readonly first: number
  readonly sizes: ListSizes
  readonly contents: boolean
}

/**
 * Reads a page of pull requests, as many as GitHub manages in its ten seconds: half as many each time that it does not; for a
 * single one shorter lists; at last without what needs the contents, where a commit that is gone fails the whole query.
 *
 * @throws GitHubError `permission` where the token may not see pull requests, `not-found` where there is no such repository
 */
export function readRecordsPage(
  api: GitHubApi,
  request: PageRequest,
  pageSize: PageSize,
): Promise<RecordsPage> {
  return inPortions(request.contents, pageSize, (portion) => askPage(api, request, portion))
}

/**
 * Reads one pull request, as a page that holds nothing else.
 *
 * @throws GitHubError `permission` where the token may not see pull requests, `not-found` where there is no such repository or
 * pull request
 */
export function readOneAsPage(api: GitHubApi, request: OneRequest): Promise<RecordsPage> {
  return inPortions(request.contents, new PageSize(1), (portion) => askOne(api, request, portion))
}

async function inPortions(
  wanted: boolean,
  pageSize: PageSize,
  ask: (portion: Portion) => Promise<RecordsPage>,
): Promise<RecordsPage> {
  let sizes = firstPages
  let contents = wanted
  for (;;) {
    try {
      const page = await ask({ first: pageSize.size, sizes, contents })
      pageSize.succeeded()
      return { ...page, contents: wanted && (page.contents || !contents) }
    } catch (error) {
      if (!isDivisible(error)) throw error
      if (pageSize.shrink()) continue
      if (sizes !== smallPages) sizes = smallPages
      else if (contents) contents = false
      else throw error
    }
  }
}

async function askPage(
  api: GitHubApi,
  { owner, name, after, order }: PageRequest,
  { first, sizes, contents }: Portion,
): Promise<RecordsPage> {
  const { data, forbidden } = await api.query(
    recordsQuery,
    { owner, name, first, after, order: orders[order], contents, ...sizes },
    RecordsReplySchema,
    { divisible: first > 1 || sizes !== smallPages || contents },
  )
  const refused = refusals(forbidden)
  const { viewer, rateLimit, repository } = data
  if (!repository?.pullRequests) {
    throw new GitHubError(
      'not-found',
      `there is no repository ${owner}/${name} that this token can see`,
    )
  }
  const { pullRequests, ...rest } = repository
  return {
    viewer,
    rateLimit,
    repository: rest,
    contents: contents && !refused.all,
    totalCount: pullRequests.totalCount,
    hasNextPage: pullRequests.pageInfo.hasNextPage,
    entries: pullRequests.edges.flatMap((edge, index) =>
      edge === null
        ? []
        : [{ ...edge, contents: contents && !refused.all && !refused.entries.has(index) }],
    ),
  }
}

async function askOne(
  api: GitHubApi,
  { owner, name, number }: OneRequest,
  { sizes, contents }: Portion,
): Promise<RecordsPage> {
  const { data, forbidden } = await api.query(
    recordQuery,
    { owner, name, number, contents, ...sizes },
    RecordReplySchema,
    { divisible: sizes !== smallPages || contents },
  )
  const refused = refusals(forbidden)
  const { viewer, rateLimit, repository } = data
  if (!repository?.pullRequest) {
    throw new GitHubError(
      'not-found',
      `there is no pull request ${owner}/${name}#${number} that this token can see`,
    )
  }
  const { pullRequest, ...rest } = repository
  const readable = contents && !refused.all
  return {
    viewer,
    rateLimit,
    repository: rest,
    contents: readable,
    totalCount: 1,
    hasNextPage: false,
    entries: [{ cursor: '', node: pullRequest, contents: readable }],
  }
}

/** What may be too much for GitHub, or fails for one pull request of many. */
function isDivisible(error: unknown): boolean {
  if (!(error instanceof GitHubError)) return false
  return error.tooMuch || /^repository\.pullRequests?\./.test(error.path ?? '')
}

const ofContents =
  /^repository\.(?:tip|notes)\b|^repository\.(?:pullRequests\.edges\.(\d+)\.node|pullRequest)\.(?:.*\.)?(?:mergeCommit|commits|commit|originalCommit|beforeCommit|afterCommit)\b/
/** A private fork, which the token need not see. */
const tolerated = /\.(?:node|pullRequest)\.headRepository\b/

/** Which refusals mean that contents cannot be read: for the whole repository, or for single pull requests. */
function refusals(forbidden: readonly Forbidden[]): { all: boolean; entries: Set<number> } {
  const entries = new Set<number>()
  let all = false
  for (const { path, message } of forbidden) {
    if (tolerated.test(path)) continue
    const match = ofContents.exec(path)
    if (match === null) {
      throw new GitHubError('permission', `${message}: the token needs to read pull requests`)
    }
    if (match[1] === undefined) all = true
    else entries.add(Number(match[1]))
  }
  return { all, entries }
}
