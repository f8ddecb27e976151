import * as z from 'zod/mini'
import type { GitHubApi } from './api.ts'
import { type CheckOutput, digestOutput, fitOutput } from './check-output.ts'
import { byCurrentName, type RepositoryAddress } from './current-name.ts'
import { GitHubError } from './github-error.ts'

/** A check run of which there is one for a commit, kept up to date. Its conclusion is always neutral. */
export interface KeptCheck extends CheckOutput {
  readonly name: string
  readonly headSha: string
  /** Ours for this run: with commit and App it names it. */
  readonly externalId: string
  readonly appId: number
  /**
   * Milliseconds since the epoch. GitHub tells it with each press of a button: by it one differs from an earlier press of the same.
   * Default: as GitHub has it.
   */
  readonly completedAt?: number
  /** What was written last, where that is known: the same is not written again, and the run need not be looked for. */
  readonly known?: { readonly id: number; readonly headSha: string; readonly digest: string }
}

/** What became of it; `digest` is to be given as `known` the next time. */
export interface CheckWritten {
  readonly id: number
  readonly outcome: 'created' | 'updated' | 'unchanged'
  readonly digest: string
}

const perPage = 100
/** GitHub keeps a thousand runs of one name in a suite. */
const maximumPages = 10

const CheckRunSchema = z.object({
  id: z.number(),
  head_sha: z.string(),
  external_id: z.nullish(z.string()),
  app: z.nullish(z.object({ id: z.number() })),
})
type CheckRun = z.infer<typeof CheckRunSchema>

/**
 * Finds the check run of this commit, App and `externalId` and writes into it; makes it where there is none. Of several, which
 * two processes at the same time may make, the newest is kept up to date, since that is the one that GitHub shows.
 *
 * @throws GitHubError `permission` without `checks: write`; `refused` (422) where GitHub does not know the commit or does not
 * take the output: the same again gives the same; `unavailable` where no answer came and no run can be seen yet
 * @throws RangeError where there are more actions than three, or one of them is too long
 */
export async function keepCheck(
  api: GitHubApi,
  repository: RepositoryAddress,
  check: KeptCheck,
): Promise<CheckWritten> {
  const { known, headSha } = check
  const digest = digestOutput(check)
  const standing = known?.headSha === headSha ? known : undefined
  if (standing?.digest === digest) return { id: standing.id, outcome: 'unchanged', digest }
  return await byCurrentName(api, repository, ({ owner, name }) =>
    writeCheck(api, { owner, repo: name }, check, standing, digest),
  )
}

async function writeCheck(
  api: GitHubApi,
  address: Address,
  check: KeptCheck,
  standing: KeptCheck['known'],
  digest: string,
): Promise<CheckWritten> {
  if (standing !== undefined && (await update(api, address, standing.id, check)) === 'done') {
    return { id: standing.id, outcome: 'updated', digest }
  }
  const found = await find(api, address, check)
  if (found !== undefined && (await update(api, address, found.id, check)) === 'done') {
    return { id: found.id, outcome: 'updated', digest }
  }
  const made = await create(api, address, check)
  return { id: made.id, outcome: 'created', digest }
}

interface Address {
  readonly owner: string
  readonly repo: string
}

/** By name alone GitHub would give one run of each suite: all of them are looked at. */
async function find(
  api: GitHubApi,
  address: Address,
  check: KeptCheck,
): Promise<CheckRun | undefined> {
  const ours: CheckRun[] = []
  for (let page = 1; page <= maximumPages; page += 1) {
    const { check_runs: runs } = await api.read(
      'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
      {
        ...address,
        ref: check.headSha,
        check_name: check.name,
        app_id: check.appId,
        filter: 'all',
        per_page: perPage,
        page,
      },
      z.object({ check_runs: z.array(CheckRunSchema) }),
    )
    // A GitHub Enterprise Server of before 3.0 does not know `app_id`.
    ours.push(...runs.filter((run) => isOurs(run, check)))
    if (runs.length < perPage) break
  }
  return ours.toSorted((one, other) => other.id - one.id)[0]
}

function isOurs(run: CheckRun, { appId, externalId, headSha }: KeptCheck): boolean {
  return run.app?.id === appId && run.external_id === externalId && run.head_sha === headSha
}

/** Not repeated where GitHub may have carried it out: then what was made is looked for. */
async function create(api: GitHubApi, address: Address, check: KeptCheck): Promise<CheckRun> {
  const { name, headSha } = check
  try {
    return await api.write(
      'POST /repos/{owner}/{repo}/check-runs',
      { ...address, name, head_sha: headSha, ...bodyOf(check) },
      CheckRunSchema,
      { repeatable: false },
    )
  } catch (error) {
    const perhaps =
      error instanceof GitHubError &&
      error.failure === 'unavailable' &&
      error.limitedUntil === undefined
    const made = perhaps ? await find(api, address, check) : undefined
    if (made === undefined) throw error
    return made
  }
}

/** `'gone'`: there is no such run any more, as after its repository was made anew. */
async function update(
  api: GitHubApi,
  address: Address,
  id: number,
  check: KeptCheck,
): Promise<'done' | 'gone'> {
  try {
    await api.write(
      'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
      { ...address, check_run_id: id, ...bodyOf(check) },
      CheckRunSchema,
      { repeatable: true },
    )
    return 'done'
  } catch (error) {
    if (error instanceof GitHubError && error.failure === 'not-found') return 'gone'
    throw error
  }
}

function bodyOf(check: KeptCheck) {
  const { title, summary, text, actions, detailsUrl } = fitOutput(check)
  const { completedAt } = check
  return {
    external_id: check.externalId,
    status: 'completed',
    conclusion: 'neutral',
    ...(completedAt === undefined
      ? {}
      : { completed_at: `${new Date(completedAt).toISOString().slice(0, 19)}Z` }),
    output: { title, summary, ...(text === undefined ? {} : { text }) },
    actions,
    ...(detailsUrl === undefined ? {} : { details_url: detailsUrl }),
  }
}
