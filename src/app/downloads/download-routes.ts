import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { loadReports } from '../../report/index.ts'
import { signInPath } from '../access/sign-in-pages.ts'
import { findReport, findScope } from '../library/find-scope.ts'
import { notFoundPage } from '../pages/problem-page.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { fileName } from './file-name.ts'

const formats = {
  html: { type: 'text/html; charset=utf-8', renderer: 'renderHtml' },
  json: { type: 'application/json; charset=utf-8', renderer: 'renderJson' },
  csv: { type: 'text/csv; charset=utf-8; header=present', renderer: 'renderCsv' },
} as const

type Format = keyof typeof formats

/** Published reports as files, for whoever may see the page of them: in the access log they stand as downloaded. */
export function downloadRoutes(): Hono<PageEnvironment> {
  const routes = new Hono<PageEnvironment>()
  // Nothing of a request is in a file, so that its length tells nothing of what else it holds (BREACH).
  const compressed = compress()
  for (const scope of ['/accounts/:account', '/accounts/:account/repositories/:repository']) {
    for (const format of ['html', 'json', 'csv'] as const) {
      routes.get(`${scope}/report.${format}`, compressed, (context) => download(context, format))
    }
  }
  return routes
}

async function download(context: Context<PageEnvironment>, format: Format) {
  const library = context.get('library')
  if (library === undefined) {
    const { pathname, search } = new URL(context.req.url)
    return context.redirect(signInPath(pathname + search))
  }
  const found = await findScope(library, {
    account: context.req.param('account') ?? '',
    repository: context.req.param('repository'),
  })
  const report = found && (await findReport(found, context.req.query('as-of'), 'download-report'))
  if (found === undefined || report === undefined) return context.html(notFoundPage(), 404)
  const { type, renderer } = formats[format]
  const { [renderer]: render } = await loadReports()
  return context.body(render(report), 200, {
    'content-type': type,
    'content-disposition': `attachment; filename="${fileName(found.name, report.asOf, format)}"`,
  })
}
