import { findBreach, findRequestBreach } from '../contract.ts'
import { notAccessible, notFound, problem, type Reply } from '../exchange.ts'
import { acceptedPermissions, allows, needs } from '../permissions.ts'
import { findFormer, findRepository, fullName, type State } from '../state.ts'
import { appRoutes } from './apps.ts'
import { checkRunRoutes } from './check-runs.ts'
import { compareRoutes } from './compare.ts'
import { gitDataRoutes } from './git-data.ts'
import { hookDeliveryRoutes } from './hook-deliveries.ts'
import { issueRoutes } from './issues.ts'
import { labelRoutes } from './labels.ts'
import { membershipRoutes, peopleRoutes } from './people.ts'
import { pullRequestRoutes } from './pull-requests.ts'
import { repositoryRoutes } from './repository.ts'
import { type AppRoute, type CallContext, matchRoute, type Route } from './route.ts'
import { viewerRoutes } from './viewer.ts'

/** Every operation that the fake answers for. To add one: extract-openapi.ts, then a route. */
export const routes: readonly Route[] = [
  ...repositoryRoutes,
  ...pullRequestRoutes,
  ...compareRoutes,
  ...gitDataRoutes,
  ...labelRoutes,
  ...issueRoutes,
  ...checkRunRoutes,
  ...peopleRoutes,
]

/** Those that are on no repository. */
export const wideRoutes: readonly AppRoute[] = [
  ...appRoutes,
  ...hookDeliveryRoutes,
  ...membershipRoutes,
  ...viewerRoutes,
]

/** A call before its route is known. */
export type Incoming = Omit<CallContext, 'param'>

/**
 * Answers one REST call. Throws when the answer is not one that GitHub's description allows: then the state or the
 * fake is wrong, and a test must not go on as if GitHub had said so.
 */
export function answerRest(incoming: Incoming): Reply {
  const { state, call } = incoming
  const path = withName(state, call.path)
  const moved = movedTo(state, path)
  if (moved !== undefined) {
    const location = `${call.urls.api}${moved}${call.query.size > 0 ? `?${call.query}` : ''}`
    return problem(call.method === 'GET' ? 301 : 307, 'Moved Permanently', {
      headers: { location },
    })
  }
  for (const route of routes) {
    const params = matchRoute(route, call.method, path)
    if (params === undefined) continue
    const reply = answerRoute(route, params, incoming)
    const headers = { 'x-accepted-github-permissions': acceptedPermissions(route.need) }
    return { ...reply, headers: { ...headers, ...reply.headers } }
  }
  for (const route of wideRoutes) {
    const params = matchRoute(route, call.method, path)
    if (params !== undefined) return checked(route, params, incoming, route.handle)
  }
  return notFound()
}

function answerRoute(route: Route, params: ReadonlyMap<string, string>, incoming: Incoming): Reply {
  const { state } = incoming
  const repository = findRepository(state, params.get('owner') ?? '', params.get('repo') ?? '')
  if (repository === undefined || !allows(state, repository, needs.repository)) return notFound()
  if (!allows(state, repository, route.need)) return problem(403, notAccessible)
  return checked(route, params, incoming, (context) => route.handle({ ...context, repository }))
}

/** Request and reply held against GitHub's description. */
function checked(
  { operation }: Pick<Route, 'operation'>,
  params: ReadonlyMap<string, string>,
  incoming: Incoming,
  handle: (context: CallContext) => Reply,
): Reply {
  const refused = findRequestBreach(operation, incoming.call.body ?? {})
  if (refused !== undefined) return problem(422, `Invalid request.\n\n${refused}`)
  const param = (name: string) => {
    const value = params.get(name)
    if (value === undefined) throw new Error(`${operation} has no parameter ${name}`)
    return value
  }
  const reply = handle({ ...incoming, param })
  const breach = reply.status < 300 ? findBreach(operation, reply.status, reply.body) : undefined
  if (breach !== undefined) throw new Error(`The reply is not one that GitHub gives. ${breach}`)
  return reply
}

/** Where a repository is that is asked for by a name that it had before: by its number, which it keeps. */
function movedTo(state: State, path: string): string | undefined {
  const [, owner, name, rest] = /^\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(path) ?? []
  if (owner === undefined || name === undefined) return undefined
  if (findRepository(state, owner, name) !== undefined) return undefined
  const repository = findFormer(state, owner, name)
  return repository === undefined ? undefined : `/repositories/${repository.id}${rest ?? ''}`
}

/** `/repositories/{id}` is `/repos/{owner}/{repo}` by number: GitHub's own links use it. */
function withName(state: State, path: string): string {
  const [, id, rest] = /^\/repositories\/(\d+)(.*)$/.exec(path) ?? []
  const repository = state.repositories.find((candidate) => String(candidate.id) === id)
  return repository === undefined ? path : `/repos/${fullName(repository)}${rest}`
}
