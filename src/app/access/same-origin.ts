import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { matchedRoutes } from 'hono/route'
import type { PageEnvironment } from '../server/page-environment.ts'
import { formTokenField } from './form-token-field.ts'
import { isSameSecret } from './same-secret.ts'
import { foreignFormPage, signedOutPage, tooLongFormPage } from './sign-in-pages.ts'

export { formTokenField }

const longestForm = 64 * 1024
const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS'])
const formType = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

const limited = bodyLimit({
  maxSize: longestForm,
  onError: (context) => context.html(tooLongFormPage(), 413),
})

/**
 * Lets only forms of these pages change anything: sent by the browser from here, as it says itself, by somebody who is signed in, with
 * the secret of that very session (RELIABILITY.md, section 4; ASVS 5.0, 3.5.1). What it has let through is read with
 * `context.req.parseBody({ all: true })`.
 *
 * @param publicUrl where people reach this server; null: the address that was asked
 */
export function requireSameOrigin(publicUrl: string | null): MiddlewareHandler<PageEnvironment> {
  return async (context, next) => {
    if (changesNothing.has(context.req.method) || !isThere(context)) return next()
    if (!isFromHere(context, publicUrl)) return context.html(foreignFormPage(), 403)
    const viewer = context.get('library')?.viewer
    if (viewer === undefined) return context.html(signedOutPage(), 401)
    // A token of the API reads, and whoever sits at this machine has no session to be used by others.
    if (viewer.kind === 'token') return context.html(foreignFormPage(), 403)
    return limited(context, async () => {
      if (viewer.kind === 'local' || (await carries(context, viewer.formToken))) return next()
      context.res = await context.html(foreignFormPage(), 403)
    })
  }
}

/** Whether anything would be done: what is nowhere is not there for anybody. Whatever is for all paths below one is a middleware. */
function isThere(context: Context): boolean {
  return matchedRoutes(context).some(
    ({ method, path }) => method === context.req.method || !path.endsWith('*'),
  )
}

/** By what the browser says, which no page can make it say: `Sec-Fetch-Site`, and `Origin` of those that do not send it. */
function isFromHere({ req }: Context, publicUrl: string | null): boolean {
  const site = req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  return req.header('origin') === (publicUrl ?? new URL(req.url).origin)
}

async function carries({ req }: Context, formToken: string): Promise<boolean> {
  if (!formType.test(req.header('content-type') ?? '')) return false
  const given = (await req.parseBody({ all: true }))[formTokenField]
  return typeof given === 'string' && isSameSecret(given, formToken)
}
