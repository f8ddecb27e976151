import * as z from 'zod/mini'
import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'

/** A repository as an App meets it: its id stays, all else may change. */
export interface RepositoryFacts {
  readonly id: number
  /** `owner/name`, as it is now. */
  readonly name: string
  /** Account id of the owner: another one after a transfer. */
  readonly ownerId: number
  readonly visibility: 'public' | 'internal' | 'private'
  readonly defaultBranch: string
  readonly archived: boolean
}

/** GitHub Enterprise Servers of before 2020, and installations' lists on some, have no `visibility`. */
export const RepositorySchema = z.pipe(
  z.object({
    id: z.number(),
    full_name: z.string(),
    owner: z.object({ id: z.number() }),
    private: z.boolean(),
    visibility: z.catch(z.optional(z.enum(['public', 'internal', 'private'])), undefined),
    default_branch: z.catch(z.string(), 'main'),
    archived: z.catch(z.boolean(), false),
  }),
  z.transform(
    (given): RepositoryFacts => ({
      id: given.id,
      name: given.full_name,
      ownerId: given.owner.id,
      visibility: given.visibility ?? (given.private ? 'private' : 'public'),
      defaultBranch: given.default_branch,
      archived: given.archived,
    }),
  ),
)

/**
 * Reads a repository by its id, which a renaming or a transfer leaves as it is, and which no other repository is ever given.
 * `'gone'`: it was deleted, or the token may not see it any more.
 *
 * @throws GitHubError
 */
export async function readRepository(
  api: GitHubApi,
  id: number,
): Promise<RepositoryFacts | 'gone'> {
  try {
    const repository = await api.read(
      'GET /repositories/{repository_id}',
      { repository_id: id },
      RepositorySchema,
    )
    if (repository.id === id) return repository
    throw new GitHubError(
      'unavailable',
      `GitHub answered with repository ${repository.id} when asked for ${id}`,
    )
  } catch (error) {
    if (error instanceof GitHubError && error.failure === 'not-found') return 'gone'
    throw error
  }
}
