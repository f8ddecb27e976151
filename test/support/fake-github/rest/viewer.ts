import { findInstallation } from '../app-state.ts'
import { minute } from '../builders.ts'
import { refusalOf } from '../caller.ts'
import { json, notAccessible, notFound, problem, type Reply } from '../exchange.ts'
import type { Account } from '../state.ts'
import { sameName } from '../state.ts'
import { seesInstallation, sharedReach } from '../user-state.ts'
import { paginateAt } from './paginate.ts'
import { renderOrganization } from './people.ts'
import { renderAccount } from './render-account.ts'
import { renderInstallation } from './render-app.ts'
import { renderRepository } from './render-repository.ts'
import type { AppRoute, CallContext } from './route.ts'

/** What somebody's own token may ask. */
export const viewerRoutes: readonly AppRoute[] = [
  { operation: 'users/get-authenticated', handle: asUser(getUser) },
  {
    operation: 'apps/list-installations-for-authenticated-user',
    handle: asUser(listInstallations),
  },
  {
    operation: 'apps/list-installation-repos-for-authenticated-user',
    handle: asUser(listRepositories),
  },
  { operation: 'orgs/get-membership-for-authenticated-user', handle: asUser(getMembership) },
]

interface Caller {
  readonly user: Account
  readonly appId: number
}

function asUser(
  handle: (context: CallContext, caller: Caller) => Reply,
): (context: CallContext) => Reply {
  return (context) =>
    context.caller.kind === 'user'
      ? handle(context, { user: context.caller.user, appId: context.caller.app.id })
      : problem(403, notAccessible)
}

const samlWords =
  'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.'

function getUser({ call }: CallContext, { user }: Caller): Reply {
  return json(200, {
    ...renderAccount(user, call.urls),
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: minute(-10_000),
    updated_at: minute(-10_000),
  })
}

function listInstallations({ whole, call }: CallContext, { user, appId }: Caller): Reply {
  const seen = whole.installations.filter(
    (one) => one.appId === appId && seesInstallation(whole, one, user),
  )
  const { items, headers } = paginateAt(call.path, call, seen)
  const installations = items.map((one) => renderInstallation(whole, one, call.urls))
  return json(200, { total_count: seen.length, installations }, headers)
}

function listRepositories({ whole, call, param }: CallContext, { user, appId }: Caller): Reply {
  const installation = findInstallation(whole, Number(param('installation_id')))
  if (installation?.appId !== appId || !seesInstallation(whole, installation, user)) {
    return notFound()
  }
  const refused = refusalOf(installation)
  if (refused !== undefined) return refused
  if (whole.samlOrganizations.includes(installation.account.id)) return problem(403, samlWords)
  const all = sharedReach(whole, installation, user)
  const { items, headers } = paginateAt(call.path, call, all)
  const repositories = items.map((repository) => renderRepository(repository, call.urls))
  return json(200, { total_count: all.length, repositories }, headers)
}

/** The App needs to be installed there, and to be allowed to read members. */
function getMembership({ whole, call, param }: CallContext, { user, appId }: Caller): Reply {
  const installation = whole.installations.find(
    (one) => one.appId === appId && sameName(one.account.login, param('org')),
  )
  if (installation?.permissions.members === undefined) return problem(403, notAccessible)
  const refused = refusalOf(installation)
  if (refused !== undefined) return refused
  const organization = installation.account
  if (whole.samlOrganizations.includes(organization.id)) return problem(403, samlWords)
  const membership = whole.memberships.find(
    (one) => sameName(one.organization, organization.login) && sameName(one.login, user.login),
  )
  if (membership === undefined) return notFound()
  const { role, state } = membership
  return json(200, {
    url: `${call.urls.api}/orgs/${organization.login}/memberships/${user.login}`,
    state,
    role,
    organization_url: `${call.urls.api}/orgs/${organization.login}`,
    organization: renderOrganization(organization, call.urls.api),
    user: renderAccount(user, call.urls),
  })
}
