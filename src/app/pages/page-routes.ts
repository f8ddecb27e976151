import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { signInPath } from '../access/sign-in-pages.ts'
import type { Account, Library, Scope } from '../library/library.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { accountsPage } from './accounts-page.ts'
import { definitionsPage } from './definitions-page.ts'
import { methodPage } from './method-page.ts'
import { notForPage } from './not-for-page.ts'
import { accountPath, parseId } from './paths.ts'
import { notFoundPage } from './problem-page.ts'
import { scopePage } from './scope-page.ts'
import { styleSheet } from './style-sheet.ts'

export interface PageRoutesOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The first page, for whoever is not signed in. */
  readonly landing: (context: Context<PageEnvironment>) => Response | Promise<Response>
}

/** The pages that show reports and say what they are; all they show comes from the viewer's library. */
export function pageRoutes({ now, landing }: PageRoutesOptions): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  // On these pages alone: nothing of a request is shown on them, so that their length tells nothing of what else they hold (BREACH).
  const compressed = compress()

  routes.get('/', async (context) => {
    const library = context.get('library')
    if (library === undefined) return landing(context)
    const accounts = await library.accounts()
    const [only] = accounts
    if (accounts.length === 1 && only !== undefined) return context.redirect(accountPath(only.id))
    return context.html(accountsPage(accounts, library.viewer))
  })

  routes.get('/accounts/:account', compressed, async (context) => {
    const library = context.get('library')
    if (library === undefined) return toSignIn(context)
    const account = await findAccount(library, context.req.param('account'))
    const shown =
      account &&
      (await showScope(context, {
        ...{ library, account, now: now() },
        ...{ scope: { kind: 'organisation' }, name: account.name },
      }))
    return shown ?? context.html(notFoundPage(), 404)
  })

  routes.get('/accounts/:account/repositories/:repository', compressed, async (context) => {
    const library = context.get('library')
    if (library === undefined) return toSignIn(context)
    const account = await findAccount(library, context.req.param('account'))
    const id = parseId(context.req.param('repository'))
    const repository = id === undefined ? undefined : await account?.repository(id)
    const shown =
      account &&
      repository &&
      (await showScope(context, {
        ...{ library, account, now: now() },
        ...{ scope: { kind: 'repository', id: repository.id }, name: repository.name },
      }))
    return shown ?? context.html(notFoundPage(), 404)
  })

  for (const [path, made] of [
    ['/method', methodPage],
    ['/definitions', definitionsPage],
    ['/not-for', notForPage],
  ] as const) {
    routes.get(path, compressed, async (context) =>
      context.html(await made({ viewer: context.get('library')?.viewer, at: path })),
    )
  }

  routes.get(styleSheet.path, compressed, (context) =>
    context.body(styleSheet.text, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }),
  )
  return routes
}

/** After signing in, whoever asked comes to what they asked for. */
function toSignIn(context: Context<PageEnvironment>): Response {
  const { pathname, search } = new URL(context.req.url)
  return context.redirect(signInPath(pathname + search))
}

async function findAccount(library: Library, text: string): Promise<Account | undefined> {
  const id = parseId(text)
  return id === undefined ? undefined : library.account(id)
}

interface Shown {
  readonly library: Library
  readonly account: Account
  readonly scope: Scope
  readonly name: string
  readonly now: number
}

/** Undefined: there is no report of the week that was asked for. */
async function showScope(
  context: Context<PageEnvironment>,
  { library, account, scope, name, now }: Shown,
): Promise<Response | undefined> {
  const isWhole = scope.kind === 'organisation'
  const isForViewer = !(isWhole && account.role === 'outsider')
  const asked = context.req.query('as-of')
  const [weeks, announcements, repositories] = await Promise.all([
    isForViewer ? account.weeks(scope) : [],
    account.announcements(),
    isWhole ? account.repositories() : [],
  ])
  const common = {
    viewer: library.viewer,
    account,
    scope,
    name,
    weeks,
    announcements,
    repositories,
    now,
  }
  const week = weeks.find(({ asOf }) => new Date(asOf).toISOString().slice(0, 10) === asked)
  if (asked === undefined || (week !== undefined && week === weeks[0])) {
    const standing = isForViewer ? await account.standing(scope) : undefined
    return context.html(await scopePage({ ...common, standing, earlier: undefined }))
  }
  const earlier = week && (await account.report(scope, week.asOf))
  if (earlier === undefined) return undefined
  return context.html(await scopePage({ ...common, standing: undefined, earlier }))
}
