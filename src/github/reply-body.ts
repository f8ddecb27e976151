import { text } from 'node:stream/consumers'
import type { ReadableStream } from 'node:stream/web'

/**
 * The JSON of a body that Octokit left unread; a text where it is none. Whole numbers that JavaScript cannot hold exactly
 * become texts of their digits.
 */
export async function readExactly(body: unknown): Promise<unknown> {
  const written =
    body instanceof globalThis.ReadableStream ? await text(body as ReadableStream) : ''
  try {
    return JSON.parse(written, exact)
  } catch {
    // What is no JSON is judged as Octokit's replies are: a text instead of data.
    return written
  }
}

function exact(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const rounded = Number.isInteger(value) && !Number.isSafeInteger(value)
  return rounded ? (context?.source ?? value) : value
}

/** Parameters of the page that a `link` header (RFC 8288) calls the next; null: there is none. */
export function nextPage(
  link: string | number | undefined,
): Readonly<Record<string, string>> | null {
  const [, target = ''] = /<([^>]*)>;\s*rel="next"/.exec(String(link ?? '')) ?? []
  const query = URL.parse(target)?.searchParams
  return query === undefined ? null : Object.fromEntries(query)
}
