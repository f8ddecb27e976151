import { type Context, Hono } from 'hono'
import type { Viewer } from '../library/viewer.ts'
import type { Log } from '../log.ts'
import type { MineRoutesOptions } from '../mine/mine-routes.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { mineReply } from './mine-reply.ts'
import { type Operation, type OperationId, operations } from './operations.ts'
import { apiFailure, apiPath, problem, unauthorized } from './problems.ts'
import { createRateLimit, type Quota } from './rate-limit.ts'
import {
  type Answer,
  accountsReply,
  coverageReply,
  definitionsReply,
  reportReply,
  repositoriesReply,
  snapshotReply,
  snapshotsReply,
} from './replies.ts'
import { reply } from './reply.ts'

export interface ApiRoutesOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly log: Log
  /** What people have a right to is made of; absent: nothing is kept of anybody. */
  readonly data?: MineRoutesOptions
}

/** Enough for a wall of panels, each of which asks every few seconds; of one token or person, in one process. */
export const quota: Quota = { requests: 300, seconds: 60 }

const openToAll = {
  readOpenApi: openApiReply,
  readDefinitions: definitionsReply,
}

const ofLibrary: Readonly<
  Record<Exclude<OperationId, keyof typeof openToAll | 'readMine'>, Answer>
> = {
  listAccounts: accountsReply,
  listRepositories: repositoriesReply,
  readReport: reportReply,
  listSnapshots: snapshotsReply,
  readSnapshot: snapshotReply,
  readCoverage: coverageReply,
  readRepositoryReport: reportReply,
  listRepositorySnapshots: snapshotsReply,
  readRepositorySnapshot: snapshotReply,
  readRepositoryCoverage: coverageReply,
}

/** The API. It changes nothing, and whatever it answers, an error too, is JSON. */
export function apiRoutes({ now, log, data }: ApiRoutesOptions): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  const spend = createRateLimit(quota, now)

  async function answer(context: Context<PageEnvironment>, make: Answer): Promise<Response> {
    const library = context.get('library')
    if (library === undefined) return unauthorized(context)
    const { isSpent, left, reset } = spend(readerOf(library.viewer))
    // draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4
    context.header('ratelimit-policy', `"default";q=${quota.requests};w=${quota.seconds}`)
    context.header('ratelimit', `"default";r=${left};t=${reset}`)
    if (!isSpent) return make(context, library)
    context.header('retry-after', String(reset))
    return problem(context, 'quota-exceeded', { 'violated-policies': ['default'] })
  }

  for (const [id, make] of Object.entries(openToAll)) {
    routes.get(pathOf(id), (context) => make(context))
  }
  for (const [id, make] of Object.entries(ofLibrary)) {
    routes.get(pathOf(id), (context) => answer(context, make))
  }
  routes.get(pathOf('readMine'), (context) => answer(context, mineReply(data)))
  for (const id of Object.keys(operations)) {
    routes.all(pathOf(id), (context) => {
      context.header('allow', 'GET, HEAD')
      return problem(context, 'method-not-allowed')
    })
  }
  routes.all(`${apiPath}/*`, (context) => problem(context, 'not-found'))
  routes.onError((error, context) => apiFailure(error, context, log))
  return routes
}

function pathOf(id: string): string {
  const { path }: Operation = operations[id as OperationId]
  return apiPath + path
}

/** Who is counted as one. */
function readerOf(viewer: Viewer): string {
  switch (viewer.kind) {
    case 'person':
      return `person ${viewer.userId}`
    case 'token':
      return `token ${viewer.accountId} ${viewer.name}`
    case 'local':
      return 'local'
  }
}

async function openApiReply(context: Context): Promise<Response> {
  // Loaded where it is asked for: all schemas come with it.
  const { openApi } = await import('./open-api.ts')
  return reply(context, JSON.stringify(await openApi()), 'by-all')
}
