import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { connectGitHub, connectRest, convertManifest } from '../github/index.ts'
import { openStore, type Store } from '../store/index.ts'
import { createAccess } from './access/create-access.ts'
import type { AppSurroundings } from './app-surroundings.ts'
import { credentialsFile } from './configuration/credentials-file.ts'
import type { AppIdentity, Configuration } from './configuration.ts'
import { loadExample } from './example/load-example.ts'
import { createIngress } from './ingress/index.ts'
import { openLocalSource } from './local/contents.ts'
import type { Log } from './log.ts'
import { measureApp } from './measure-app.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createPages } from './server/create-pages.ts'
import { startServer } from './server/start-server.ts'
import { readManifestTemplate } from './setup/app-manifest.ts'
import { keepCredentials } from './setup/keep-credentials.ts'
import { createSetupKey } from './setup/setup-key.ts'
import { createSetup } from './setup/setup-routes.ts'

export interface ServeOptions {
  readonly configuration: Configuration
  readonly surroundings: AppSurroundings
  readonly log: Log
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal
  /** Tells whoever started the process at a terminal. */
  readonly say: (line: string) => void
}

/**
 * Serves until it is told to stop, or until it got its credentials by the set-up page: then whoever calls reads them and serves
 * anew. Nothing of it is left when it resolves.
 */
export async function serveApp(options: ServeOptions): Promise<'stopped' | 'connected'> {
  const { configuration, surroundings, log } = options
  const { now, randomBytes } = surroundings
  const { store: location } = configuration
  if (location.engine === 'sqlite') {
    // Others on the machine have no business in it.
    await mkdir(dirname(location.file), { recursive: true, mode: 0o700 })
  }
  const store = await openStore(location, { now, random: randomBytes })
  try {
    return await serve(options, store)
  } finally {
    await store.close()
    log.info('stopped')
  }
}

async function serve(options: ServeOptions, store: Store): Promise<'stopped' | 'connected'> {
  const { configuration, surroundings, log, say } = options
  const { webhookSecrets, identity, backfillWeeks, retentionDays } = configuration
  const { now } = surroundings
  const measure = () => measureApp(store)
  const metrics = createMetrics(measure, now)
  const stop = new AbortController()
  const ended = Promise.withResolvers<'stopped' | 'connected'>()
  if (options.signal.aborted) ended.resolve('stopped')
  options.signal.addEventListener('abort', () => ended.resolve('stopped'), { once: true })

  const setupKey = createSetupKey(surroundings.randomBytes)
  const example = configuration.connected
    ? undefined
    : openLocalSource(null, () => loadExample(now(), stop.signal))
  const pages = createPages({
    store,
    measure,
    metrics,
    metricsToken: configuration.metricsToken,
    log,
    now,
    isServing: () => !stop.signal.aborted,
    signIn: configuration.signIn !== null,
    access: createAccess({ store, configuration, surroundings, log }),
    settings: { store, now, randomBytes: surroundings.randomBytes, backfillWeeks, retentionDays },
    data: { store, now, webUrl: configuration.github.webUrl },
    publicUrl: configuration.publicUrl,
    setup: configuration.connected
      ? undefined
      : await setupOf(options, setupKey, () => ended.resolve('connected')),
    local: example,
  })
  const server = await startServer({
    // Until it has credentials, only this machine is let in, whatever was wished for.
    host: configuration.connected ? configuration.host : '127.0.0.1',
    port: configuration.port,
    ingress:
      webhookSecrets === null
        ? undefined
        : createIngress({ inbox: store.inbox, secrets: webhookSecrets, log, metrics, now }),
    pages: getRequestListener(pages.fetch, { overrideGlobalObjects: false }),
    log,
  })
  const { host, port } = server
  log.info('listening', { host, port, engine: store.engine, roles: rolesOf(configuration) })
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  if (!configuration.connected) say(`What Shipped shows a made-up example at ${address}`)
  say(
    configuration.connected
      ? `What Shipped listens on ${address}`
      : `What Shipped is not connected to GitHub yet: open ${address}/setup?key=${setupKey} on this machine`,
  )
  const shown = example?.read()
  const workers =
    identity === null ? undefined : work(options, identity, store, metrics, stop.signal)
  workers?.catch(ended.reject)
  try {
    return await ended.promise
  } finally {
    log.info('stopping')
    stop.abort()
    await Promise.allSettled([server.stop(), workers, shown])
  }
}

/** Loaded only where it is used: a process that takes deliveries in has neither the key nor what uses it. */
async function work(
  { configuration, surroundings, log }: ServeOptions,
  { appId, privateKey }: AppIdentity,
  store: Store,
  metrics: Metrics,
  signal: AbortSignal,
): Promise<void> {
  const [{ createGitHubClients }, { runWorkers }] = await Promise.all([
    import('./github-clients.ts'),
    import('./jobs/run-workers.ts'),
  ])
  const { backfillWeeks, retentionDays, publicUrl, github, store: location } = configuration
  await runWorkers({
    store,
    location,
    github: createGitHubClients({ appId, privateKey, ...github, surroundings, metrics }),
    log,
    metrics,
    surroundings,
    settings: { backfillWeeks, retentionDays, publicUrl: publicUrl ?? undefined },
    signal,
  })
}

async function setupOf(
  { configuration, surroundings, log }: ServeOptions,
  key: string,
  onConnected: () => void,
): Promise<ReturnType<typeof createSetup>> {
  const { github, publicUrl, store } = configuration
  const file = credentialsFile(store)
  const api = connectGitHub(connectRest({ baseUrl: github.apiUrl }), surroundings)
  return createSetup({
    template: await readManifestTemplate(),
    key,
    githubUrl: github.webUrl,
    publicUrl,
    convert: (code) => convertManifest(api, code),
    keep: file === undefined ? null : (app) => keepCredentials(file, app),
    onConnected,
    log,
    now: surroundings.now,
    randomBytes: surroundings.randomBytes,
  })
}

function rolesOf({ webhookSecrets, identity, connected }: Configuration): string {
  if (!connected) return 'setup'
  return [webhookSecrets === null ? [] : ['ingress'], identity === null ? [] : ['worker']]
    .flat()
    .join(',')
}
