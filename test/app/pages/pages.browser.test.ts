import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Library } from '../../../src/app/library/library.ts'
import { visibleText } from '../../../src/report/index.ts'
import { exampleReport } from '../../report/example-report.ts'
import { startBrowser } from '../../support/browser.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'
import { aMemoryAccount, aMemoryLibrary, aPerson } from '../../support/memory-library.ts'
import { type ServedLibrary, servedAt, serveLibrary } from '../../support/serve-library.ts'
import { fullAccount, pageStates, shown } from './page-states.ts'

let browser: Browser
let served: ServedLibrary

beforeAll(async () => {
  browser = await startBrowser()
  served = await serveLibrary()
})

afterAll(async () => {
  await browser?.close()
  await served?.stop()
})

let complaints: string[] = []

beforeEach(() => {
  complaints = []
})

/** Opens a page, and notes what the browser complains of, is asked for from elsewhere, or is made to say. */
async function open(
  path: string,
  library: Library | undefined,
  settings: Parameters<Browser['newPage']>[0] = {},
): Promise<Page> {
  served.show(library)
  const page = await browser.newPage(settings)
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => complaints.push(dialog.message()))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${served.address}/`)) complaints.push(request.url())
  })
  await page.goto(served.address + path)
  return page
}

const full = aMemoryLibrary([fullAccount])
const openAll = "document.querySelectorAll('details').forEach((one) => { one.open = true })"

/** What axe finds, in words: its rule and the first place. */
function violations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  const only = rules.length === 0 ? '' : `, runOnly: ${JSON.stringify(rules)}`
  return page.evaluate<string[]>(
    `axe.run({ resultTypes: ['violations']${only} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
  )
}

describe.each(Object.entries(pageStates))('%s', (_, state) => {
  const { path, library } = state
  const status = 'status' in state ? state.status : 200

  test('has nothing that axe objects to, asks for nothing from elsewhere, and never scrolls sideways', async () => {
    const page = await open(path, library)
    await page.evaluate(openAll)
    await page.evaluate(axe.source)
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await violations(page, ['color-contrast'])).toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
    // From a phone to 200 % zoom to a desk.
    for (const width of [320, 360, 640, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
      expect(wide).toBeLessThanOrEqual(width)
    }
    // The browser itself complains of a page that is not there.
    expect(complaints.filter((one) => !one.includes(`status of ${status}`))).toEqual([])
    await page.close()
  })
})

describe('by the keyboard alone', () => {
  const focused = 'document.activeElement.textContent.trim()'

  test('one gets past the bar, or along it from left to right', async () => {
    const page = await open('/accounts/21', full)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(focused)).toBe('Skip to the text')
    const order: string[] = []
    for (let press = 0; press < 7; press += 1) {
      await page.keyboard.press('Tab')
      order.push(await page.evaluate<string>(focused))
    }
    expect(order).toEqual([
      'What Shipped',
      'harbour-lights',
      'Repositories',
      'Settings',
      'Access log',
      'Mine',
      'Sign out',
    ])
    await page.close()
  })

  test('skipping lands in the text, and what has the focus is seen', async () => {
    const page = await open('/accounts/21', full)
    await page.keyboard.press('Tab')
    const { top, outline } = await page.evaluate<{ top: number; outline: string }>(
      '({ top: document.activeElement.getBoundingClientRect().top, outline: getComputedStyle(document.activeElement).outlineStyle })',
    )
    expect(top).toBeGreaterThanOrEqual(0)
    expect(outline).toBe('solid')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await page.keyboard.press('Tab')
    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true)
    await page.close()
  })

  test('without scripts one gets from an organisation to a repository and to an earlier week', async () => {
    const page = await open('/', full, { javaScriptEnabled: false })
    await page.getByRole('link', { name: 'harbour-lights/api' }).last().press('Enter')
    await page.getByRole('heading', { level: 1, name: 'harbour-lights/api' }).waitFor()
    await page.getByRole('link', { name: 'harbour-lights', exact: true }).press('Enter')
    await page.getByRole('link', { name: '15 June 2026' }).press('Enter')
    await page.getByText('As of 15 June 2026').waitFor()
    await page.getByRole('link', { name: 'The newest one' }).press('Enter')
    await page.getByText('As of 22 June 2026').waitFor()
    expect(complaints).toEqual([])
    await page.close()
  })
})

test('a screen reader finds the parts by landmarks and headings', async () => {
  const page = await open('/accounts/21', full)
  for (const role of ['banner', 'main', 'contentinfo'] as const) {
    expect(await page.getByRole(role).count()).toBe(1)
  }
  for (const name of ['Account', 'You', 'About these pages']) {
    expect(await page.getByRole('navigation', { name, exact: true }).count()).toBe(1)
  }
  const levels = await page.evaluate<number[]>(
    "[...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName[1]))",
  )
  levels.forEach((level, index) => {
    expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1)
  })
  await page.close()
})

test('prints in grey, all details open, and without the ways to other pages', async () => {
  const page = await open('/accounts/21', full, { viewport: { width: 680, height: 960 } })
  await page.emulateMedia({ media: 'print' })
  // What was closed is laid out with the next frame.
  const heights = await page.evaluate<number[]>(`
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
      [...document.querySelectorAll('.part details:not([open]) table')]
        .map((one) => one.checkVisibility() ? one.getBoundingClientRect().height : 0))`)
  expect(heights.length).toBeGreaterThan(5)
  expect(Math.min(...heights)).toBeGreaterThan(20)
  expect(await page.getByRole('navigation').count()).toBe(0)
  expect(await page.getByText('Shorter time to merge').first().isVisible()).toBe(true)
  expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)')
  await page.close()
})

describe('names that people chose on GitHub', () => {
  const texts = maliciousTexts.filter(({ text }) => text.trim() !== '' && text.length < 100_000)
  const names = texts.map(({ text }) => text)

  /** Each entry is a link and a few words of ours, and the link is the name and nothing else. */
  async function expectEntries(page: Page, expected: readonly string[]): Promise<void> {
    const entries = await page.evaluate<[string, string, number][]>(`
      [...document.querySelectorAll('.entries > li')].map((one) =>
        [[...one.children].map(({ tagName }) => tagName).join(' '), one.querySelector('a').textContent,
          one.querySelector('a').children.length])`)
    expect(entries).toEqual(expected.map((name) => ['A SPAN', visibleText(name), 0]))
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(360)
    expect(complaints).toEqual([])
  }
  const phone = { viewport: { width: 360, height: 740 } }

  test('do nothing as names of accounts', async () => {
    const accounts = names.map((name, index) => aMemoryAccount({ id: index + 1, name }))
    const page = await open('/', aMemoryLibrary(accounts), phone)
    await expectEntries(page, names)
    await page.close()
  })

  test('do nothing as names of repositories, in a report and in announcements', async () => {
    const report = exampleReport()
    const [row] = report.repositories
    if (row === undefined) throw new Error('The example has no repositories')
    const account = aMemoryAccount({
      standing: shown({ ...report, repositories: names.map((name) => ({ ...row, name })) }),
      repositories: names.map((name, index) => ({
        ...{ id: index + 1, name, visibility: 'public', standing: { kind: 'empty' } },
      })),
      announcements: names.map((text) => ({ at: servedAt, text })),
    })
    const page = await open('/accounts/21', aMemoryLibrary([account]), phone)
    await page.evaluate(openAll)
    const byName = names.toSorted((one, next) => (one < next ? -1 : 1))
    await expectEntries(page, byName)
    const rows = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.part .name')].map((one) => one.querySelectorAll('*').length + one.textContent)",
    )
    expect(rows).toEqual(names.map((name) => `1${visibleText(name)}`))
    expect(await page.locator('.announcements li').count()).toBe(names.length)
    await page.close()
  })

  // Markup is what could do something here; a page for each of the others says nothing new.
  const marked = texts.filter(({ check }) => check.includes('html-inert'))

  /** A page with that name in its heading, title and bar, and of whoever looks at it. */
  async function openNamed(name: string, path: string): Promise<Page> {
    const repository = { id: 1, name, visibility: 'public', standing: { kind: 'hidden' } } as const
    const account = aMemoryAccount({ name, repositories: [repository] })
    return open(path, aMemoryLibrary([account], { ...aPerson, login: name }), phone)
  }
  const elements =
    "['h1 > *', '.bar *', 'head > *', 'body *'].map((one) => document.querySelectorAll(one).length)"

  test.each(marked.map(({ name, text }) => [name, text]))(
    '%s does nothing as the name of a page and of whoever looks at it',
    async (_, text) => {
      for (const path of ['/accounts/21', '/accounts/21/repositories/1']) {
        const harmless = await openNamed('harbour-lights', path)
        const page = await openNamed(text, path)
        expect(await page.evaluate(elements)).toEqual(await harmless.evaluate(elements))
        expect(await page.title()).toContain(visibleText(text).slice(0, 20).trim())
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
        expect(wide).toBeLessThanOrEqual(360)
        await Promise.all([page.close(), harmless.close()])
      }
      expect(complaints).toEqual([])
    },
  )
})
