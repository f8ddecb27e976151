import type { Account, State } from './state.ts'

/** A GitHub App, as GitHub keeps it. */
export interface App {
  id: number
  slug: string
  name: string
  owner: Account
  clientId: string
  clientSecret: string
  /** PEM. */
  publicKey: string
  /** PEM, as GitHub gives it once. */
  privateKey: string
  /** Null: the App has no hook. */
  webhookSecret: string | null
  /** Where its deliveries go; null: nowhere yet. */
  hookUrl: string | null
  /** What it asks for, by GitHub's names. */
  permissions: Record<string, 'read' | 'write'>
  /** What it subscribes to; those about installations come unasked. */
  events: string[]
  /** From the oldest to the newest. */
  deliveries: LoggedDelivery[]
}

export interface Installation {
  id: number
  appId: number
  /** The organisation or person, the same object as its repositories' owner. */
  account: Account
  /** Ids; `all`: those to come, too. */
  repositories: 'all' | number[]
  /** What an owner granted. */
  permissions: Record<string, 'read' | 'write'>
  /** Null: active. */
  suspendedAt: string | null
  /** The organisation's list of allowed addresses keeps the App's machine out. */
  addressRefused: boolean
  createdAt: string
}

export interface IssuedToken {
  token: string
  installationId: number
  permissions: Record<string, 'read' | 'write'>
  repositories: 'all' | number[]
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** One attempt to deliver. */
export interface LoggedDelivery {
  id: number
  guid: string
  /** Milliseconds since the epoch. */
  deliveredAt: number
  redelivery: boolean
  /** 0: no answer. */
  statusCode: number
  status: string
  event: string
  action: string | null
  installationId: number | null
  repositoryId: number | null
  /** As it is sent, byte by byte. */
  body: string
}

export interface CheckRun {
  id: number
  name: string
  appId: number
  headSha: string
  externalId: string | null
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: string | null
  startedAt: string
  completedAt: string | null
  detailsUrl: string | null
  title: string | null
  summary: string | null
  text: string | null
  actions: readonly { label: string; description: string; identifier: string }[]
}

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read'

export interface Membership {
  organization: string
  login: string
  role: 'admin' | 'member'
  state: 'active' | 'pending'
}

export function findApp(state: State, id: number): App {
  const app = state.apps.find((candidate) => candidate.id === id)
  if (app === undefined) throw new Error(`the fake GitHub has no app ${id}`)
  return app
}

export function findInstallation(state: State, id: number): Installation | undefined {
  return state.installations.find((installation) => installation.id === id)
}

/** Ids of the repositories that an installation reaches. */
export function reachOf(state: State, { account, repositories }: Installation): number[] {
  return state.repositories
    .filter(
      ({ id, owner }) =>
        owner.id === account.id && (repositories === 'all' || repositories.includes(id)),
    )
    .map(({ id }) => id)
}

/** The account that acts for an App. */
export function botOf({ id, slug }: App): Account {
  return { id: 200_000_000 + id, login: `${slug}[bot]`, type: 'Bot' }
}
