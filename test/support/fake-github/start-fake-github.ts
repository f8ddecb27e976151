import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from './answer.ts'
import type { App, Installation, Membership } from './app-state.ts'
import { githubActions, writeTime } from './builders.ts'
import type { TokenTimes } from './caller.ts'
import { type Delivery, planDelivery, send } from './deliver.ts'
import { type Call, notFound, problem, type Reply, type Urls } from './exchange.ts'
import { FaultScript, type Hook, type ScriptedFault } from './faults.ts'
import { Hooks } from './hooks.ts'
import { answerOauth } from './oauth.ts'
import type { Permissions } from './permissions.ts'
import { bases, type Form, receive } from './receive.ts'
import type { Account, RateLimits, Repository, State } from './state.ts'

export interface FakeGitHubOptions {
  readonly repositories?: Repository[]
  /** Default: a workflow's own account. */
  readonly viewer?: Account
  readonly token?: string
  /** What a workflow's `permissions` would say; `metadata: read` comes unasked, as in a workflow. Default: all that the Action can use. */
  readonly permissions?: Permissions
  /** Default: a workflow's limits on github.com, none on a GitHub Enterprise Server. */
  readonly rateLimits?: RateLimits | null
  /** `ghes`: a GitHub Enterprise Server, whose APIs are at `/api/v3` and `/api/graphql`. */
  readonly form?: Form
  /** Milliseconds since the epoch; it dates what happens while the fake runs. */
  readonly now?: () => number
  /** Milliseconds since the epoch; what Apps sign is judged by it. Default: the true clock, since clients sign with that. */
  readonly signingNow?: () => number
  readonly apps?: App[]
  readonly installations?: Installation[]
  readonly memberships?: Membership[]
  /** Who can sign in. */
  readonly users?: Account[]
}

/** One request as it came, and what it was answered with. */
export interface LoggedRequest {
  readonly method: string
  /** Without base and query, percent-encoded. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
  /** Null: no status was sent, or not yet. */
  status: number | null
}

export interface FakeGitHub {
  /** The pages, and no slash at the end. */
  readonly url: string
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly state: State
  /** Deliveries to Apps. */
  readonly hooks: Hooks
  /** Bases of the links in replies and deliveries. */
  readonly urls: Urls
  readonly now: () => number
  /** Every request, in the order in which they came. */
  readonly requests: readonly LoggedRequest[]
  readonly faults: FaultScript
  /**
   * What the fake could not answer as GitHub would: a reply that GitHub's description does not allow, a field that is
   * not modelled, a hook that threw. Such a request gets a 500. Every test ends by expecting none.
   */
  readonly contractErrors: readonly string[]
  /** Ends every connection, hanging ones too. */
  close(): Promise<void>
}

const hour = 3_600_000

/** Starts a GitHub on a free port of the loopback interface. */
export async function startFakeGitHub(options: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  const now = options.now ?? Date.now
  const form = options.form ?? 'github.com'
  const state = initialState(options, form, now())
  const hooks = new Hooks(now)
  const requests: LoggedRequest[] = []
  const faults = new FaultScript()
  const contractErrors: string[] = []
  const server = createServer((request, response) => {
    void serve(request, response)
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = await receive(request, form, urls())
    if (received === undefined) return
    const { call, known } = received
    const entry = log(call)
    requests.push(entry)
    const due = faults.take(call)
    const delivery = await decide(
      call,
      due,
      () =>
        answerOauth(state, call, now()) ??
        (known ? answer({ state, hooks, times: times() }, call) : notFound()),
    )
    entry.status = delivery.reply?.status ?? null
    const id = requests.length.toString(16).toUpperCase().padStart(4, '0')
    await send(withRequestId(delivery, id), request, response)
    await runHooks(call, due, 'sent').catch((error: unknown) => blame(call, error))
  }

  function times(): TokenTimes {
    return { now: now(), signingNow: (options.signingNow ?? Date.now)() }
  }

  async function decide(
    call: Call,
    due: readonly ScriptedFault[],
    handle: () => Reply,
  ): Promise<Delivery> {
    try {
      await runHooks(call, due, 'before')
      const responding = due.find(({ fault }) => fault.respond !== undefined)
      const delivery = await planDelivery(responding, handle)
      await runHooks(call, due, 'after')
      return delivery
    } catch (error) {
      return { how: 'whole', reply: problem(500, blame(call, error)) }
    }
  }

  async function runHooks(
    call: Call,
    due: readonly ScriptedFault[],
    hook: 'before' | 'after' | 'sent',
  ): Promise<void> {
    for (const { fault } of due) {
      const run: Hook | undefined = fault[hook]
      await run?.(call, state)
    }
  }

  function blame(call: Call, error: unknown): string {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `${call.method} ${call.path}: ${reason}`
    contractErrors.push(message)
    return message
  }

  function urls(): Urls {
    const { port } = server.address() as AddressInfo
    const web = `http://127.0.0.1:${port}`
    return { web, api: web + bases[form].rest }
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { web, api } = urls()
  return {
    url: web,
    apiUrl: api,
    graphqlUrl: web + bases[form].graphql,
    state,
    hooks,
    urls: { web, api },
    now,
    requests,
    faults,
    contractErrors,
    close: async () => {
      await hooks.settled()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

function initialState(options: FakeGitHubOptions, form: Form, now: number): State {
  const everything = { 'pull-requests': 'write', issues: 'write', contents: 'read' } as const
  const resetAt = writeTime(now + hour)
  const workflowLimits = {
    core: { limit: 1000, remaining: 1000, resetAt },
    graphql: { limit: 1000, remaining: 1000, resetAt },
  }
  const rateLimits = form === 'ghes' ? null : workflowLimits
  return {
    token: options.token ?? 'fake-token',
    viewer: options.viewer ?? githubActions,
    permissions: { metadata: 'read', ...(options.permissions ?? everything) },
    repositories: options.repositories ?? [],
    rateLimits: options.rateLimits === undefined ? rateLimits : options.rateLimits,
    apps: options.apps ?? [],
    installations: options.installations ?? [],
    tokens: [],
    memberships: options.memberships ?? [],
    manifestCodes: {},
    users: options.users ?? [],
    authorizations: [],
    userTokens: [],
    userTokenLife: 8 * 3_600,
    samlOrganizations: [],
  }
}

function log({ method, path, query, headers, body }: Call): LoggedRequest {
  return { method, path, query: Object.fromEntries(query), headers, body, status: null }
}

function withRequestId(delivery: Delivery, id: string): Delivery {
  if (delivery.reply === undefined) return delivery
  const { reply } = delivery
  const headers = { 'x-github-request-id': `FA4E:${id}`, ...reply.headers }
  return { ...delivery, reply: { ...reply, headers } }
}
