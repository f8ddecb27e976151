import { type Context, Hono } from 'hono'
import { createApiToken } from '../access/api-token.ts'
import { accountPath } from '../pages/paths.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { type Asked, asked } from './asked-account.ts'
import { readFormInput } from './form-input.ts'
import type { SettingsRoutesOptions } from './settings-options.ts'
import { readTokenForm } from './token-form.ts'
import { type TokensPage, tokensPage } from './tokens-page.ts'

const day = 24 * 60 * 60 * 1_000

/** Tokens of the API, which owners make and revoke. */
export function tokenRoutes({
  store,
  now,
  randomBytes,
}: SettingsRoutesOptions): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()

  routes.get('/accounts/:account/tokens', async (context) => {
    const one = await asked(context, 'owner')
    return one instanceof Response ? one : show(context, one, {})
  })

  routes.post('/accounts/:account/tokens', async (context) => {
    const one = await asked(context, 'owner')
    if (one instanceof Response) return one
    const input = await readFormInput(context)
    const { id } = one.account
    const token = createApiToken(id, randomBytes)
    const at = now()
    const actor = one.viewer.userId
    const { wanted, problems } = await store.tenant(id).write(null, async (facts) => {
      const read = readTokenForm(input, await facts.tokens.list())
      if (read.wanted === undefined) return read
      const { name, days } = read.wanted
      const expiresAt = at + days * day
      await facts.tokens.create(token, { name, createdBy: actor, createdAt: at, expiresAt })
      const outcome = `valid until ${new Date(expiresAt).toISOString().slice(0, 10)}`
      await facts.audit.add({ at, actor, action: 'create-token', subject: name, outcome })
      return read
    })
    return wanted === undefined
      ? show(context, one, { sent: { input, problems } })
      : show(context, one, { made: { token, name: wanted.name } })
  })

  routes.post('/accounts/:account/tokens/revoke', async (context) => {
    const one = await asked(context, 'owner')
    if (one instanceof Response) return one
    const name = (await readFormInput(context)).name?.[0] ?? ''
    const { id } = one.account
    const line = { at: now(), actor: one.viewer.userId, action: 'revoke-token', subject: name }
    await store.tenant(id).write(null, async ({ tokens, audit }) => {
      if (await tokens.delete(name)) await audit.add({ ...line, outcome: 'done' })
    })
    return context.redirect(`${accountPath(id)}/tokens#tokens`, 303)
  })
  return routes

  async function show(
    context: Context<PageEnvironment>,
    { account, viewer }: Asked,
    how: Pick<TokensPage, 'made' | 'sent'>,
  ) {
    const tokens = await store.tenant(account.id).read((facts) => facts.tokens.list())
    const page = tokensPage({ account, viewer, tokens, now: now(), ...how })
    return context.html(page, how.sent === undefined ? 200 : 422)
  }
}
