import { type Context, Hono } from 'hono'
import { mayLabel } from '../labels/may-label.ts'
import { accountPath } from '../pages/paths.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { accessLogRoutes } from './access-log-routes.ts'
import { isLooser, readAccountSettings } from './account-settings.ts'
import { readAnnouncements } from './announcements.ts'
import { applyChanges } from './apply-changes.ts'
import { type Asked, asked } from './asked-account.ts'
import { changeAccountSettings } from './change-settings.ts'
import { type FormInput, readFormInput } from './form-input.ts'
import { readSelfAuditForm } from './self-audit-form.ts'
import { readSettingsForm, type SettingsProblems } from './settings-form.ts'
import type { SettingsRoutesOptions } from './settings-options.ts'
import { settingsPage } from './settings-page.ts'
import type { SettingsContext, SettingsPage } from './settings-page-contents.ts'
import { tokenRoutes } from './token-routes.ts'

/** What destroys or tells more asks for a sign-in that is no older, milliseconds (RELIABILITY.md, section 4). */
export const freshFor = 10 * 60 * 1_000

/** Settings, self-audit, tokens and the access log of an account: what is written here passes nobody's library. */
export function settingsRoutes(options: SettingsRoutesOptions): Hono<PageEnvironment> {
  const { store, now, backfillWeeks } = options
  const routes = new Hono<PageEnvironment>()

  routes.get('/accounts/:account/settings', async (context) => {
    const one = await asked(context, 'member')
    if (one instanceof Response) return one
    const wasSaved = context.req.query('saved') !== undefined
    return show(context, one, { wasSaved })
  })

  routes.post('/accounts/:account/settings', async (context) => {
    const one = await asked(context, 'owner')
    if (one instanceof Response) return one
    const input = await readFormInput(context)
    const problems = await save(one, input)
    return problems === undefined
      ? context.redirect(`${accountPath(one.account.id)}/settings?saved`, 303)
      : show(context, one, { sent: { input, problems } })
  })

  routes.post('/accounts/:account/self-audit', async (context) => {
    const one = await asked(context, 'owner')
    if (one instanceof Response) return one
    const input = await readFormInput(context)
    const { answers, problems } = readSelfAuditForm(input, now())
    if (answers === undefined) return show(context, one, { sentAudit: { input, problems } })
    const by = { actor: one.viewer.userId, at: now() }
    await store
      .tenant(one.account.id)
      .write(null, (facts) => changeAccountSettings(facts, { selfAudit: answers }, by))
    return context.redirect(`${accountPath(one.account.id)}/settings?saved`, 303)
  })

  routes.route('/', tokenRoutes(options))
  routes.route('/', accessLogRoutes(options))
  return routes

  async function show(
    context: Context<PageEnvironment>,
    { account, viewer }: Asked,
    how: Partial<Pick<SettingsPage, 'wasSaved' | 'sent' | 'sentAudit'>>,
  ) {
    const status = how.sent === undefined && how.sentAudit === undefined ? 200 : 422
    const about = await contextOf(account.id)
    return context.html(
      settingsPage({ wasSaved: false, ...how, ...about, account, viewer }),
      status,
    )
  }

  async function contextOf(id: number): Promise<SettingsContext> {
    const tenant = await store.tenants.get(id)
    return store.tenant(id).read(async (facts) => {
      const there = (await facts.repositories.list()).filter(({ state }) => state !== 'removed')
      return {
        settings: await readAccountSettings(facts),
        repositories: there.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
        mayLabel: tenant !== undefined && mayLabel(tenant.permissions),
        serverDays: options.retentionDays,
        announcements: await readAnnouncements(facts, now()),
      }
    })
  }

  /** Undefined: it is saved. */
  async function save(
    { account, viewer }: Asked,
    input: FormInput,
  ): Promise<SettingsProblems | undefined> {
    const { id } = account
    const at = now()
    return await store.tenant(id).write(null, async (facts, enqueue) => {
      const there = (await facts.repositories.list()).filter(({ state }) => state !== 'removed')
      const { choices, problems } = readSettingsForm(input, new Set(there.map((one) => one.id)))
      if (choices === undefined) return problems
      const { thresholds } = await readAccountSettings(facts)
      if (isLooser(choices.thresholds, thresholds) && at - viewer.signedInAt > freshFor) {
        return notFresh
      }
      const change = await changeAccountSettings(facts, choices, { actor: viewer.userId, at })
      enqueue(await applyChanges(facts, change, { tenantId: id, at, backfillWeeks }))
      return undefined
    })
  }
}

const notFresh: SettingsProblems = {
  people:
    'A threshold is lowered only within ten minutes after signing in: sign out and in again, then save once more.',
}
