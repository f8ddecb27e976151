/** A request as the fake sees it: the base that it came by (`/api/v3`, `/api`) is cut off its path. */
export interface Call {
  readonly method: string
  /** Still percent-encoded; `/graphql` for GraphQL. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  /** The parsed JSON, the text when it is not JSON, undefined when there was none. */
  readonly body: unknown
  readonly urls: Urls
}

/** The absolute bases that links in replies start with. */
export interface Urls {
  /** REST, by the base that the request came by. No slash at the end. */
  readonly api: string
  /** The pages. */
  readonly web: string
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Undefined: no body. A string goes out as it is, anything else as JSON. */
  readonly body: unknown
}

export function json(status: number, body: unknown, headers: Reply['headers'] = {}): Reply {
  return { status, headers, body }
}

/** GitHub's shape of an error. */
export function problem(
  status: number,
  message: string,
  more: { readonly errors?: readonly unknown[]; readonly headers?: Reply['headers'] } = {},
): Reply {
  const { errors, headers = {} } = more
  const documentation = 'https://docs.github.com/rest'
  return {
    status,
    headers,
    body: {
      message,
      ...(errors === undefined ? {} : { errors }),
      documentation_url: documentation,
      status: String(status),
    },
  }
}

export function notFound(): Reply {
  return problem(404, 'Not Found')
}

export const notAccessible = 'Resource not accessible by integration'
