import { compare } from './canonical-text.ts'
import { mergeCommits } from './merge-commits.ts'
import { mergeDeclarations } from './merge-declarations.ts'
import { mergeEventLists, mergeWholeUntil } from './merge-event-lists.ts'
import {
  mergePushes,
  mergeReviewComments,
  mergeReviews,
  mergeSizeHistory,
  uniteThreads,
} from './merge-facts.ts'
import { earliest, known, told } from './merge-lists.ts'
import { mergeRevertClaims } from './merge-revert-claims.ts'
import { PartMerger } from './part-merger.ts'
import type { PullRequestRecord } from './record.ts'
import { compareSources, compareTimes } from './record-readings.ts'

/**
 * Two views of one pull request as one: of two sources, or of one source at two times. What one cannot know comes from the
 * other, lists are united, and where they differ the newer reading is believed (GitHub's before a clone's). Commits that
 * the newer reading has no longer become `formerCommits`.
 *
 * In which order readings are put together makes no difference, nor does putting one in twice: `mergedFrom` remembers from
 * which reading each part came. Lists come out in order of time.
 *
 * @throws RangeError where they are not the same pull request, or were made with different keys
 */
export function mergeRecords(one: PullRequestRecord, other: PullRequestRecord): PullRequestRecord {
  refuseDifferent(one, other)
  const parts = new PartMerger(one, other)
  const reading = {
    source: compareSources(one.source, other.source) < 0 ? other.source : one.source,
    readAt: compareTimes(one.readAt, other.readAt) < 0 ? other.readAt : one.readAt,
  }
  const keyId = one.keyId ?? other.keyId
  const merged: PullRequestRecord = {
    record: 'pull-request',
    version: one.version,
    ...reading,
    // The older one knew fewer marks: what it withheld is still withheld in the texts that come from it.
    registry: compare(one.registry, other.registry) < 0 ? one.registry : other.registry,
    repository: {
      id: known(one.repository.id, other.repository.id),
      name: parts.newest('repository.name', ({ repository }) => repository.name),
    },
    id: parts.newest('id', ({ id }) => id),
    number: one.number,
    author: parts.newest('author', ({ author }) => author, told),
    assignees: parts.newest('assignees', ({ assignees }) => assignees),
    state: parts.newest('state', ({ state }) => state, finality) ?? one.state,
    titleKeys: parts.newest('titleKeys', ({ titleKeys }) => titleKeys),
    base: {
      ...mergeBranch(parts, 'base'),
      tracked: parts.newest('base.tracked', ({ base }) => base.tracked),
      sha: parts.newest('base.sha', ({ base }) => base.sha),
    },
    head: mergeHead(parts),
    createdAt: parts.newest('createdAt', ({ createdAt }) => createdAt),
    openedAsDraft: parts.newest('openedAsDraft', ({ openedAsDraft }) => openedAsDraft),
    ...mergeEventLists(one, other),
    pushes: mergePushes(one, other),
    ...mergeCommits(parts, one, other),
    everSeenFirstCommitAt: earliest(one.everSeenFirstCommitAt, other.everSeenFirstCommitAt),
    description: parts.newest('description', ({ description }) => description),
    reviews: mergeReviews(one, other),
    reviewComments: mergeReviewComments(one, other),
    threads: mergeThreads(parts, one, other),
    headDiffs: mergeHeadDiffs(parts, one, other),
    labels: parts.newest('labels', ({ labels }) => labels),
    merge: mergeMerges(parts),
    size: mergeSizes(parts),
    sizeHistory: mergeSizeHistory(one, other),
    revertClaims: mergeRevertClaims(parts),
    truncated: mergeTruncated(parts),
    // What one could not read the other could: only what neither gives is missing.
    unreadable: (['contents', 'diffs', 'blobs'] as const).filter(
      (part) => one.unreadable.includes(part) && other.unreadable.includes(part),
    ),
    ...mergeDeclarations(one, other),
    ...(keyId === undefined ? {} : { keyId }),
  }
  const origin = {
    sources: sourcesOf(one, other),
    parts: parts.partsNotFrom(reading),
    wholeUntil: mergeWholeUntil(one, other),
  }
  return isTold(merged, origin) ? merged : { ...merged, mergedFrom: origin }
}

type Origin = NonNullable<PullRequestRecord['mergedFrom']>

function refuseDifferent(one: PullRequestRecord, other: PullRequestRecord): void {
  if (one.keyId !== undefined && other.keyId !== undefined && one.keyId !== other.keyId) {
    throw new RangeError(
      `records of #${one.number} were made with the keys ${one.keyId} and ${other.keyId}: people in them do not fit together`,
    )
  }
  const ids = [one.repository.id, other.repository.id]
  const elsewhere = !ids.includes(null) && ids[0] !== ids[1]
  if (one.number === other.number && !elsewhere) return
  throw new RangeError(
    `#${one.number} of repository ${ids[0]} and #${other.number} of repository ${ids[1]} are ` +
      'not the same pull request: only records of one can be merged',
  )
}

function sourcesOf(...records: readonly PullRequestRecord[]): Origin['sources'] {
  const sources = records.flatMap(({ mergedFrom, source }) => mergedFrom?.sources ?? [source])
  return [...new Set(sources)].toSorted(compareSources)
}

/** Whether the record says by itself where its parts come from, as one that was never merged does. */
function isTold(merged: PullRequestRecord, { sources, parts, wholeUntil }: Origin): boolean {
  if (sources.length > 1 || Object.keys(parts).length > 0) return false
  const alone = mergeWholeUntil(merged, merged)
  const names = new Set([...Object.keys(alone), ...Object.keys(wholeUntil)])
  return [...names].every((name) => alone[name] === wholeUntil[name])
}

/** Once merged it stays merged, whatever an older view says. */
function finality(state: PullRequestRecord['state']): number {
  return Number(state === 'merged')
}

/** The name goes with what is said of it: null may be "withheld", and no older name belongs there then. */
function mergeBranch(parts: PartMerger, side: 'base' | 'head') {
  const branch = parts.newest(`${side}.branch`, (record) => {
    const { name, longLived } = record[side]
    return name === null && longLived === null ? null : { name, longLived }
  })
  return branch ?? { name: null, longLived: null }
}

function mergeHead(parts: PartMerger): PullRequestRecord['head'] {
  const firstSha = parts.newest('head.firstSha', ({ head }) => head.firstSha)
  return {
    ...mergeBranch(parts, 'head'),
    sha: parts.newest('head.sha', ({ head }) => head.sha),
    ...(firstSha === null ? {} : { firstSha }),
    fork: parts.newest('head.fork', ({ head }) => head.fork),
  }
}

function mergeMerges(parts: PartMerger): PullRequestRecord['merge'] {
  const at = parts.newest('merge.at', ({ merge }) => merge?.at)
  if (at === null) return null
  return {
    at,
    by: parts.newest('merge.by', ({ merge }) => merge?.by, told),
    commit: parts.newest('merge.commit', ({ merge }) => merge?.commit),
    method: parts.newest('merge.method', ({ merge }) => merge?.method),
    authoredAt: parts.newest('merge.authoredAt', ({ merge }) => merge?.authoredAt),
    author: parts.newest('merge.author', ({ merge }) => merge?.author),
    message: parts.newest('merge.message', ({ merge }) => merge?.message),
  }
}

function mergeSizes(parts: PartMerger): PullRequestRecord['size'] {
  const total = parts.newest('size.total', ({ size }) => size?.total)
  if (total === null) return null
  return { total, counted: parts.newest('size.counted', ({ size }) => size?.counted) }
}

function mergeThreads(
  parts: PartMerger,
  one: PullRequestRecord,
  other: PullRequestRecord,
): PullRequestRecord['threads'] {
  const threads = uniteThreads(one, other)
  return (
    threads?.map((thread) => {
      const here = (record: PullRequestRecord) => record.threads?.find(({ id }) => id === thread.id)
      return {
        ...thread,
        comments: parts.newest(`threads.${thread.id}.comments`, (record) => here(record)?.comments),
        resolved: parts.newest(`threads.${thread.id}.resolved`, (record) => here(record)?.resolved),
      }
    }) ?? null
  )
}

function mergeHeadDiffs(
  parts: PartMerger,
  one: PullRequestRecord,
  other: PullRequestRecord,
): PullRequestRecord['headDiffs'] {
  if (one.headDiffs === null && other.headDiffs === null) return null
  const all = [...(one.headDiffs ?? []), ...(other.headDiffs ?? [])]
  const heads = [...new Set(all.map(({ head }) => head))].toSorted(compare)
  return heads
    .map((head) =>
      parts.newest(`headDiffs.${head}`, (record) =>
        record.headDiffs?.find((diff) => diff.head === head),
      ),
    )
    .filter((diff) => diff !== null)
}

type Truncation = PullRequestRecord['truncated'][number]

const listsByFlag = {
  commits: ({ commits }) => commits,
  reviews: ({ reviews }) => reviews,
  reviewComments: ({ reviewComments }) => reviewComments,
  threads: ({ threads }) => threads,
  timeline: ({ closes }) => closes,
  labels: ({ labels }) => labels,
  files: ({ size }) => size,
} as const satisfies Record<Truncation, (record: PullRequestRecord) => unknown>

/** Only a reading that had the list can say that it is whole, or not. */
function mergeTruncated(parts: PartMerger): Truncation[] {
  const flags = Object.entries(listsByFlag) as [
    Truncation,
    (record: PullRequestRecord) => unknown,
  ][]
  return flags
    .filter(([flag, list]) =>
      parts.newest(`truncated.${flag}`, (record) => {
        const truncated = record.truncated.includes(flag)
        return truncated || list(record) !== null ? truncated : null
      }),
    )
    .map(([flag]) => flag)
}
