import type { PullRequestRecord } from '../delivery/index.ts'
import type { GitHubApi } from './api.ts'
import { completeLists } from './complete-lists.ts'
import { byCurrentName, OtherRepositoryError, type RepositoryAddress } from './current-name.ts'
import { GitHubError } from './github-error.ts'
import { PageParts } from './page-parts.ts'
import { listLimit } from './read-commits.ts'
import { recordEntry } from './record-entry.ts'
import type { RecordsOptions, RepositoryName } from './records-options.ts'
import { readOneAsPage } from './records-page.ts'

/** How one pull request is read. */
export type RecordOptions = Pick<
  RecordsOptions,
  'recording' | 'readAt' | 'trackedBranches' | 'headDiffs'
> & {
  /**
   * The last change that a delivery told of (`pull_request.updated_at`), ISO 8601: what is read with an earlier one is behind.
   * Where it is left out, only the commits can tell.
   */
  readonly updatedAt?: string
  /** False: it is known that the token may not read contents, so that they need not be asked for. */
  readonly contents?: boolean
}

/**
 * What became of the reading.
 * - `read`: the record, the same that a reading of the whole repository gives.
 * - `behind`: GitHub's copies lag behind what it said itself. The record is as much as they hold, and its `truncated` names
 *   the commits where the head is not among them: to be read again a little later.
 * - `gone`: no such pull request, or no such repository. Right after a delivery this may be lag too.
 */
export type PullRequestReading =
  | { readonly outcome: 'read' | 'behind'; readonly record: PullRequestRecord }
  | { readonly outcome: 'gone' }

/**
 * Reads the record of one pull request: one request with `contents: read`, one more without it, since then its commits come by
 * REST, and more where its lists are long. A repository with an `id` is found under whatever name it has by now; the record
 * carries that name. It neither waits for rate limits nor tries again what is behind or gone: that is the caller's.
 *
 * @throws GitHubError where GitHub does not answer, or the token may not read pull requests
 */
export async function readPullRequestRecord(
  api: GitHubApi,
  repository: RepositoryAddress,
  number: number,
  options: RecordOptions,
): Promise<PullRequestReading> {
  try {
    return await byCurrentName(api, repository, (name) =>
      readOne(api, name, repository.id, number, options),
    )
  } catch (error) {
    if (error instanceof GitHubError && error.failure === 'not-found') return { outcome: 'gone' }
    throw error
  }
}

async function readOne(
  api: GitHubApi,
  name: RepositoryName,
  id: number | undefined,
  number: number,
  options: RecordOptions,
): Promise<PullRequestReading> {
  const readAt = options.readAt()
  const page = await readOneAsPage(api, { ...name, number, contents: options.contents ?? true })
  if (id !== undefined && page.repository.databaseId !== id) {
    throw new OtherRepositoryError(name)
  }
  const [entry] = page.entries
  if (!entry?.node) return { outcome: 'gone' }
  const { node, contents } = entry
  const lists = await completeLists(api, name, node, contents)
  const parts = new PageParts(page, { headDiffs: options.headDiffs ?? false })
  const made = await recordEntry(api, { node, contents, lists }, parts, { ...options, readAt })
  const record = { ...made, keyId: options.recording.pseudonyms.keyId }
  const isOld = node.updatedAt < Date.parse(options.updatedAt ?? '')
  return { outcome: isOld || lacksHead(record) ? 'behind' : 'read', record }
}

/** GitHub lists 250 commits of a pull request where it may not be read whole: past them the head is missing for good. */
function lacksHead({ commits, head, size, truncated }: PullRequestRecord): boolean {
  if (commits === null || !truncated.includes('commits') || commits.length >= listLimit)
    return false
  const changes = (size?.total?.files ?? 0) > 0
  return (commits.length > 0 || changes) && !commits.some(({ sha }) => sha === head.sha)
}
