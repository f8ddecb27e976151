import type { Installation } from './app-state.ts'
import { type Account, type Repository, type State, sameName } from './state.ts'

/** Somebody let an App act in their name, and the App has not fetched the token yet. */
export interface Authorization {
  code: string
  appId: number
  user: Account
  redirectUri: string
  /** S256; null: the App sent none. */
  challenge: string | null
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** A token that an App was given in somebody's name. */
export interface UserToken {
  token: string
  appId: number
  user: Account
  /** Milliseconds since the epoch; null: it lasts until it is taken back. */
  expiresAt: number | null
}

/** What there is of people who sign in. */
export interface People {
  /** Who can sign in at this GitHub. */
  users: Account[]
  authorizations: Authorization[]
  userTokens: UserToken[]
  /** Seconds that tokens last; null: for ever. */
  userTokenLife: number | null
  /** Numbers of organisations that want a sign-in of their own, which no token here has been through. */
  samlOrganizations: number[]
}

/** What somebody is in an organisation, by its number. Who is invited and has not answered is nothing yet. */
export function membershipOf(
  { memberships }: State,
  organization: Account,
  user: Account,
): 'admin' | 'member' | 'none' {
  const found = memberships.find(
    (one) => sameName(one.organization, organization.login) && sameName(one.login, user.login),
  )
  return found?.state === 'active' ? found.role : 'none'
}

/**
 * Whether somebody was given access to a repository: not because it is public. An organisation of this fake gives its members no
 * private repository by itself.
 */
export function mayRead(state: State, repository: Repository, user: Account): boolean {
  const { owner, collaborators } = repository
  if (owner.id === user.id) return true
  if (Object.keys(collaborators).some((login) => sameName(login, user.login))) return true
  const role = owner.type === 'Organization' ? membershipOf(state, owner, user) : 'none'
  return role === 'admin' || (role === 'member' && (!repository.private || repository.internal))
}

/** Repositories that an installation reaches and somebody was given access to. */
export function sharedReach(
  state: State,
  { account, repositories }: Installation,
  user: Account,
): Repository[] {
  return state.repositories.filter(
    (repository) =>
      repository.owner.id === account.id &&
      (repositories === 'all' || repositories.includes(repository.id)) &&
      mayRead(state, repository, user),
  )
}

/** Whether somebody sees that an App is installed there. */
export function seesInstallation(state: State, installation: Installation, user: Account): boolean {
  const { account } = installation
  return (
    account.id === user.id ||
    membershipOf(state, account, user) !== 'none' ||
    sharedReach(state, installation, user).length > 0
  )
}
