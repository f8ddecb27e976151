import type { CheckRun } from '../app-state.ts'
import { writeTime } from '../builders.ts'
import { json, notAccessible, notFound, problem, type Reply } from '../exchange.ts'
import { readGit, resolveCommit } from '../git.ts'
import { envelope } from '../hook-payload.ts'
import { needs } from '../permissions.ts'
import { paginate } from './paginate.ts'
import { renderCheckRun } from './render-check-run.ts'
import type { RestContext, Route } from './route.ts'

/** GitHub writes "characters" and counts bytes (github/docs#35252). */
const maximumBytes = 65_535
const maximumTitle = 255

export const checkRunRoutes: readonly Route[] = [
  { operation: 'checks/create', need: needs.writeChecks, handle: createCheckRun },
  { operation: 'checks/get', need: needs.readChecks, handle: getCheckRun },
  { operation: 'checks/update', need: needs.writeChecks, handle: updateCheckRun },
  { operation: 'checks/list-for-ref', need: needs.readChecks, handle: listCheckRuns },
]

/** The body's shape is GitHub's by now: see `answerRest`. */
interface Given {
  readonly name?: string
  readonly head_sha?: string
  readonly external_id?: string
  readonly details_url?: string
  readonly status?: CheckRun['status']
  readonly conclusion?: string
  readonly completed_at?: string
  readonly output?: { readonly title?: string; readonly summary: string; readonly text?: string }
  readonly actions?: CheckRun['actions']
}

function createCheckRun(context: RestContext): Reply {
  const { caller, repository, call, now } = context
  // A workflow's own token makes check runs of another App, which nothing here asks for.
  if (caller.kind !== 'installation') return problem(403, notAccessible)
  const given = call.body as Given
  const refused = faultOf(given)
  if (refused !== undefined) return refused
  const { name = '', head_sha: headSha = '' } = given
  if (resolveCommit(readGit(repository), headSha)?.sha !== headSha) {
    return problem(422, `No commit found for SHA: ${headSha}`)
  }
  const runs = context.whole.repositories.flatMap(({ checkRuns }) => checkRuns)
  const run: CheckRun = {
    id: Math.max(0, ...runs.map(({ id }) => id)) + 1,
    name,
    appId: caller.app.id,
    headSha,
    externalId: null,
    status: 'queued',
    conclusion: null,
    startedAt: writeTime(now),
    completedAt: null,
    detailsUrl: null,
    title: null,
    summary: null,
    text: null,
    actions: [],
  }
  write(run, given, now)
  repository.checkRuns.push(run)
  tell(context, run, 'created')
  return json(201, renderCheckRun(context.whole, repository, run, call.urls))
}

function getCheckRun(context: RestContext): Reply {
  const { whole, repository, call } = context
  const run = runOf(context)
  return run === undefined
    ? notFound()
    : json(200, renderCheckRun(whole, repository, run, call.urls))
}

function updateCheckRun(context: RestContext): Reply {
  const { caller, whole, repository, call, now } = context
  const run = runOf(context)
  if (run === undefined) return notFound()
  if (caller.kind !== 'installation' || caller.app.id !== run.appId) {
    const message = 'check run can only be modified by the GitHub App that created it.'
    return problem(403, `Invalid app_id \`${run.appId}\` - ${message}`)
  }
  const given = call.body as Given
  const refused = faultOf(given)
  if (refused !== undefined) return refused
  write(run, given, now)
  if (run.status === 'completed') tell(context, run, 'completed')
  return json(200, renderCheckRun(whole, repository, run, call.urls))
}

/** GitHub gives the newest run of each name in a suite unless it is asked for all. */
function listCheckRuns({ whole, repository, call, param }: RestContext): Reply {
  const ref = param('ref')
  const commit = resolveCommit(readGit(repository), ref)
  if (commit === undefined) return problem(422, `No commit found for SHA: ${ref}`)
  const { query } = call
  const asked = (name: string, value: string | number) =>
    !query.has(name) || query.get(name) === String(value)
  const found = repository.checkRuns.filter(
    (run) =>
      run.headSha === commit.sha && asked('check_name', run.name) && asked('app_id', run.appId),
  )
  const listed =
    query.get('filter') === 'all'
      ? found
      : [...new Map(found.map((run) => [`${run.appId} ${run.name}`, run])).values()]
  const newestFirst = listed.toSorted((one, other) => other.id - one.id)
  const { items, headers } = paginate(repository, call, newestFirst)
  const rendered = items.map((run) => renderCheckRun(whole, repository, run, call.urls))
  return json(200, { total_count: listed.length, check_runs: rendered }, headers)
}

function runOf({ repository, param }: RestContext): CheckRun | undefined {
  return repository.checkRuns.find(({ id }) => String(id) === param('check_run_id'))
}

function faultOf({ output, status, conclusion }: Given): Reply | undefined {
  if (status === 'completed' && conclusion === undefined) {
    return problem(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.')
  }
  const { title = '', summary = '', text = '' } = output ?? {}
  const tooLong =
    [...title].length > maximumTitle ||
    [summary, text].some((part) => Buffer.byteLength(part) > maximumBytes)
  return tooLong
    ? problem(422, `Invalid request.\n\nOnly ${maximumBytes} characters are allowed.`)
    : undefined
}

function write(run: CheckRun, given: Given, now: number): void {
  const { output, conclusion, actions } = given
  if (given.external_id !== undefined) run.externalId = given.external_id
  if (given.details_url !== undefined) run.detailsUrl = given.details_url
  if (given.name !== undefined) run.name = given.name
  if (given.status !== undefined) run.status = given.status
  if (conclusion !== undefined) {
    run.status = 'completed'
    run.conclusion = conclusion
    run.completedAt = given.completed_at ?? writeTime(now)
  }
  if (output !== undefined) {
    run.title = output.title ?? run.title
    run.summary = output.summary
    run.text = output.text ?? null
  }
  if (actions !== undefined) run.actions = structuredClone(actions)
}

/** An App hears of its own check runs, too. */
function tell(
  { caller, whole, hooks, repository, call }: RestContext,
  run: CheckRun,
  action: 'created' | 'completed',
): void {
  if (caller.kind !== 'installation' || !caller.app.events.includes('check_run')) return
  const { app, installation } = caller
  const more = { check_run: renderCheckRun(whole, repository, run, call.urls) }
  const occasion = { installation, repository, named: true, sender: null, urls: call.urls }
  const payload = envelope(occasion, action, more)
  hooks.later({ app, event: 'check_run', payload: structuredClone(payload) })
}
