import type { Caller } from '../caller.ts'
import { operationOf } from '../contract.ts'
import type { Call, Reply } from '../exchange.ts'
import type { Hooks } from '../hooks.ts'
import type { Need } from '../permissions.ts'
import type { Repository, State } from '../state.ts'

export interface CallContext {
  /** As far as the caller reaches. */
  readonly state: State
  /** All that there is. */
  readonly whole: State
  readonly caller: Caller
  readonly hooks: Hooks
  readonly call: Call
  /** A parameter of the path, decoded. */
  readonly param: (name: string) => string
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface RestContext extends CallContext {
  readonly repository: Repository
}

/** An operation on no repository: on an App, an installation or an organisation. */
export interface AppRoute {
  /** `operationId` in openapi.json. */
  readonly operation: string
  readonly handle: (context: CallContext) => Reply
}

/** One operation: who may do it, and what it does. Its method and path are GitHub's own, by `operation`. */
export interface Route {
  /** `operationId` in openapi.json. */
  readonly operation: string
  readonly need: Need
  readonly handle: (context: RestContext) => Reply
}

/** Values by the names in the path's template, or undefined when the request is for something else. */
export function matchRoute(
  { operation }: Pick<Route, 'operation'>,
  method: string,
  path: string,
): ReadonlyMap<string, string> | undefined {
  const template = operationOf(operation)
  if (template.method !== method) return undefined
  const names: string[] = []
  const pattern = template.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name)
    return template.multiSegment.includes(name) ? '(.*)' : '([^/]+)'
  })
  const values = new RegExp(`^${pattern}$`).exec(path)?.slice(1)
  return values && new Map(names.map((name, index) => [name, decode(values[index] ?? '')]))
}

/** What cannot be decoded stands as it is: it names nothing that the fake holds. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
