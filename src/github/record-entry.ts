import type { PullRequestRecord } from '../delivery/index.ts'
import type { GitHubApi } from './api.ts'
import type { PullRequestLists } from './complete-lists.ts'
import type { PageParts } from './page-parts.ts'
import { readHeadDiffs } from './read-head-diffs.ts'
import { recordPullRequest } from './record-pull-request.ts'
import type { RecordsOptions } from './records-options.ts'
import type { PullRequestNode } from './records-schema.ts'

/** A pull request of a page, its lists read to their end. */
export interface CompleteEntry {
  readonly node: PullRequestNode
  /** Whether what needs `contents: read` was asked for and given. */
  readonly contents: boolean
  readonly lists: PullRequestLists
}

/** How a record is made of it. */
export type EntrySetting = Pick<RecordsOptions, 'recording' | 'trackedBranches' | 'headDiffs'> & {
  /** UTC. */
  readonly readAt: string
}

/** The record of a pull request, with its commits, and its differences where they are wanted. */
export async function recordEntry(
  api: GitHubApi,
  { node, contents, lists }: CompleteEntry,
  parts: PageParts,
  { recording, readAt, trackedBranches, headDiffs = false }: EntrySetting,
): Promise<PullRequestRecord> {
  const commits = await parts.readCommits(api, node, lists, recording.marks)
  const record = recordPullRequest(node, lists, commits, {
    recording,
    readAt,
    repository: parts.repository,
    trackedBranches: trackedBranches ?? parts.defaultBranch,
    viewer: parts.viewer,
  })
  if (!headDiffs || !contents) return record
  return await readHeadDiffs(api, parts.address, record, recording.pseudonyms)
}
