import {
  type App,
  findInstallation,
  type Installation,
  type IssuedToken,
  reachOf,
} from '../app-state.ts'
import { writeTime } from '../builders.ts'
import { refusalOf } from '../caller.ts'
import { json, notFound, problem, type Reply } from '../exchange.ts'
import { sha1 } from '../hash.ts'
import { sameName } from '../state.ts'
import { paginateAt } from './paginate.ts'
import { renderApp, renderInstallation } from './render-app.ts'
import { renderRepository } from './render-repository.ts'
import type { AppRoute, CallContext } from './route.ts'

const hour = 3_600_000

export const appRoutes: readonly AppRoute[] = [
  { operation: 'apps/get-authenticated', handle: asApp(getApp) },
  { operation: 'apps/list-installations', handle: asApp(listInstallations) },
  { operation: 'apps/get-installation', handle: asApp(getInstallation) },
  { operation: 'apps/create-installation-access-token', handle: asApp(createToken) },
  { operation: 'apps/list-repos-accessible-to-installation', handle: listRepositories },
  { operation: 'apps/create-from-manifest', handle: convertManifest },
]

/** What only the App itself may ask, with a token that it signed. */
export function asApp(
  handle: (context: CallContext, app: App) => Reply,
): (context: CallContext) => Reply {
  return (context) =>
    context.caller.kind === 'app'
      ? handle(context, context.caller.app)
      : problem(401, 'A JSON web token could not be decoded')
}

function getApp({ call }: CallContext, app: App): Reply {
  return json(200, renderApp(app, call.urls))
}

function listInstallations({ whole, call }: CallContext, { id }: App): Reply {
  const own = whole.installations.filter(({ appId }) => appId === id)
  const { items, headers } = paginateAt(call.path, call, own)
  const rendered = items.map((installation) => renderInstallation(whole, installation, call.urls))
  return json(200, rendered, headers)
}

/** The installation that the path names, of this App. */
function installationOf({ whole, param }: CallContext, { id }: App): Installation | undefined {
  const installation = findInstallation(whole, Number(param('installation_id')))
  return installation?.appId === id ? installation : undefined
}

function getInstallation(context: CallContext, app: App): Reply {
  const installation = installationOf(context, app)
  if (installation === undefined) return notFound()
  return json(200, renderInstallation(context.whole, installation, context.call.urls))
}

interface Wanted {
  readonly permissions?: Installation['permissions']
  readonly repository_ids?: readonly number[]
  readonly repositories?: readonly string[]
}

function createToken(context: CallContext, app: App): Reply {
  const { whole, call, now } = context
  const installation = installationOf(context, app)
  if (installation === undefined) return notFound()
  const refused = refusalOf(installation)
  if (refused !== undefined) return refused
  const wanted: Wanted = { ...(call.body as Wanted | undefined) }
  const permissions = wanted.permissions ?? installation.permissions
  if (Object.entries(permissions).some((one) => !isGranted(installation, one))) {
    return problem(422, 'The permissions requested are not granted to this installation.')
  }
  const repositories = narrowed(context, wanted, installation)
  if (repositories === undefined) {
    return problem(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    )
  }
  const issued: IssuedToken = {
    token: `ghs_${sha1(`token ${whole.tokens.length}`).slice(0, 36)}`,
    installationId: installation.id,
    permissions: { ...permissions },
    repositories,
    expiresAt: now + hour,
  }
  whole.tokens.push(issued)
  return json(201, {
    token: issued.token,
    expires_at: writeTime(issued.expiresAt),
    permissions,
    repository_selection: repositories === 'all' ? 'all' : 'selected',
  })
}

function isGranted({ permissions }: Installation, [name, level]: [string, string]): boolean {
  return permissions[name] === level || permissions[name] === 'write'
}

/** Ids where the token is for fewer repositories than the installation reaches; undefined: it does not reach one of them. */
function narrowed(
  { whole }: CallContext,
  { repository_ids: ids, repositories: names }: Wanted,
  installation: Installation,
): IssuedToken['repositories'] | undefined {
  if (ids === undefined && names === undefined) return installation.repositories
  const reach = reachOf(whole, installation)
  const reached = whole.repositories.filter(({ id }) => reach.includes(id))
  const found = [
    ...(ids ?? []).map((id) => reached.find((one) => one.id === id)),
    ...(names ?? []).map((name) => reached.find((one) => sameName(one.name, name))),
  ].map((one) => one?.id)
  const all = found.filter((id) => id !== undefined)
  return all.length === found.length ? all : undefined
}

function listRepositories({ caller, state, call }: CallContext): Reply {
  if (caller.kind !== 'installation') {
    return problem(403, 'You must authenticate with an installation access token.')
  }
  const { items, headers } = paginateAt(call.path, call, state.repositories)
  return json(
    200,
    {
      total_count: state.repositories.length,
      repository_selection: caller.installation.repositories === 'all' ? 'all' : 'selected',
      repositories: items.map((repository) => renderRepository(repository, call.urls)),
    },
    headers,
  )
}

/** The code works once. */
function convertManifest({ whole, call, param }: CallContext): Reply {
  const code = param('code')
  const app = whole.manifestCodes[code]
  if (app === undefined) return notFound()
  delete whole.manifestCodes[code]
  whole.apps.push(app)
  return json(201, {
    ...renderApp(app, call.urls),
    client_secret: app.clientSecret,
    webhook_secret: app.webhookSecret,
    pem: app.privateKey,
  })
}
