import type { Urls } from '../exchange.ts'
import { type Git, readGit } from '../git.ts'
import { allows, type Need } from '../permissions.ts'
import type { Repository, State } from '../state.ts'
import { forbidden } from './errors.ts'

/** What every node of a repository is made from. */
export interface RepositoryContext {
  readonly state: State
  readonly urls: Urls
  readonly repository: Repository
  readonly git: Git
}

export function repositoryContext(
  state: State,
  urls: Urls,
  repository: Repository,
): RepositoryContext {
  return { state, urls, repository, git: readGit(repository) }
}

/** Throws what becomes null and an error of type FORBIDDEN at the field, with the rest of the answer kept. */
export function demand({ state, repository }: RepositoryContext, need: Need): void {
  if (!allows(state, repository, need)) throw forbidden()
}
