import { type Context, Hono } from 'hono'
import { indexRegistry, type KnownMarks, shippedRegistry } from '../../provenance/index.ts'
import type { Store } from '../../store/index.ts'
import { takeCookie } from '../access/session-cookie.ts'
import { signInPath } from '../access/sign-in-pages.ts'
import type { Library } from '../library/library.ts'
import { parseId } from '../pages/paths.ts'
import { notFoundPage } from '../pages/problem-page.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { readFormInput } from '../settings/form-input.ts'
import { freshFor } from '../settings/settings-routes.ts'
import { eraseOwn } from './erase-own.ts'
import { exampleMine } from './example-mine.ts'
import { erasedMinePage, minePage, nobodysMinePage, problems } from './mine-page.ts'
import { findOwnAccounts, type Person } from './own-accounts.ts'
import { readOwnPage } from './own-changes.ts'
import { exportOwn } from './own-export.ts'

export interface MineRoutesOptions {
  readonly store: Store
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Web address of GitHub, without a slash at its end. */
  readonly webUrl: string
}

/** What is kept of whoever is signed in: to see, to take along, to erase. There is no way to anybody else's. */
export function mineRoutes({ store, now, webUrl }: MineRoutesOptions): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  let marks: KnownMarks | undefined

  routes.get('/mine', async (context) => {
    const asked = await whoAsks(context)
    if (asked instanceof Response) return asked
    const number = parseId(context.req.query('page') ?? '1')
    if (number === undefined || number > mostPages) return context.html(notFoundPage(), 404)
    return context.html(await show(asked, number))
  })

  routes.get('/mine/export', async (context) => {
    const asked = await whoAsks(context)
    if (asked instanceof Response) return asked
    const accounts = await findOwnAccounts(store, asked.library, asked.viewer, 'records')
    return download(context, exportOwn(store, accounts, asked.viewer, now()))
  })

  routes.post('/mine/erase', async (context) => {
    const asked = await whoAsks(context)
    if (asked instanceof Response) return asked
    const { library, viewer } = asked
    const { account: [chosen] = [], confirmed: [confirmed] = [] } = await readFormInput(context)
    if (confirmed !== 'yes') return refuse('unconfirmed')
    if (now() - viewer.signedInAt > freshFor) return refuse('stale')
    const accounts = (await findOwnAccounts(store, library, viewer, 'records')).filter(
      ({ id }) => chosen === 'all' || String(id) === chosen,
    )
    if (accounts.length === 0) return refuse('unknown')
    const changes = await eraseOwn(store, accounts, viewer.userId, now())
    takeCookie(context, 'session')
    return context.html(erasedMinePage(changes))

    async function refuse(why: keyof typeof problems) {
      return context.html(await show({ library, viewer }, 1, problems[why]), 422)
    }
  })
  return routes

  async function show({ library, viewer }: Asked, number: number, problem?: string) {
    marks ??= indexRegistry(shippedRegistry())
    const accounts = await findOwnAccounts(store, library, viewer, 'changes')
    const own = await readOwnPage(store, accounts, number, { marks, now: now(), webUrl })
    return minePage(own, viewer, problem)
  }
}

/** More changes than anybody has. */
const mostPages = 1_000

interface Asked {
  readonly library: Library
  readonly viewer: Person
}

/** A token of the API is nobody, and so nothing is there for it. */
async function whoAsks(context: Context<PageEnvironment>): Promise<Asked | Response> {
  const library = context.get('library')
  if (library === undefined) return context.redirect(signInPath('/mine'), 303)
  const { viewer } = library
  return viewer.kind === 'person' ? { library, viewer } : context.html(notFoundPage(), 404)
}

/**
 * The same pages on this machine alone: of a made-up person in the example, and of nobody over a clone or a file.
 *
 * @param now milliseconds since the epoch
 */
export function localMineRoutes(isExample: boolean, now: () => number): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  const example = exampleMine(now)
  routes.get('/mine', async (context) => {
    const viewer = context.get('library')?.viewer
    if (viewer === undefined) return context.html(notFoundPage(), 404)
    return context.html(isExample ? minePage(await example(), viewer) : nobodysMinePage(viewer))
  })
  routes.get('/mine/export', async (context) => {
    if (!isExample || context.get('library') === undefined) {
      return context.html(notFoundPage(), 404)
    }
    const { changes } = await example()
    const lines = changes.map((change) => `${JSON.stringify({ synthetic: true, change })}\n`)
    return download(context, lines)
  })
  return routes
}

function download(
  context: Context<PageEnvironment>,
  lines: Iterable<string> | AsyncIterable<string>,
): Response {
  const bytes = ReadableStream.from(lines).pipeThrough(new TextEncoderStream())
  return context.body(bytes, 200, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'content-disposition': 'attachment; filename="what-shipped-mine.ndjson"',
  })
}
