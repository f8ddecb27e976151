import type { GitHubApi } from './api.ts'
import { GitHubError } from './github-error.ts'
import { readRepository } from './read-repository.ts'
import type { RepositoryName } from './records-options.ts'

/** A repository by the name that it had when last seen, and by its id, where that is known, which it keeps. */
export interface RepositoryAddress extends RepositoryName {
  readonly id?: number
}

/** A name has come to mean another repository. */
export class OtherRepositoryError extends GitHubError {
  constructor({ owner, name }: RepositoryName) {
    super('unavailable', `${owner}/${name} is the name of another repository by now`)
  }
}

/**
 * Does something with a repository by its name; where that turns out to be gone, moved or another repository's by now, once
 * more by the name that the repository of this id has today.
 *
 * @throws GitHubError `not-found` where there is no such repository any more
 */
export async function byCurrentName<Result>(
  api: GitHubApi,
  address: RepositoryAddress,
  work: (name: RepositoryName) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(address)
  } catch (error) {
    if (address.id === undefined || !isOfTheName(error)) throw error
    const now = await readRepository(api, address.id)
    if (now === 'gone') {
      throw new GitHubError('not-found', `there is no repository ${address.id} any more`, {
        cause: error,
      })
    }
    const [owner = '', name = ''] = now.name.split('/')
    if (isSame({ owner, name }, address)) throw error
    return await work({ owner, name })
  }
}

/** A write is redirected with 307, or with 301; a name that was given away answers for somebody else's. */
function isOfTheName(error: unknown): boolean {
  if (error instanceof OtherRepositoryError) return true
  if (!(error instanceof GitHubError)) return false
  const { failure, status = 0 } = error
  return failure === 'not-found' || (failure === 'refused' && status >= 300 && status < 400)
}

function isSame(one: RepositoryName, other: RepositoryName): boolean {
  return `${one.owner}/${one.name}`.toLowerCase() === `${other.owner}/${other.name}`.toLowerCase()
}
