import type { Repository, State } from './state.ts'

export type Scope = 'metadata' | 'pull-requests' | 'issues' | 'contents' | 'checks' | 'members'
export type Level = 'none' | 'read' | 'write'

/** What the token may do, in the words of a workflow's `permissions`. A scope left out is `none`. */
export type Permissions = Partial<Record<Scope, Level>>

/** What a request needs: any one of `anyOf`. */
export interface Need {
  readonly anyOf: readonly { readonly scope: Scope; readonly level: 'read' | 'write' }[]
  /** A public repository gives it to every token. */
  readonly publicToo: boolean
}

/**
 * The table that the fake enforces. It is stricter than GitHub in one way: GitHub lets most reads of a public
 * repository through without a permission, and here only `repository` and `repositoryLabels` do. A client that copes
 * with this table copes with private repositories.
 */
export const needs = {
  /** The repository itself. Without it a private one does not exist. */
  repository: { anyOf: [{ scope: 'metadata', level: 'read' }], publicToo: true },
  /** A pull request, the list of its commits, its label events, and the pull requests of a commit. */
  pullRequests: { anyOf: [{ scope: 'pull-requests', level: 'read' }], publicToo: false },
  /** Contents, refs, trees, blobs, comparisons; by GraphQL also every commit. */
  contents: { anyOf: [{ scope: 'contents', level: 'read' }], publicToo: false },
  repositoryLabels: {
    anyOf: [
      { scope: 'issues', level: 'read' },
      { scope: 'pull-requests', level: 'read' },
    ],
    publicToo: true,
  },
  /** To put labels that exist on a pull request, and to take labels off it. */
  changeLabels: {
    anyOf: [
      { scope: 'issues', level: 'write' },
      { scope: 'pull-requests', level: 'write' },
    ],
    publicToo: false,
  },
  readIssues: { anyOf: [{ scope: 'issues', level: 'read' }], publicToo: false },
  writeIssues: { anyOf: [{ scope: 'issues', level: 'write' }], publicToo: false },
  readChecks: { anyOf: [{ scope: 'checks', level: 'read' }], publicToo: false },
  writeChecks: { anyOf: [{ scope: 'checks', level: 'write' }], publicToo: false },
  createLabel: { anyOf: [{ scope: 'issues', level: 'write' }], publicToo: false },
} as const satisfies Record<string, Need>

const ranks: Record<Level, number> = { none: 0, read: 1, write: 2 }

export function allows(state: State, repository: Repository, need: Need): boolean {
  if (need.publicToo && !repository.private) return true
  return need.anyOf.some(
    ({ scope, level }) => ranks[state.permissions[scope] ?? 'none'] >= ranks[level],
  )
}

/** The value of `x-accepted-github-permissions`: sets that would do, between semicolons. */
export function acceptedPermissions(need: Need): string {
  return need.anyOf.map(({ scope, level }) => `${scope.replaceAll('-', '_')}=${level}`).join('; ')
}
