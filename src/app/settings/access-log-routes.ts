import { Hono } from 'hono'
import type { PageEnvironment } from '../server/page-environment.ts'
import { accessLogPage, mostLines } from './access-log-page.ts'
import { asked } from './asked-account.ts'
import type { SettingsRoutesOptions } from './settings-options.ts'

/** Reading the log again within this time is no new line, milliseconds. */
const onceIn = 60 * 60 * 1_000

/** The access log, which owners and members read, and in which that stands too. */
export function accessLogRoutes({
  store,
  now,
}: Pick<SettingsRoutesOptions, 'store' | 'now'>): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  routes.get('/accounts/:account/access-log', async (context) => {
    const one = await asked(context, 'member')
    if (one instanceof Response) return one
    const { account, viewer } = one
    const line = { at: now(), actor: viewer.userId, action: 'read-access-log' }
    await store.tenant(account.id).write(null, async ({ audit }) => {
      const lately = await audit.list(mostLines, {
        actions: [line.action],
        since: line.at - onceIn,
      })
      if (lately.some(({ actor }) => actor === viewer.userId)) return
      await audit.add({ ...line, subject: 'access log', outcome: 'shown' })
    })
    const entries = await account.accessLog({ limit: mostLines })
    return context.html(accessLogPage({ account, viewer, entries }))
  })
  return routes
}
