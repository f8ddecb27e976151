import { getRequestListener } from '@hono/node-server'
import axe from 'axe-core'
import { Hono } from 'hono'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDocumentLibrary } from '../../../src/app/library/document-library.ts'
import type { Library } from '../../../src/app/library/library.ts'
import { type LocalSource, openLocalSource } from '../../../src/app/local/contents.ts'
import { localRoutes } from '../../../src/app/local/local-routes.ts'
import { styleSheet } from '../../../src/app/pages/style-sheet.ts'
import type { PageEnvironment } from '../../../src/app/server/page-environment.ts'
import { securityHeaders } from '../../../src/app/server/security-headers.ts'
import { type RunningServer, startServer } from '../../../src/app/server/start-server.ts'
import { startBrowser } from '../../support/browser.ts'

let browser: Browser
const servers: RunningServer[] = []
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

beforeAll(async () => {
  browser = await startBrowser()
})

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

afterAll(async () => {
  await browser?.close()
})

const canary = '<img src=x onerror=alert(1)>“”\u202e'

/** A library of accounts of the example, with nothing behind them. */
const library = createDocumentLibrary(
  ['example', 'example-closed', canary].map((name) => ({
    name,
    synthetic: true,
    state: 'open',
    standing: { kind: 'empty' },
    repositories: [],
  })),
)

/** A source whose reading ends when the test says so. */
function aSource(name: string | null) {
  const ended = Promise.withResolvers<Library>()
  let tell: (line: string) => void = () => {}
  const source = openLocalSource(name, (onProgress) => {
    tell = onProgress
    return ended.promise
  })
  const settled = source.read()
  return { source, settled, tell: (line: string) => tell(line), ...ended }
}

async function serve(source: LocalSource): Promise<string> {
  const pages = new Hono<PageEnvironment>()
  pages.use(securityHeaders)
  pages.route('/', localRoutes({ source, isSetUp: () => false }))
  pages.get(styleSheet.path, (context) =>
    context.body(styleSheet.text, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    ingress: undefined,
    pages: getRequestListener(pages.fetch, { overrideGlobalObjects: false }),
    log,
  })
  servers.push(server)
  return `http://127.0.0.1:${server.port}`
}

async function open(address: string, settings: Parameters<Browser['newPage']>[0] = {}) {
  const complaints: string[] = []
  const page = await browser.newPage(settings)
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(address)
  return { page, complaints }
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(
    "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
  )
}

const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'

describe('the page of a source that is being read', () => {
  test('tells how far it is, and gives way to what was read, by itself', async () => {
    const { source, tell, resolve } = aSource(null)
    const { page, complaints } = await open(await serve(source))
    expect(await violations(page)).toEqual([])
    const line = page.getByRole('status')
    expect(await line.textContent()).toBe('It has just begun.')
    tell('1,200 of 3,000 commits of the branch read')
    await expect
      .poll(() => line.textContent(), { timeout: 15_000 })
      .toBe('1,200 of 3,000 commits of the branch read')
    resolve(library)
    await page.getByRole('heading', { name: 'Look at an example' }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  }, 60_000)

  test('gives way to the reason where it fails, whatever that holds', async () => {
    const { source, reject } = aSource(canary)
    const { page, complaints } = await open(await serve(source))
    reject(new Error(`${canary} is no clone`))
    await page.getByRole('heading', { name: 'This could not be read' }).waitFor()
    expect(await page.locator('.notice').textContent()).toContain('onerror=alert(1)')
    expect(await page.locator('img').count()).toBe(0)
    expect(await violations(page)).toEqual([])
    expect(complaints.filter((one) => !one.includes('status of 500'))).toEqual([])
    await page.close()
  }, 60_000)

  test('says the same without script, where one looks again by a link', async () => {
    const { source, settled, tell, resolve } = aSource('records.ndjson')
    const { page } = await open(await serve(source), { javaScriptEnabled: false })
    tell('half of it')
    await page.getByRole('link', { name: 'Look again' }).click()
    expect(await page.getByRole('status').textContent()).toBe('half of it')
    resolve(createDocumentLibrary([]))
    await settled
    await page.close()
  }, 60_000)
})

describe('the first page of the example', () => {
  test.each([
    ['on a phone', { viewport: { width: 320, height: 640 } }],
    ['in the dark', { colorScheme: 'dark' as const }],
    ['at 200 %', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ])(
    'fits and has nothing that axe objects to, %s',
    async (_case, settings) => {
      const { source, settled, resolve } = aSource(null)
      resolve(library)
      await settled
      const { page, complaints } = await open(await serve(source), settings)
      expect(await page.evaluate(isWide)).toBe(false)
      expect(await violations(page)).toEqual([])
      expect(await page.locator('img').count()).toBe(0)
      expect(complaints).toEqual([])
      await page.close()
    },
    60_000,
  )
})
