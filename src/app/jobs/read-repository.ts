import type { PullRequestRecord } from '../../delivery/index.ts'
import {
  CheckpointError,
  GitHubError,
  type RecordPage,
  readPullRequestRecords,
} from '../../github/index.ts'
import type { ClaimedJob, NewJob, StoredRepository } from '../../store/index.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import { branchesToRead } from '../settings/tracked.ts'
import type { JobContext } from './job-context.ts'
import { findNews, keepRecords } from './keep-records.ts'
import { OtherRepositoryError } from './other-repository-error.ts'
import { formatPosition, type ReadingPosition } from './reading-position.ts'
import { recordingOf } from './recording-of.ts'
import { splitName } from './split-name.ts'
import { tuning } from './tuning.ts'

export interface ReadingStep {
  /** Whether the reading is through. */
  readonly done: boolean
  readonly read: number
  readonly total: number | null
}

/**
 * Reads a repository on from a position, a page at least and for some seconds at most, so that live jobs have their turn in
 * between. Each page is kept together with where it ends.
 *
 * @param followUps what is to be done where something new was read of these pull requests: enqueued together with that
 */
export async function readRepository(
  job: ClaimedJob,
  repository: StoredRepository,
  position: ReadingPosition,
  context: JobContext,
  followUps: (changed: PullRequestRecord) => readonly NewJob[],
): Promise<ReadingStep> {
  const { store, surroundings, marks, signal } = context
  const began = surroundings.now()
  let records = 0
  let step: ReadingStep = { done: true, read: repository.read ?? 0, total: repository.total }
  try {
    for await (const page of await pagesOf(job, repository, position, context)) {
      const { read } = page
      const total = page.total ?? step.total
      const now = surroundings.now()
      const tenant = store.tenant(job.tenantId)
      await tenant.write(job, async (facts, enqueue) => {
        enqueue((await findNews(facts, page.records)).flatMap(followUps))
        await facts.repositories.setReading(repository.id, {
          checkpoint: formatPosition({ ...position, checkpoint: page.checkpoint }),
          read,
          total,
        })
        await keepRecords(facts, page.records, { marks, now })
      })
      records += page.records.length
      step = { done: false, read, total }
      signal.throwIfAborted()
      if (records >= tuning.recordsAtOnce || now - began > tuning.readingAtOnce) return step
    }
  } catch (error) {
    // What has come on is no failure: only what gets nowhere is one, and buried in the end.
    if (records > 0 && isPassing(error)) return step
    throw error
  }
  return { ...step, done: true }
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof GitHubError &&
    error.failure === 'unavailable' &&
    error.limitedUntil === undefined
  )
}

async function pagesOf(
  { tenantId, installationId }: ClaimedJob,
  repository: StoredRepository,
  { since, updatedSince, branchCommits, checkpoint }: ReadingPosition,
  context: JobContext,
): Promise<AsyncIterable<RecordPage>> {
  const accountSettings = await context.store.tenant(tenantId).read(readAccountSettings)
  const api = await context.github.installationApi(installationId ?? 0, repository.id)
  const options = {
    recording: await recordingOf(tenantId, context),
    readAt: () => new Date(context.surroundings.now()).toISOString(),
    since,
    ...(updatedSince === undefined ? {} : { updatedSince }),
    branchCommits,
    ...branchesToRead(accountSettings, repository),
    signal: context.signal,
  }
  const name = splitName(repository.name)
  const from = (resumeFrom?: string) =>
    readPullRequestRecords(api, name, {
      ...options,
      ...(resumeFrom === undefined ? {} : { resumeFrom }),
    })
  return ofRepository(repository, orFromStart(from, checkpoint))
}

/** A checkpoint is of one name of the repository and one version of the registry: with another the reading begins anew. */
async function* orFromStart(
  from: (checkpoint?: string) => AsyncGenerator<RecordPage>,
  checkpoint: string | undefined,
): AsyncGenerator<RecordPage> {
  try {
    yield* from(checkpoint)
  } catch (error) {
    if (!(error instanceof CheckpointError) || checkpoint === undefined) throw error
    yield* from()
  }
}

/** A name may be another repository's by now: nothing of that one is kept here. */
async function* ofRepository(
  { id, name }: StoredRepository,
  pages: AsyncIterable<RecordPage>,
): AsyncGenerator<RecordPage> {
  for await (const page of pages) {
    if (page.records.some(({ repository }) => repository.id !== id)) {
      throw new OtherRepositoryError(`${name} is not the name of repository ${id} any more`)
    }
    yield page
  }
}
