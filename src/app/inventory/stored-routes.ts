import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { PageEnvironment } from '../server/page-environment.ts'
import { storedPage } from './stored-page.ts'

/** What is stored, for everybody. */
export function storedRoutes(): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  routes.get('/stored', compress(), (context) =>
    context.html(storedPage({ viewer: context.get('library')?.viewer, at: '/stored' })),
  )
  return routes
}
