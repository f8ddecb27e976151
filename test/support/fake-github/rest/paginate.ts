import type { Call, Reply } from '../exchange.ts'
import type { Repository } from '../state.ts'

const defaultPerPage = 30
const maximumPerPage = 100

export interface Page<Item> {
  readonly items: readonly Item[]
  /** `link`, where there is more than one page. */
  readonly headers: Reply['headers']
}

/** One page of a repository's list. GitHub's links address a repository by its number, whatever the request did. */
export function paginate<Item>({ id }: Repository, call: Call, all: readonly Item[]): Page<Item> {
  const rest = call.path.replace(/^\/(?:repositories\/\d+|repos\/[^/]+\/[^/]+)/, '')
  return paginateAt(`/repositories/${id}${rest}`, call, all)
}

/** One page by `page` and `per_page`, as GitHub cuts it: nonsense counts as the default, too much as the maximum. */
export function paginateAt<Item>(path: string, call: Call, all: readonly Item[]): Page<Item> {
  const perPage = perPageOf(call)
  const page = positive(call.query.get('page')) ?? 1
  const last = Math.max(1, Math.ceil(all.length / perPage))
  const targets = [
    ...(page > 1 ? [['prev', page - 1] as const] : []),
    ...(page < last ? [['next', page + 1] as const, ['last', last] as const] : []),
    ...(page > 1 ? [['first', 1] as const] : []),
  ]
  const link = targets.map(([rel, to]) => `<${pageUrl(path, call, to)}>; rel="${rel}"`)
  return {
    items: all.slice((page - 1) * perPage, page * perPage),
    headers: link.length === 0 ? {} : { link: link.join(', ') },
  }
}

export function perPageOf({ query }: Call): number {
  return Math.min(positive(query.get('per_page')) ?? defaultPerPage, maximumPerPage)
}

function positive(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : undefined
}

function pageUrl(path: string, { query, urls }: Call, page: number): string {
  const parameters = new URLSearchParams(query)
  parameters.set('page', String(page))
  return `${urls.api}${path}?${parameters}`
}
