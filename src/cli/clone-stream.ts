import { type DeliveryRecord, type Recording, recordTime } from '../delivery/index.ts'
import {
  openRepository,
  readNewestCommitTime,
  readOriginName,
  readPullRequestRecords,
} from '../git/index.ts'
import { warningsOf } from './clone-warnings.ts'
import type { Period } from './period.ts'
import type { Progress } from './progress.ts'
import type { RecordStream } from './record-stream.ts'
import type { Surroundings } from './surroundings.ts'

/** Most repositories have a commit in such a time, milliseconds. */
const stale = 7 * 86_400_000

/**
 * The records of a clone. They carry the time of its newest commit as that of their reading: what happened between that and
 * now is not in it, and no revert until then does not mean none since.
 */
export async function cloneStream(
  directory: string,
  { since, until }: Period,
  recording: Recording,
  { environment, now }: Surroundings,
  progress: Progress,
): Promise<RecordStream> {
  const repository = await openRepository(directory, { environment })
  for (const warning of warningsOf(repository)) progress.say(warning)
  const name = await readOriginName(repository)
  const readAt = Math.min(now(), await readNewestCommitTime(repository))
  if (now() - readAt > stale) {
    const day = new Date(readAt).toISOString().slice(0, 10)
    progress.say(`the newest commit is of ${day}, and nothing later is known; git fetch brings it`)
  }
  const records = readPullRequestRecords(repository, {
    recording,
    readAt: recordTime(readAt) ?? new Date(now()).toISOString(),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(name === undefined ? {} : { repositoryName: name }),
    onProgress: (done, total) => progress.update(done, total, 'commits of the branch'),
    onBranch: (branch) => progress.say(`reading the branch ${JSON.stringify(branch)}`),
    onWarning: (text) => progress.say(text),
  })
  const counts = { all: 0, withoutCommits: 0 }
  return {
    records: counting(records, counts),
    finish: async () => {
      if (counts.withoutCommits === 0) return
      const without = `${counts.withoutCommits.toLocaleString('en')} of ${counts.all.toLocaleString('en')}`
      progress.say(
        `${without} are known by what reached the branch alone, without their own commits; ${fetchHeads} brings those that GitHub has`,
      )
    },
    close: async () => {},
  }
}

const fetchHeads = "git fetch origin 'refs/pull/*/head:refs/pull/*/head'"

async function* counting(
  records: AsyncIterable<DeliveryRecord>,
  counts: { all: number; withoutCommits: number },
): AsyncGenerator<DeliveryRecord, void, undefined> {
  for await (const record of records) {
    if (record.record === 'pull-request') {
      counts.all += 1
      if (record.commits === null) counts.withoutCommits += 1
    }
    yield record
  }
}
