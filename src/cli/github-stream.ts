import type { DeliveryRecord, Recording } from '../delivery/index.ts'
import { RECORD_VERSION } from '../delivery/index.ts'
import {
  CheckpointError,
  checkCheckpoint,
  connectGitHub,
  connectRest,
  type GitHubApi,
  GitHubError,
  type RecordsOptions,
  readPullRequestRecords,
} from '../github/index.ts'
import type { ExportSource } from './export-source.ts'
import { ExportSpool } from './export-spool.ts'
import { isWithin, type Period } from './period.ts'
import type { Progress } from './progress.ts'
import type { RecordStream } from './record-stream.ts'
import type { SpoolState } from './spool-state.ts'
import type { Surroundings } from './surroundings.ts'
import { cacheFolder } from './user-folders.ts'

const publicApi = 'https://api.github.com'

type Address = Extract<ExportSource, { kind: 'github' }>

/** What is asked of GitHub. */
interface Questions extends Period {
  /** Whether the heads that were reviewed are compared. */
  readonly headDiffs: boolean
}

/** How records are made, with a key of the owner's. */
export interface KeyedRecording extends Recording {
  /** To be called before any record is laid down: without the key nobody could go on with it. */
  readonly keepKey: () => Promise<void>
}

/** The records of a repository on GitHub. What was read is kept until all of it has been written. */
export async function gitHubStream(
  address: Address,
  questions: Questions,
  recording: KeyedRecording,
  surroundings: Surroundings,
  progress: Progress,
): Promise<RecordStream> {
  const { environment, now } = surroundings
  const baseUrl = environment.GITHUB_API_URL || publicApi
  const cache = cacheFolder(environment)
  if (cache === undefined) {
    throw new Error(
      'there is no home directory to keep the reading in; set XDG_CACHE_HOME to a directory',
    )
  }
  const api = connect(baseUrl, surroundings)
  const asked = {
    version: RECORD_VERSION,
    baseUrl: baseUrl.toLowerCase(),
    repository: `${address.owner}/${address.name}`.toLowerCase(),
    ...questions,
    registry: recording.marks.version,
    key: recording.pseudonyms.text('export'),
  }
  const spool = await ExportSpool.open(cache, asked, now())
  const reading = new GitHubReading({
    address,
    questions: { ...questions, ...(spool.since === undefined ? {} : { since: spool.since }) },
    recording,
    surroundings,
    progress,
    api,
    spool,
  })
  const records = reading.records()
  return {
    records: spool.since === questions.since ? records : within(records, questions),
    finish: () => spool.remove(),
    close: () => spool.close(),
  }
}

/** A reading that began a little earlier has more than is asked for. */
async function* within(
  records: AsyncIterable<DeliveryRecord>,
  period: Period,
): AsyncGenerator<DeliveryRecord, void, undefined> {
  for await (const record of records) {
    if (isWithin(record, period)) yield record
  }
}

function connect(baseUrl: string, { environment, now, sleep }: Surroundings): GitHubApi {
  const token = environment.GITHUB_TOKEN || environment.GH_TOKEN
  if (token === undefined || token === '') {
    throw new Error(
      'GITHUB_TOKEN is not set, and GitHub asks for a token for public repositories too; ' +
        'make one that may read pull requests and contents, or write GITHUB_TOKEN=$(gh auth token) before the command',
    )
  }
  return connectGitHub(connectRest({ token, baseUrl }), { sleep, now, random: Math.random })
}

interface Parts {
  readonly address: Address
  readonly questions: Questions
  readonly recording: KeyedRecording
  readonly surroundings: Surroundings
  readonly progress: Progress
  readonly api: GitHubApi
  readonly spool: ExportSpool
}

class GitHubReading {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async *records(): AsyncGenerator<DeliveryRecord, void, undefined> {
    const { spool, progress } = this.#parts
    const state = await this.#stateToGoOnFrom()
    if (state !== undefined) {
      const began = new Date(state.startedAt).toISOString().slice(0, 16).replace('T', ' ')
      const read = state.read.toLocaleString('en')
      progress.say(
        `going on with the export that began at ${began} UTC: ${read} pull requests are read already`,
      )
      yield* spool.records()
    }
    try {
      yield* this.#pages(state?.checkpoint)
    } catch (error) {
      throw explain(error, this.#parts)
    }
  }

  /** What was kept is thrown away where the reading cannot go on from it, before any of it is given. */
  async #stateToGoOnFrom(): Promise<SpoolState | undefined> {
    const { address, spool, progress } = this.#parts
    const { state } = spool
    if (state === undefined) return undefined
    try {
      checkCheckpoint(address, this.#options(state.checkpoint))
      return state
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error
      const reason = error.reason.replace(/^The/, 'the')
      progress.say(`what was kept of an earlier export is of no use (${reason}); it begins again`)
      await spool.clear()
      return undefined
    }
  }

  async *#pages(resumeFrom: string | undefined): AsyncGenerator<DeliveryRecord, void, undefined> {
    const { api, address, spool, progress, recording, surroundings } = this.#parts
    const options = this.#options(resumeFrom)
    for await (const page of readPullRequestRecords(api, address, options)) {
      if (page.records.length > 0) await recording.keepKey()
      await spool.add(page, surroundings.now())
      progress.update(page.read, page.total, 'pull requests')
      yield* page.records
    }
  }

  #options(resumeFrom: string | undefined): RecordsOptions {
    const { questions, recording, surroundings } = this.#parts
    const { now, sleep } = surroundings
    return {
      recording,
      readAt: () => new Date(now()).toISOString(),
      ...questions,
      ...(resumeFrom === undefined ? {} : { resumeFrom }),
      waitUntil: async (time) => {
        const until = new Date(time).toISOString().slice(11, 16)
        this.#parts.progress.say(`GitHub's rate limit is used up; waiting until ${until} UTC`)
        await sleep(Math.max(0, time - now()))
      },
    }
  }
}

/** One line that says what to do. What was read up to here is kept. */
function explain(error: unknown, { address: { owner, name }, surroundings }: Parts): unknown {
  if (!(error instanceof GitHubError)) return error
  const { failure, message } = error
  const said = message.replace(/\.$/, '')
  const host = new URL(surroundings.environment.GITHUB_API_URL || publicApi).host
  const advice = {
    token: 'check GITHUB_TOKEN',
    'not-found': `check the name ${owner}/${name}, that it is on ${host}, and that the token may see it`,
    permission: 'give the token read access to pull requests, and to contents for all there is',
    unavailable: 'run the same command again: it goes on where it stopped',
    refused: 'run the same command again: it goes on where it stopped',
    blocked: 'run it from an address that the organisation allows',
    suspended: 'ask an owner to lift the suspension of the App that made the token',
    uninstalled: 'use another token: the App that made this one was removed',
  }[failure]
  return new Error(`GitHub: ${said}; ${advice}`, { cause: error })
}
