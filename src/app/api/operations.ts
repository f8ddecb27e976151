/** What an answer is, by the name of its schema. */
export type ReplyName =
  | 'OpenApi'
  | 'Definitions'
  | 'Accounts'
  | 'Repositories'
  | 'Report'
  | 'Snapshots'
  | 'Coverage'
  | 'Mine'

/** A thing that can be asked of the API. */
export interface Operation {
  /** Below `/api/v1`, its parameters as Hono writes them. */
  readonly path: string
  readonly summary: string
  readonly reply: ReplyName
  /** For everybody, without a token. */
  readonly isPublic?: true
  /** In pages. */
  readonly query?: readonly ('limit' | 'cursor')[]
  /** For a person, and nobody else: tokens are told that there is nothing. */
  readonly isOwn?: true
  /** Answers `no-report` where there is none to show. */
  readonly ofReport?: true
}

const ofWhole = '/accounts/:account'
const ofRepository = '/accounts/:account/repositories/:repository'

/** All of them: routes and OpenAPI are made of this. */
export const operations = {
  readOpenApi: {
    path: '/openapi.json',
    summary: 'This description (OpenAPI 3.1)',
    reply: 'OpenApi',
    isPublic: true,
  },
  readDefinitions: {
    path: '/definitions',
    summary: 'What every word and number of a report means',
    reply: 'Definitions',
    isPublic: true,
  },
  listAccounts: {
    path: '/accounts',
    summary: 'Accounts of which you may see anything, by number',
    reply: 'Accounts',
    query: ['limit', 'cursor'],
  },
  listRepositories: {
    path: `${ofWhole}/repositories`,
    summary: 'Repositories of an account that you can read, by number',
    reply: 'Repositories',
    query: ['limit', 'cursor'],
  },
  readReport: {
    path: `${ofWhole}/report`,
    summary: 'The newest report of an account',
    reply: 'Report',
    ofReport: true,
  },
  listSnapshots: {
    path: `${ofWhole}/snapshots`,
    summary: 'Mondays of which there is a report of an account',
    reply: 'Snapshots',
    query: ['limit', 'cursor'],
  },
  readSnapshot: {
    path: `${ofWhole}/snapshots/:day`,
    summary: 'The report of an account as of one of these Mondays',
    reply: 'Report',
  },
  readCoverage: {
    path: `${ofWhole}/coverage`,
    summary: 'How much is recorded at all, and by what: a part of the newest report of an account',
    reply: 'Coverage',
    ofReport: true,
  },
  readRepositoryReport: {
    path: `${ofRepository}/report`,
    summary: 'The newest report of a repository',
    reply: 'Report',
    ofReport: true,
  },
  listRepositorySnapshots: {
    path: `${ofRepository}/snapshots`,
    summary: 'Mondays of which there is a report of a repository',
    reply: 'Snapshots',
    query: ['limit', 'cursor'],
  },
  readRepositorySnapshot: {
    path: `${ofRepository}/snapshots/:day`,
    summary: 'The report of a repository as of one of these Mondays',
    reply: 'Report',
  },
  readRepositoryCoverage: {
    path: `${ofRepository}/coverage`,
    summary:
      'How much is recorded at all, and by what: a part of the newest report of a repository',
    reply: 'Coverage',
    ofReport: true,
  },
  readMine: {
    path: '/mine',
    summary:
      'Your own changes and what is recorded of each, the newest first; for whoever is signed in, and not for a token',
    reply: 'Mine',
    isOwn: true,
    query: ['cursor'],
  },
} as const satisfies Record<string, Operation>

export type OperationId = keyof typeof operations
