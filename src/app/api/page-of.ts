import type { Context } from 'hono'

const most = 100
const usual = 50

/** The part of a list that was asked for. */
export interface AskedPage {
  readonly limit: number
  /** The last entry of the page before; undefined: from the start. */
  readonly after: string | undefined
}

/** What entries of a list are told by, and in which order they come. */
export interface Order {
  readonly key: RegExp
  readonly isBehind: (key: string, other: string) => boolean
}

/** Numbers of GitHub's, ascending. */
export const byId: Order = {
  key: /^[1-9]\d{0,15}$/,
  isBehind: (id, other) => Number(id) > Number(other),
}

/** Days, the newest first. */
export const byDay: Order = {
  key: /^\d{4}-\d\d-\d\d$/,
  isBehind: (day, other) => day < other,
}

/** Undefined: it is not written as it should be. */
export function askedPage({ req }: Context, { key }: Order): AskedPage | undefined {
  const limit = req.query('limit') ?? String(usual)
  const after = req.query('cursor')
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > most) return undefined
  if (after !== undefined && !key.test(after)) return undefined
  return { limit: Number(limit), after }
}

/**
 * One page of a list. What comes and goes meanwhile moves nothing else: the next page begins behind the last entry, also once that one
 * is gone.
 *
 * @param all in the same order
 * @param keyOf what the next page begins behind
 */
export function pageOf<Entry>(
  all: readonly Entry[],
  { limit, after }: AskedPage,
  keyOf: (entry: Entry) => string,
  { isBehind }: Order,
): { readonly entries: readonly Entry[]; readonly next: string | null } {
  const rest = after === undefined ? all : all.filter((one) => isBehind(keyOf(one), after))
  const entries = rest.slice(0, limit)
  const last = entries.at(-1)
  return { entries, next: rest.length > limit && last !== undefined ? keyOf(last) : null }
}

/** The next page as a link (RFC 8288), relative to the server. */
export function nextLink({ req }: Context, { limit }: AskedPage, next: string): string {
  return `<${req.path}?limit=${limit}&cursor=${next}>; rel="next"`
}
