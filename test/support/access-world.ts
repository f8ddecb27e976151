import { randomBytes } from 'node:crypto'
import { getRequestListener } from '@hono/node-server'
import { onTestFinished } from 'vitest'
import { createAccess } from '../../src/app/access/create-access.ts'
import { sessionKeyOf } from '../../src/app/access/session-key.ts'
import { createIngress, webhookPath } from '../../src/app/ingress/index.ts'
import { measureApp } from '../../src/app/measure-app.ts'
import { createMetrics } from '../../src/app/metrics.ts'
import { createPages } from '../../src/app/server/create-pages.ts'
import { startServer } from '../../src/app/server/start-server.ts'
import type { Snapshot, Store } from '../../src/store/index.ts'
import { type AppCase, type AppCaseInit, anAppCase, install } from '../app/jobs/app-case.ts'
import type { Account, Membership, Repository } from './fake-github/index.ts'
import type { SignInPlace } from './sign-in.ts'

/** An App with its pages and its webhook on a socket, its work done when a test says so, and a GitHub with people. */
export interface AccessWorld extends SignInPlace {
  readonly app: AppCase
  readonly github: AppCase['github']
  readonly store: Store
  /** Every route that is served, as Hono knows them: middlewares are among them. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  /** Works off what GitHub delivered, and what follows from it. */
  settle(): Promise<void>
  /** Another replica's pages over the same store; its address is another one, and it calls itself the same. */
  anotherReplica(init?: { readonly fetch?: typeof fetch }): Promise<SignInPlace>
}

export interface AccessWorldInit extends Omit<AppCaseInit, 'repositories'> {
  /** Repositories of one owner make one installation. */
  readonly repositories: readonly Repository[]
  readonly users: readonly Account[]
  readonly memberships?: readonly Membership[]
  /** What the process may ask of the network by itself; GitHub's REST API is asked by Octokit. */
  readonly fetch?: typeof fetch
  /** In place of the store that pages read. */
  readonly wrapStore?: (store: Store) => Store
}

export const publicUrl = 'https://shipped.example.com'

/** A world for one test, which ends with it. All that is on GitHub was read. */
export async function anAccessWorld(init: AccessWorldInit): Promise<AccessWorld> {
  const app = await anAppCase(init)
  const { github, work } = app
  github.state.users.push(...init.users)
  github.state.memberships.push(...(init.memberships ?? []))
  const replica = { app, wrapStore: init.wrapStore ?? ((store: Store) => store) }
  const { address, routes } = await serve({ ...replica, fetch: init.fetch ?? fetch })
  app.app.hookUrl = address + webhookPath
  await install(app)
  return {
    app,
    github,
    store: work.store,
    address,
    routes,
    publicUrl,
    settle: async () => {
      await github.hooks.settled()
      await app.settle()
    },
    anotherReplica: async (more = {}) => ({
      address: (await serve({ ...replica, fetch: more.fetch ?? fetch })).address,
      publicUrl,
      github,
    }),
  }
}

async function serve({
  app: { app, github, work },
  fetch,
  wrapStore,
}: {
  readonly app: AppCase
  readonly fetch: typeof globalThis.fetch
  readonly wrapStore: (store: Store) => Store
}): Promise<Pick<AccessWorld, 'address' | 'routes'>> {
  const { log } = work
  const store = wrapStore(work.store)
  const { clientId, clientSecret, webhookSecret } = app
  const surroundings = { ...work.surroundings, fetch }
  const { now } = surroundings
  const sessionKey = sessionKeyOf({ sessionKey: null, clientSecret })
  const measure = () => measureApp(store)
  const metrics = createMetrics(measure, now)
  const configuration = {
    signIn: { clientId, clientSecret, sessionKey, publicUrl },
    github: { apiUrl: github.apiUrl, webUrl: github.url },
    retentionDays: 400,
  }
  const pages = createPages({
    store,
    measure,
    metrics,
    metricsToken: randomBytes(20).toString('hex'),
    log,
    now,
    isServing: () => true,
    signIn: true,
    access: createAccess({ store, configuration, surroundings, log }),
    settings: { store, now, randomBytes, backfillWeeks: 26, retentionDays: 400 },
    data: { store, now, webUrl: github.url },
    publicUrl,
    setup: undefined,
  })
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    ingress: createIngress({
      inbox: work.store.inbox,
      secrets: { current: webhookSecret ?? '', old: null },
      log,
      metrics,
      now,
    }),
    pages: getRequestListener(pages.fetch, { overrideGlobalObjects: false }),
    log,
  })
  onTestFinished(() => server.stop())
  return { address: `http://127.0.0.1:${server.port}`, routes: pages.routes }
}

/** Publishes a report of an account, or of one of its repositories, as of the Monday before. */
export async function publish(
  { store, app }: Pick<AccessWorld, 'store' | 'app'>,
  account: Account,
  snapshot: Pick<Snapshot, 'report'> & Partial<Snapshot>,
): Promise<void> {
  const week = 7 * 24 * 60 * 60 * 1_000
  // The first day of 1970 was a Thursday.
  const monday = Math.floor((app.clock.now + (3 * week) / 7) / week) * week - (3 * week) / 7
  await store.tenant(account.id).write(null, ({ snapshots }) =>
    snapshots.put({
      scope: 'organisation',
      repositoryId: 0,
      asOf: monday,
      methodVersion: '1',
      repositories: [],
      builtAt: app.clock.now,
      ...snapshot,
    }),
  )
}
