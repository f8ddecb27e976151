import type { Account, Library, RepositoryEntry, Standing } from '../../src/app/library/library.ts'
import type { Viewer } from '../../src/app/library/viewer.ts'
import type { Report } from '../../src/report/index.ts'

/** Somebody who signed in. */
export const aPerson: Extract<Viewer, { kind: 'person' }> = {
  kind: 'person',
  userId: 4711,
  login: 'a-reader',
  formToken: 'a-form-token',
  signedInAt: 0,
}

export interface MemoryRepository extends Omit<RepositoryEntry, 'standing'> {
  readonly standing: Standing
}

/** An account of which a test says everything. */
export interface MemoryAccount
  extends Pick<Account, 'id' | 'name' | 'kind' | 'role' | 'synthetic' | 'state'> {
  readonly standing: Standing
  readonly repositories: readonly MemoryRepository[]
  /** Reports of earlier weeks of the whole, the newest first. */
  readonly earlier: readonly Report[]
  readonly announcements: readonly { readonly at: number; readonly text: string }[]
}

export function aMemoryAccount(differing: Partial<MemoryAccount> = {}): MemoryAccount {
  return {
    ...{ id: 21, name: 'harbour-lights', kind: 'Organization', role: 'member', state: 'open' },
    synthetic: false,
    standing: { kind: 'empty' },
    repositories: [],
    earlier: [],
    announcements: [],
    ...differing,
  }
}

/** What a viewer may see, as a test says it. */
export function aMemoryLibrary(
  accounts: readonly MemoryAccount[],
  viewer: Viewer = aPerson,
): Library {
  const opened = accounts.map(openAccount)
  return {
    viewer,
    accounts: async () => opened,
    account: async (id) => opened.find((one) => one.id === id),
  }
}

function openAccount(account: MemoryAccount): Account {
  const { repositories, earlier, announcements } = account
  const entries = repositories.map((one) => ({ ...one, standing: one.standing.kind }))
  const standingOf = (scope: Parameters<Account['standing']>[0]): Standing =>
    scope.kind === 'organisation'
      ? account.standing
      : (repositories.find(({ id }) => id === scope.id)?.standing ?? { kind: 'hidden' })
  const reportsOf = (scope: Parameters<Account['standing']>[0]): readonly Report[] => {
    const standing = standingOf(scope)
    if (standing.kind !== 'shown') return []
    return [standing.report, ...(scope.kind === 'organisation' ? earlier : [])]
  }
  return {
    ...account,
    repositories: async () => entries,
    repository: async (id) => entries.find((one) => one.id === id),
    standing: async (scope) => standingOf(scope),
    weeks: async (scope) =>
      reportsOf(scope).map(({ asOf, method }) => ({
        asOf: Date.parse(asOf),
        builtAt: Date.parse(asOf),
        methodVersion: method,
      })),
    report: async (scope, asOf) =>
      reportsOf(scope).find((report) => Date.parse(report.asOf) === asOf),
    announcements: async () => announcements,
    accessLog: async () => [],
  }
}
