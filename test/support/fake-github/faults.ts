import type { Call, Reply } from './exchange.ts'
import type { State } from './state.ts'

/** Which requests a fault is for. What is left out matches all. */
export interface FaultMatch {
  readonly method?: string
  /** The path as it came, percent-encoded, without base and query: `/graphql` for GraphQL. */
  readonly path?: string | RegExp
  /** Tried on the query; only GraphQL requests match. */
  readonly graphql?: RegExp
  /** Tried on the query's variables, for faults that depend on the size of a page; only GraphQL requests match. */
  readonly variables?: (variables: Readonly<Record<string, unknown>>) => boolean
  /** From the n-th request on that all else matches, counted from 1 since the fault was pushed. Default 1. */
  readonly nth?: number
}

export type FaultResponse =
  /** A reply of this status. Body: default GitHub's JSON of an error; a string goes out as it is. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Reply['headers']
      readonly body?: unknown
      /** True: what was asked is done all the same, and only its reply lost. Default false. */
      readonly handled?: boolean
    }
  /** An HTML page. Status: default 200. */
  | { readonly kind: 'html'; readonly status?: number; readonly body?: string }
  /** The true reply, its JSON cut in the middle, with a content length that fits. */
  | { readonly kind: 'truncated-json' }
  /** The connection reset before any header. */
  | { readonly kind: 'reset'; readonly handled?: boolean }
  /** The true headers and half the body, then the connection closed. */
  | { readonly kind: 'cut-body' }
  /** The true headers and half the body, then nothing until the fake is closed. */
  | { readonly kind: 'stalled-body' }
  /** Nothing at all until the fake is closed. */
  | { readonly kind: 'silence'; readonly handled?: boolean }
  /** Handled only once `until` has settled or the handle's `release()` was called. */
  | { readonly kind: 'hold'; readonly until?: Promise<unknown> }
  /**
   * HTTP 200 with GraphQL errors. `kept`: beside the true data, with null at the path of each error; `none`: without
   * data, and nothing executed.
   */
  | {
      readonly kind: 'graphql-errors'
      readonly errors: readonly GraphqlFault[]
      readonly data: 'kept' | 'none'
      readonly headers?: Reply['headers']
    }
  /** The true reply, changed: a link to another origin, a field that is missing, an unknown enum member. */
  | { readonly kind: 'alter'; readonly alter: (reply: Reply) => Reply }

export interface GraphqlFault {
  readonly type?: string
  readonly message: string
  readonly path?: readonly (string | number)[]
}

export type Hook = (call: Call, state: State) => void | Promise<void>

/** Hooks of every fault that is due are run; of those with `respond`, only the first is due at one request. */
export interface Fault {
  readonly match?: FaultMatch
  /** How many requests it is for. Default 1. */
  readonly times?: number
  /** Without it the request is answered truly. */
  readonly respond?: FaultResponse
  /** Before the request is handled: changes the state under a reader's feet. */
  readonly before?: Hook
  /** The request is handled and its reply not yet sent: a client killed here cannot know that its write took place. */
  readonly after?: Hook
  /** The reply is on its way. */
  readonly sent?: Hook
}

export interface FaultHandle {
  /** How many requests it was applied to. */
  readonly used: number
  /** Fulfilled when the first such request has come. */
  readonly reached: Promise<void>
  /** Lets held requests go on, and those to come. */
  release(): void
}

/** A fault in the script, with what became of it. */
export class ScriptedFault implements FaultHandle {
  readonly fault: Fault
  readonly #reached = Promise.withResolvers<void>()
  readonly #released = Promise.withResolvers<void>()
  #matched = 0
  #used = 0

  constructor(fault: Fault) {
    this.fault = fault
  }

  get used(): number {
    return this.#used
  }

  get reached(): Promise<void> {
    return this.#reached.promise
  }

  get released(): Promise<void> {
    return this.#released.promise
  }

  get isSpent(): boolean {
    return this.#used >= (this.fault.times ?? 1)
  }

  release(): void {
    this.#released.resolve()
  }

  /** Counts the request, and says whether the fault is due at it. */
  isDue(call: Call): boolean {
    if (this.isSpent || !matches(this.fault.match ?? {}, call)) return false
    this.#matched += 1
    return this.#matched >= (this.fault.match?.nth ?? 1)
  }

  use(): void {
    this.#used += 1
    this.#reached.resolve()
  }
}

/** What goes wrong, in the order in which it was pushed. */
export class FaultScript {
  readonly #faults: ScriptedFault[] = []

  push(fault: Fault): FaultHandle {
    const scripted = new ScriptedFault(fault)
    this.#faults.push(scripted)
    return scripted
  }

  /** Faults that were not applied as often as they were meant to: a test that expects them did not meet them. */
  get unused(): readonly Fault[] {
    return this.#faults
      .filter(({ fault, isSpent }) => !isSpent && fault.times !== Infinity)
      .map(({ fault }) => fault)
  }

  /** The faults for this request. At most one of them responds. */
  take(call: Call): ScriptedFault[] {
    let responds = false
    return this.#faults.filter((scripted) => {
      if (!scripted.isDue(call)) return false
      if (scripted.fault.respond !== undefined) {
        if (responds) return false
        responds = true
      }
      scripted.use()
      return true
    })
  }
}

function matches({ method, path, graphql, variables }: FaultMatch, call: Call): boolean {
  if (method !== undefined && method !== call.method) return false
  if (typeof path === 'string' && path !== call.path) return false
  if (path instanceof RegExp && call.path.search(path) === -1) return false
  if (graphql !== undefined && queryOf(call).search(graphql) === -1) return false
  return variables === undefined || (call.path === '/graphql' && variables(variablesOf(call)))
}

function queryOf(call: Call): string {
  const { query } = graphqlBody(call)
  return typeof query === 'string' ? query : ''
}

function variablesOf(call: Call): Readonly<Record<string, unknown>> {
  const { variables } = graphqlBody(call)
  return typeof variables === 'object' && variables !== null ? { ...variables } : {}
}

function graphqlBody({ path, body }: Call): Readonly<Record<string, unknown>> {
  return path === '/graphql' && typeof body === 'object' && body !== null ? { ...body } : {}
}
