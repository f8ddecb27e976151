import {
  type GitHubApi,
  GitHubError,
  type Installation,
  listViewerInstallations,
  listViewerRepositories,
  readOwnMembership,
} from '../../github/index.ts'
import { AccessError } from './access-error.ts'
import type { Account } from './library.ts'

/** What one person may see of an account, as GitHub tells it to their own token. */
export interface Reach {
  readonly role: Account['role']
  /** Ids of the account's repositories that the person can read and the App reaches. */
  readonly repositories: ReadonlySet<number>
  /** An owner suspended the App: then GitHub tells nobody anything through it. */
  readonly suspended: boolean
}

/** What one person may see, asked of GitHub and remembered for minutes. */
export interface ViewerAccess {
  /** Those on which the App is installed and of which the person can read anything, or is a member. */
  accounts(): Promise<readonly Installation['account'][]>
  /**
   * Undefined: nothing.
   *
   * @param accessVersion of the account's tenant: what was asked before it changed is asked again; undefined: there is none
   */
  reach(accountId: number, accessVersion: number | undefined): Promise<Reach | undefined>
}

/** Milliseconds (RELIABILITY.md, section 4). */
export const accessTimes = {
  /** Whatever GitHub said holds for so long at most. */
  remembered: 5 * 60_000,
  /** An account that is not in the list may have been added since; who was let in just now waits so long. */
  missing: 15_000,
} as const

interface Listed {
  readonly at: number
  readonly installations: Promise<readonly Installation[]>
}

interface Reached {
  readonly at: number
  readonly version: number | undefined
  readonly reach: Promise<Reach | undefined>
}

/**
 * Asks with the person's own token, and so what GitHub lets this person see through the App, whatever the App itself may see.
 *
 * @param viewer GitHub's number of the person
 * @param now milliseconds since the epoch
 */
export function createViewerAccess(
  api: GitHubApi,
  viewer: number,
  now: () => number,
): ViewerAccess {
  let listed: Listed | undefined
  const reached = new Map<number, Reached>()

  function list(atMost: number): Listed {
    if (listed === undefined || now() - listed.at >= atMost) {
      const installations = asked(listViewerInstallations(api))
      const fresh: Listed = { at: now(), installations }
      listed = fresh
      // What failed is not remembered.
      installations.catch(() => {
        if (listed === fresh) listed = undefined
      })
    }
    return listed
  }

  async function find(accountId: number, atMost: number): Promise<Installation | undefined> {
    return (await list(atMost).installations).find(({ account }) => account.id === accountId)
  }

  function remembered(accountId: number, version: number | undefined): Reached | undefined {
    const known = reached.get(accountId)
    const holds = known?.version === version && now() - (known?.at ?? 0) < accessTimes.remembered
    return holds ? known : undefined
  }

  function ask(installation: Installation, version: number | undefined): Reached {
    const { id } = installation.account
    const reach = asked(readReach(api, viewer, installation))
    const fresh: Reached = { at: now(), version, reach }
    reached.set(id, fresh)
    reach.catch(() => {
      if (reached.get(id) === fresh) reached.delete(id)
    })
    return fresh
  }

  return {
    accounts: async () =>
      (await list(accessTimes.missing).installations).map(({ account }) => account),
    reach: async (accountId, version) => {
      const before = reached.get(accountId)
      const isVoid = before !== undefined && before.version !== version
      const installation =
        (isVoid ? undefined : await find(accountId, accessTimes.remembered)) ??
        (await find(accountId, isVoid ? 0 : accessTimes.missing))
      if (installation === undefined) {
        reached.delete(accountId)
        return undefined
      }
      // Another request may have asked meanwhile.
      return await (remembered(accountId, version) ?? ask(installation, version)).reach
    },
  }
}

async function readReach(
  api: GitHubApi,
  viewer: number,
  installation: Installation,
): Promise<Reach | undefined> {
  const { id, account, suspendedAt } = installation
  const nothing = {
    role: roleIn(account, viewer),
    repositories: new Set<number>(),
    suspended: true,
  }
  if (suspendedAt !== null) return nothing
  try {
    const [role, repositories] = await Promise.all([
      account.kind === 'Organization' ? readRole(api, account) : nothing.role,
      listViewerRepositories(api, id),
    ])
    // One that is being transferred may be listed for both sides.
    const own = repositories.filter(({ ownerId }) => ownerId === account.id)
    if (role === 'outsider' && own.length === 0) return undefined
    return { role, repositories: new Set(own.map((one) => one.id)), suspended: false }
  } catch (error) {
    const failure = error instanceof GitHubError ? error.failure : undefined
    if (failure === 'suspended') return nothing
    // An organisation that wants a sign-in of its own (SAML), lets in some addresses alone, or is not this person's any more.
    const isShut = failure === 'permission' || failure === 'blocked' || failure === 'not-found'
    if (isShut) return undefined
    throw error
  }
}

async function readRole(api: GitHubApi, account: Installation['account']): Promise<Reach['role']> {
  const role = await readOwnMembership(api, account)
  return role === 'none' ? 'outsider' : role
}

/** A person's own account has one owner and no members. */
function roleIn({ kind, id }: Installation['account'], viewer: number): Reach['role'] {
  return kind === 'User' && id === viewer ? 'owner' : 'outsider'
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    throw new AccessError(error.failure === 'token' ? 'signed-out' : 'unavailable', error)
  }
}
