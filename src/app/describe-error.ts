/** What may be told of an error: what kind it is and where it came from. */
export interface ErrorDescription {
  readonly name: string
  /** Of the operating system, the database or GitHub: `ECONNREFUSED`, `23505`, `permission`. */
  readonly code?: string
  readonly status?: number
  /** The places in our own code that it came through, the nearest first. */
  readonly at?: readonly string[]
  readonly cause?: ErrorDescription
}

const identifier = /^[\w.-]{1,40}$/
const deepest = 3

/**
 * Describes an error without its message: a parser quotes what it could not read, a database the value that it refused,
 * GitHub's replies the names that were asked for. Class, code and place are our own words, and find the fault as well.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = codeOf(error)
  const at = placesOf(error)
  const first = error instanceof AggregateError ? error.errors[0] : error.cause
  return {
    name: identifier.test(error.name) ? error.name : 'Error',
    ...(code === undefined ? {} : { code }),
    ...('status' in error && typeof error.status === 'number' ? { status: error.status } : {}),
    ...(at.length === 0 ? {} : { at }),
    ...(first instanceof Error && depth < deepest
      ? { cause: describeError(first, depth + 1) }
      : {}),
  }
}

function codeOf(error: Error): string | undefined {
  const fields: Readonly<Record<string, unknown>> = { ...error }
  for (const value of [fields.code, fields.failure]) {
    if (typeof value === 'string' && identifier.test(value)) return value
  }
  return undefined
}

/** `src/store/inbox.ts:12`: the stack without its first lines, which repeat the message. */
function placesOf({ stack = '' }: Error): string[] {
  return [...stack.matchAll(/^ {4}at .*?\b(src\/[\w./-]+:\d+)(?::\d+)?\)?$/gm)]
    .flatMap(([, place]) => place ?? [])
    .slice(0, 3)
}
