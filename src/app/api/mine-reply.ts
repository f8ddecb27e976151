import { indexRegistry, type KnownMarks, shippedRegistry } from '../../provenance/index.ts'
import type { MineRoutesOptions } from '../mine/mine-routes.ts'
import { findOwnAccounts } from '../mine/own-accounts.ts'
import { readOwnPage } from '../mine/own-changes.ts'
import { askedPage, byId } from './page-of.ts'
import { problem } from './problems.ts'
import type { Answer } from './replies.ts'
import { reply } from './reply.ts'
import { MineSchema } from './reply-schemas.ts'

/** More changes than anybody has. */
const mostPages = 1_000

/**
 * A person's own changes, as their own page shows them. For a token, and where nobody is signed in, there are none.
 *
 * @param data undefined: nothing is kept of anybody
 */
export function mineReply(data: MineRoutesOptions | undefined): Answer {
  let marks: KnownMarks | undefined
  return async (context, library) => {
    const { viewer } = library
    // Pages are told by their numbers.
    const asked = askedPage(context, byId)
    const number = asked && Number(asked.after ?? 1)
    if (number === undefined || !(number <= mostPages)) {
      return problem(context, 'invalid-parameter')
    }
    if (viewer.kind !== 'person' || data === undefined) return problem(context, 'not-found')
    const { store, now, webUrl } = data
    marks ??= indexRegistry(shippedRegistry())
    const found = await findOwnAccounts(store, library, viewer)
    const own = await readOwnPage(store, found, number, { marks, now: now(), webUrl })
    const next = own.hasMore ? String(number + 1) : null
    if (next !== null) context.header('link', `<${context.req.path}?cursor=${next}>; rel="next"`)
    const changes = own.changes.map(({ openedAt, ...change }) => ({
      ...change,
      openedAt: openedAt === null ? null : new Date(openedAt).toISOString(),
    }))
    // What else is known of an account or a change, a person's key for one, is in no schema.
    const told = MineSchema.parse({ accounts: own.accounts, changes, next })
    return reply(context, JSON.stringify(told), 'by-none')
  }
}
