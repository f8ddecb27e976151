import type { Role } from '../app-state.ts'
import { anAccount } from '../builders.ts'
import { json, notAccessible, notFound, problem, type Reply } from '../exchange.ts'
import { nodeId } from '../node-id.ts'
import { needs } from '../permissions.ts'
import { type Account, type Repository, sameName } from '../state.ts'
import { renderAccount } from './render-account.ts'
import type { AppRoute, CallContext, RestContext, Route } from './route.ts'

export const peopleRoutes: readonly Route[] = [
  {
    operation: 'repos/get-collaborator-permission-level',
    need: needs.repository,
    handle: getPermission,
  },
]

export const membershipRoutes: readonly AppRoute[] = [
  { operation: 'orgs/get-membership-for-user', handle: getMembership },
]

/** What each role was called when there were four. */
const legacy: Readonly<Record<Role, string>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
}

function getPermission({ repository, call, param }: RestContext): Reply {
  const login = param('username')
  const role = roleOf(repository, login)
  return json(200, {
    permission: role === 'none' ? role : legacy[role],
    role_name: role,
    user: { ...renderAccount(anAccount(login), call.urls), role_name: role },
  })
}

/** Anybody may read what is public. */
function roleOf({ owner, collaborators, ...repository }: Repository, login: string): Role | 'none' {
  if (sameName(owner.login, login)) return 'admin'
  const [, role] = Object.entries(collaborators).find(([name]) => sameName(name, login)) ?? []
  return role ?? (repository.private ? 'none' : 'read')
}

function getMembership({ whole, state, caller, call, param }: CallContext): Reply {
  if (caller.kind !== 'installation' || (state.permissions.members ?? 'none') === 'none') {
    return problem(403, notAccessible)
  }
  const organization = caller.installation.account
  const membership = whole.memberships.find(
    (one) =>
      sameName(one.organization, param('org')) &&
      sameName(one.organization, organization.login) &&
      sameName(one.login, param('username')),
  )
  if (membership === undefined) return notFound()
  const { role, login } = membership
  return json(200, {
    url: `${call.urls.api}/orgs/${organization.login}/memberships/${login}`,
    state: membership.state,
    role,
    organization_url: `${call.urls.api}/orgs/${organization.login}`,
    organization: renderOrganization(organization, call.urls.api),
    user: renderAccount(anAccount(login), call.urls),
  })
}

/** An organisation as deliveries and memberships show it. */
export function renderOrganization({ id, login }: Account, api: string) {
  const url = `${api}/orgs/${login}`
  return {
    login,
    id,
    node_id: nodeId('O', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${api}/avatars/u/${id}`,
    description: null,
  }
}
