import * as z from 'zod/mini'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import { type Installation, InstallationSchema, toInstallation } from './read-installations.ts'
import { type RepositoryFacts, RepositorySchema } from './read-repository.ts'

/** Somebody on GitHub, by the token that GitHub gave in their name. */
export interface ViewerFacts {
  /** Stays when the login changes, and is never given to anybody else. */
  readonly id: number
  readonly login: string
}

const perPage = 100
/** Pages of a list that are asked for at once: somebody waits for the last one. */
const pagesAtOnce = 5

/** Whose token it is. */
export async function readViewer(viewerApi: GitHubApi): Promise<ViewerFacts> {
  return await viewerApi.read('GET /user', {}, z.object({ id: z.number(), login: z.string() }))
}

/** Installations of the App on accounts of which this person can read anything, suspended ones too. */
export async function listViewerInstallations(
  viewerApi: GitHubApi,
): Promise<readonly Installation[]> {
  const given = await readPages(async (page) => {
    const { total_count, installations } = await viewerApi.read(
      'GET /user/installations',
      { per_page: perPage, page },
      z.object({ total_count: z.number(), installations: z.array(InstallationSchema) }),
    )
    return { total: total_count, items: installations }
  })
  return given.map(toInstallation).filter((one) => one !== undefined)
}

/**
 * Repositories that both this person can read and the installation reaches.
 *
 * @throws GitHubError `suspended` where the installation is, `permission` or `not-found` where it is not theirs to see
 */
export async function listViewerRepositories(
  viewerApi: GitHubApi,
  installationId: number,
): Promise<readonly RepositoryFacts[]> {
  return await readPages(async (page) => {
    const { total_count, repositories } = await viewerApi.read(
      'GET /user/installations/{installation_id}/repositories',
      { installation_id: installationId, per_page: perPage, page },
      z.object({ total_count: z.number(), repositories: z.array(RepositorySchema) }),
    )
    return { total: total_count, items: repositories }
  })
}

/**
 * What this person is in an organisation; who is invited and has not answered is none.
 *
 * @param organisation its id tells it from another one that has its old login by now
 * @throws GitHubError `permission` where it lets nobody ask: without `members: read`, or without a sign-in of its own (SAML)
 */
export async function readOwnMembership(
  viewerApi: GitHubApi,
  organisation: { readonly id: number; readonly login: string },
): Promise<'owner' | 'member' | 'none'> {
  try {
    const given = await viewerApi.read(
      'GET /user/memberships/orgs/{org}',
      { org: organisation.login },
      z.object({
        state: z.string(),
        role: z.string(),
        organization: z.object({ id: z.number() }),
      }),
    )
    if (given.organization.id !== organisation.id || given.state !== 'active') return 'none'
    return given.role === 'admin' ? 'owner' : 'member'
  } catch (error) {
    if (error instanceof GitHubError && error.failure === 'not-found') return 'none'
    throw error
  }
}

/** All items of a list that says how many it has. One that is added or removed meanwhile may be missing. */
async function readPages<Item>(
  read: (page: number) => Promise<{ readonly total: number; readonly items: readonly Item[] }>,
): Promise<Item[]> {
  const first = await read(1)
  const items = [...first.items]
  const last = Math.ceil(first.total / perPage)
  for (let page = 2; page <= last; page += pagesAtOnce) {
    const numbers = Array.from(
      { length: Math.min(pagesAtOnce, last - page + 1) },
      (_, i) => page + i,
    )
    for (const next of await Promise.all(numbers.map(read))) items.push(...next.items)
  }
  return items
}
