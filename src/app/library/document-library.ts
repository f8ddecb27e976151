import type { Report } from '../../report/index.ts'
import type { Account, AccountState, Library, RepositoryEntry, Scope, Standing } from './library.ts'

/** An account of which everything there is to show is at hand. */
export interface DocumentAccount {
  readonly name: string
  readonly synthetic: boolean
  readonly state: AccountState
  /** Of the whole. */
  readonly standing: Standing
  readonly repositories: readonly DocumentRepository[]
}

export interface DocumentRepository {
  /** `owner/name`, or what a repository is called that came from nowhere. */
  readonly name: string
  readonly standing: Standing
}

/**
 * A library of report documents, for whoever sits at this machine: nothing of it is kept, and nobody else can look at it. Accounts
 * and repositories are numbered from 1 in the order in which they are given.
 */
export function createDocumentLibrary(given: readonly DocumentAccount[]): Library {
  const accounts = given.map((account, index) => openAccount(account, index + 1))
  return {
    viewer: { kind: 'local' },
    accounts: async () => accounts,
    account: async (id) => accounts[id - 1],
  }
}

/**
 * The account whose reports these are: the first of the whole, the others of its repositories. Where there is one alone, the
 * whole is one repository.
 *
 * @param builtAt milliseconds since the epoch
 */
export function accountOfReports(
  [whole, ...others]: readonly [Report, ...Report[]],
  builtAt: number,
): DocumentAccount {
  const standing: Standing = { kind: 'shown', report: whole, builtAt }
  const { kind, name, synthetic } = whole.scope
  const repositories = others.map((report) => ({
    name: report.scope.name,
    standing: standingOf(report, builtAt),
  }))
  return {
    name: kind === 'repository' ? name.split('/', 1).join() : name,
    synthetic,
    state: 'open',
    standing,
    repositories: kind === 'repository' ? [{ name, standing }] : repositories,
  }
}

/** A repository among several of which nothing is told has nothing to show; the whole says itself what is missing. */
function standingOf(report: Report, builtAt: number): Standing {
  const tellsNothing = report.comparisons.every(
    ({ verdict }) => verdict === 'hidden' || verdict === 'not_known',
  )
  return tellsNothing ? { kind: 'hidden' } : { kind: 'shown', report, builtAt }
}

function openAccount(account: DocumentAccount, id: number): Account {
  const entries = account.repositories.map(
    ({ name, standing }, index): RepositoryEntry => ({
      id: index + 1,
      name,
      visibility: 'private',
      standing: standing.kind,
    }),
  )
  const standing = (scope: Scope): Standing => {
    if (scope.kind === 'organisation') return account.standing
    return account.repositories[scope.id - 1]?.standing ?? { kind: 'hidden' }
  }
  return {
    id,
    name: account.name,
    kind: 'Organization',
    role: 'owner',
    synthetic: account.synthetic,
    state: account.state,
    repositories: async () => entries,
    repository: async (repositoryId) => entries[repositoryId - 1],
    standing: async (scope) => standing(scope),
    weeks: async (scope) => {
      const found = standing(scope)
      if (found.kind !== 'shown') return []
      const { report, builtAt } = found
      return [{ asOf: Date.parse(report.asOf), builtAt, methodVersion: report.method }]
    },
    report: async (scope, asOf) => {
      const found = standing(scope)
      const isThere = found.kind === 'shown' && Date.parse(found.report.asOf) === asOf
      return isThere ? found.report : undefined
    },
    announcements: async () => [],
    accessLog: async () => [],
  }
}
