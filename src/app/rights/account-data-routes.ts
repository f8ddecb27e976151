import { Hono } from 'hono'
import type { Store } from '../../store/index.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { asked } from '../settings/asked-account.ts'
import { readFormInput } from '../settings/form-input.ts'
import { freshFor } from '../settings/settings-routes.ts'
import { accountDataPage, erasedAccountPage, problems } from './account-data-page.ts'
import { exportFacts } from './export-facts.ts'

export interface AccountDataRoutesOptions {
  readonly store: Store
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Web address of GitHub, without a slash at its end. */
  readonly webUrl: string
}

/** All that is kept of an account, for its owners: to take along, and to erase. */
export function accountDataRoutes({
  store,
  now,
  webUrl,
}: AccountDataRoutesOptions): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()

  routes.get('/accounts/:account/facts.ndjson', async (context) => {
    const one = await asked(context, 'owner')
    if (one instanceof Response) return one
    const by = { actor: one.viewer.userId, now }
    const lines = exportFacts(store, one.account.id, by)
    const bytes = ReadableStream.from(lines).pipeThrough(new TextEncoderStream())
    return context.body(bytes, 200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="what-shipped-facts.ndjson"',
    })
  })

  routes.get('/accounts/:account/erase', async (context) => {
    const one = await asked(context, 'owner')
    return one instanceof Response ? one : context.html(accountDataPage(one))
  })

  routes.post('/accounts/:account/erase', async (context) => {
    const one = await asked(context, 'owner')
    if (one instanceof Response) return one
    const { account, viewer } = one
    const { name: [name = ''] = [] } = await readFormInput(context)
    if (name.trim().toLowerCase() !== account.name.toLowerCase()) {
      return context.html(accountDataPage({ ...one, problem: problems.name }), 422)
    }
    if (now() - viewer.signedInAt > freshFor) {
      return context.html(accountDataPage({ ...one, problem: problems.stale }), 422)
    }
    const tenant = await store.tenants.get(account.id)
    await store.tenants.erase(account.id, viewer.userId)
    const installation = tenant === undefined ? webUrl : installationUrl(webUrl, tenant)
    return context.html(erasedAccountPage({ viewer, name: account.name, installation }))
  })
  return routes
}

/** Where an owner removes the App. */
function installationUrl(
  webUrl: string,
  { kind, login, installationId }: { kind: string; login: string; installationId: number },
): string {
  const of = kind === 'Organization' ? `/organizations/${encodeURIComponent(login)}` : ''
  return `${webUrl}${of}/settings/installations/${installationId}`
}
