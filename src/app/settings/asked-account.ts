import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Account } from '../library/library.ts'
import type { Viewer } from '../library/viewer.ts'
import { parseId } from '../pages/paths.ts'
import { notFoundPage, problemPage } from '../pages/problem-page.ts'
import type { PageEnvironment } from '../server/page-environment.ts'

/** The account of a request, and who asks. */
export interface Asked {
  readonly account: Account
  readonly viewer: Extract<Viewer, { kind: 'person' }>
}

/**
 * Whose pages are asked for, by somebody who may: a member, or an owner. Otherwise the answer: to sign in; that there is no such page,
 * for whoever may not know of the account; that it is for owners, for its members.
 */
export async function asked(
  context: Context<PageEnvironment>,
  role: 'member' | 'owner',
): Promise<Asked | Response> {
  const library = context.get('library')
  if (library === undefined) {
    const path = context.req.method === 'GET' ? context.req.path : '/'
    return context.redirect(`/sign-in?return_to=${encodeURIComponent(path)}`, 303)
  }
  const id = parseId(context.req.param('account') ?? '')
  const account = id === undefined ? undefined : await library.account(id)
  const { viewer } = library
  if (account === undefined || viewer.kind !== 'person' || account.role === 'outsider') {
    return context.html(notFoundPage(), 404)
  }
  if (role === 'owner' && account.role !== 'owner') return context.html(forOwners(), 403)
  return { account, viewer }
}

function forOwners() {
  return problemPage(
    'This is for owners',
    'Only owners of the account change its settings or make tokens.',
    html`Every member can read the settings and the access log. Who the owners are is decided on GitHub.`,
  )
}
