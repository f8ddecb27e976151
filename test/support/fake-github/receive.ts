import type { IncomingMessage } from 'node:http'
import type { Call, Urls } from './exchange.ts'

/** Where the APIs are: on hosts of their own at github.com, below a path on a GitHub Enterprise Server. */
export type Form = 'github.com' | 'ghes'

export const bases = {
  'github.com': { rest: '', graphql: '/graphql' },
  ghes: { rest: '/api/v3', graphql: '/api/graphql' },
} as const satisfies Record<Form, { rest: string; graphql: string }>

/** Reads a request to its end. Undefined: the client went away before, so that there is nobody to answer. */
export async function receive(
  request: IncomingMessage,
  form: Form,
  urls: Urls,
): Promise<{ readonly call: Call; readonly known: boolean } | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk)
  } catch {
    return undefined
  }
  const target = request.url ?? '/'
  const at = target.indexOf('?')
  const raw = at === -1 ? target : target.slice(0, at)
  const path = withoutBase(raw, form)
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
  const call: Call = {
    method: request.method ?? 'GET',
    path: path ?? raw,
    query: new URLSearchParams(at === -1 ? '' : target.slice(at)),
    headers: Object.fromEntries(headers),
    body: readBody(Buffer.concat(chunks).toString()),
    urls,
  }
  return { call, known: path !== undefined }
}

/** The path below the API's base; undefined when it is not below it. */
function withoutBase(path: string, form: Form): string | undefined {
  const { rest, graphql } = bases[form]
  if (path === graphql) return '/graphql'
  return path.startsWith(`${rest}/`) ? path.slice(rest.length) : undefined
}

function readBody(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
