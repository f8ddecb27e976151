import {
  type App,
  botOf,
  findApp,
  findInstallation,
  type Installation,
  reachOf,
} from './app-state.ts'
import { type Call, problem, type Reply } from './exchange.ts'
import { readJsonWebToken } from './json-web-token.ts'
import type { Permissions } from './permissions.ts'
import type { Account, State } from './state.ts'

/** Who calls, by the token. */
export type Caller =
  | { readonly kind: 'workflow' }
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'installation'; readonly app: App; readonly installation: Installation }
  | { readonly kind: 'user'; readonly app: App; readonly user: Account }
  | { readonly kind: 'nobody' }

/** Times that tokens are judged by, milliseconds since the epoch: clients sign with the true clock, whatever the fake's says. */
export interface TokenTimes {
  readonly now: number
  readonly signingNow: number
}

export interface Identified {
  readonly caller: Caller
  /** The state as far as the caller reaches; its parts are the state's own. */
  readonly view: State
}

/** What a call may see and do; a reply where GitHub refuses it before it looks at what is asked for. */
export function identify(state: State, call: Call, times: TokenTimes): Identified | Reply {
  const { authorization } = call.headers
  if (authorization === undefined) {
    return isOpen(call)
      ? { caller: { kind: 'nobody' }, view: { ...state, repositories: [] } }
      : problem(401, 'Requires authentication')
  }
  const [, given = ''] = /^(?:bearer|token) (.+)$/i.exec(authorization) ?? []
  if (given === state.token) return { caller: { kind: 'workflow' }, view: state }
  if (given.startsWith('eyJ')) {
    const app = readJsonWebToken(state, given, times.signingNow)
    if (typeof app === 'string') return problem(401, app)
    return { caller: { kind: 'app', app }, view: { ...state, repositories: [] } }
  }
  return identifyUser(state, given, times.now) ?? identifyInstallation(state, given, times.now)
}

/** What somebody's own token may see is asked of the routes that it is for. */
function identifyUser(state: State, given: string, now: number): Identified | undefined {
  const issued = state.userTokens.find(({ token }) => token === given)
  if (issued === undefined || (issued.expiresAt ?? now + 1) <= now) return undefined
  const { user, appId } = issued
  return {
    caller: { kind: 'user', app: findApp(state, appId), user },
    view: { ...state, viewer: user, permissions: {}, repositories: [] },
  }
}

function isOpen({ method, path }: Call): boolean {
  return method === 'POST' && /^\/app-manifests\/[^/]+\/conversions$/.test(path)
}

function identifyInstallation(state: State, given: string, now: number): Identified | Reply {
  const issued = state.tokens.find(({ token }) => token === given)
  const installation = issued && findInstallation(state, issued.installationId)
  if (issued === undefined || installation === undefined || issued.expiresAt <= now) {
    return problem(401, 'Bad credentials')
  }
  const refused = refusalOf(installation)
  if (refused !== undefined) return refused
  const app = findApp(state, installation.appId)
  const reach = reachOf(state, installation)
  const view: State = {
    ...state,
    viewer: botOf(app),
    permissions: inWorkflowWords(issued.permissions),
    repositories: state.repositories.filter(
      ({ id }) =>
        reach.includes(id) && (issued.repositories === 'all' || issued.repositories.includes(id)),
    ),
  }
  return { caller: { kind: 'installation', app, installation }, view }
}

/** Why an installation gives no access at present. */
export function refusalOf({
  suspendedAt,
  addressRefused,
  account,
}: Installation): Reply | undefined {
  if (suspendedAt !== null) return problem(403, 'This installation has been suspended')
  if (!addressRefused) return undefined
  return problem(
    403,
    `Although you appear to have the correct authorization credentials, the \`${account.login}\` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.`,
  )
}

function inWorkflowWords(permissions: Installation['permissions']): Permissions {
  return Object.fromEntries(
    Object.entries(permissions).map(([name, level]) => [name.replaceAll('_', '-'), level]),
  )
}
