import * as z from 'zod/mini'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import type { RepositoryName } from './records-options.ts'

/** What somebody may do in a repository, most first. */
export const permissionLevels = ['admin', 'maintain', 'write', 'triage', 'read', 'none'] as const
export type PermissionLevel = (typeof permissionLevels)[number]

const level = z.enum(permissionLevels)

const PermissionSchema = z.object({
  // The four of old: `maintain` is told as `write`, and `triage` as `read`.
  permission: level,
  // An organisation may give its own roles names of its own; older GitHub Enterprise Servers have none.
  role_name: z.catch(z.optional(level), undefined),
  user: z.catch(z.nullish(z.object({ id: z.number() })), undefined),
})

/**
 * What an account may do in a repository; needs no more than `metadata: read`.
 *
 * @param id GitHub's number of the account, which may have another login by now while somebody else has this one. Whoever has
 *   another number may do nothing; where GitHub tells none, the login counts
 * @throws GitHubError
 */
export async function readCollaboratorPermission(
  api: GitHubApi,
  { owner, name }: RepositoryName,
  login: string,
  id?: number,
): Promise<PermissionLevel> {
  const given = await orNone(
    api.read(
      'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
      { owner, repo: name, username: login },
      PermissionSchema,
    ),
  )
  if (given === 'none' || (id !== undefined && (given.user?.id ?? id) !== id)) return 'none'
  return given.role_name ?? given.permission
}

/**
 * What an account is in an organisation; needs `members: read`. Who is invited and has not answered is none.
 *
 * @throws GitHubError `permission` where members may not be read
 */
export async function readMembership(
  api: GitHubApi,
  organisation: string,
  login: string,
): Promise<'owner' | 'member' | 'none'> {
  const given = await orNone(
    api.read(
      'GET /orgs/{org}/memberships/{username}',
      { org: organisation, username: login },
      z.object({ state: z.string(), role: z.string() }),
    ),
  )
  if (given === 'none' || given.state !== 'active') return 'none'
  return given.role === 'admin' ? 'owner' : 'member'
}

/** GitHub says of who is no such thing that it is not there. */
async function orNone<Found>(found: Promise<Found>): Promise<Found | 'none'> {
  try {
    return await found
  } catch (error) {
    if (error instanceof GitHubError && error.failure === 'not-found') return 'none'
    throw error
  }
}
