import type { LogFields } from '../log.ts'

/** What is outside of the database. */
export interface Outside {
  readonly name: string
  readonly purpose: string
  readonly kept: string
}

/** The cookies that there are: both are needed, and nobody is followed by them. */
export const cookies: readonly Outside[] = [
  {
    name: '__Host-session',
    purpose: 'Who is signed in: a random id, and nothing else',
    kept: '24 hours, or until signing out',
  },
  {
    name: '__Host-sign-in',
    purpose:
      'That whoever comes back from GitHub is who went there: encrypted, with no person in it',
    kept: '10 minutes',
  },
]

/** All that a line of the log can say. Names, titles, addresses and texts of anybody have no field. */
export const logFields: Readonly<Record<keyof LogFields, string>> = {
  delivery: 'number of a delivery',
  webhook: 'kind of a delivery',
  action: 'what happened on GitHub, as a word of GitHub’s',
  outcome: 'what came of it, as a word of ours',
  kind: 'kind of a job',
  tenant: 'GitHub’s number of an account',
  installation: 'GitHub’s number of an installation',
  repository: 'GitHub’s number of a repository',
  number: 'number of a pull request',
  permission: 'a permission that is missing',
  reason: 'why, as a word of ours',
  tries: 'how often it was tried',
  status: 'status of an HTTP answer',
  milliseconds: 'how long it took',
  bytes: 'how much',
  count: 'how many',
  total: 'of how many',
  waiting: 'how many wait',
  at: 'a time',
  host: 'where this server listens',
  port: 'likewise',
  engine: 'which database',
  roles: 'what this process does',
  version: 'version of the App',
  signal: 'how it was stopped',
  error:
    'class and code of a failure, and the places in our code that it came through; never its message',
}

/** What leaves this server. Nothing goes to anybody but GitHub: no analytics, no error service, no AI, no font or picture. */
export const sentToGitHub: readonly string[] = [
  'Questions about pull requests, repositories, installations and members, in the name of the installation.',
  'Who is signed in, what they may see and whether they are an owner: asked with that person’s own token.',
  'The check of each pull request: what is recorded in that change, its timeline, and the published statements of its repository and account. Everybody who can read the pull request can read it.',
  'Labels on pull requests, where an owner asked for them.',
]
