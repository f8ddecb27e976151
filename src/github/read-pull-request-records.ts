import type { GitHubApi } from './api.ts'
import { parseCheckpoint } from './records-checkpoint.ts'
import {
  askedOf,
  type RecordPage,
  type RecordsOptions,
  type RepositoryName,
} from './records-options.ts'
import { RecordsReading } from './records-reading.ts'

/**
 * Reads the records of a repository from GitHub: about one request for 25 pull requests with `contents: read`, one more for
 * each pull request without it, since then its commits come by REST. With `headDiffs` there is one more for each head to be
 * compared.
 *
 * Without `since` pull requests come in the order of their creation, where nothing can shift. With it they come by their
 * last change, the latest first, until one lies before `since`; what changes during the reading moves to the front, so
 * that passes over the front follow until nothing new is found. None is given twice.
 *
 * Each record says under which key its people are hashes. A page may be kept as soon as it is given; whoever stops after it loses nothing. A rate limit is waited for with
 * `waitUntil`.
 *
 * @throws GitHubError where GitHub does not answer, or the token may not read pull requests
 * @throws CheckpointError where `resumeFrom` is of another reading
 */
export async function* readPullRequestRecords(
  api: GitHubApi,
  repository: RepositoryName,
  options: RecordsOptions,
): AsyncGenerator<RecordPage> {
  const { keyId } = options.recording.pseudonyms
  for await (const page of new RecordsReading(api, repository, options).pages()) {
    yield { ...page, records: page.records.map((record) => ({ ...record, keyId })) }
  }
}

/**
 * Tells whether a reading can go on, before anything is done with what was read already.
 *
 * @throws CheckpointError where `resumeFrom` is damaged or of another reading
 */
export function checkCheckpoint(repository: RepositoryName, options: RecordsOptions): void {
  if (options.resumeFrom !== undefined)
    parseCheckpoint(options.resumeFrom, askedOf(repository, options))
}
