import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderHtml } from '../../../src/report/html/html-report.ts'
import { startBrowser } from '../../support/browser.ts'
import { servePage } from '../../support/serve-page.ts'
import { cloneReport, exampleReport, hiddenReport } from '../example-report.ts'

const reports = [
  ['example', exampleReport()],
  ['hidden', hiddenReport()],
  ['clone', cloneReport()],
] as const

/** What the report must bear where it is put: nothing but its own style. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

let browser: Browser

beforeAll(async () => {
  browser = await startBrowser()
})

afterAll(async () => {
  // Undefined where the browser could not be started, which has failed already.
  await browser?.close()
})

type Settings = Parameters<Browser['newPage']>[0]

/** Opens the page from a server, hands it over, and expects that it asked for nothing else and complained of nothing. */
async function withPage(
  html: string,
  settings: Settings,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const served = await servePage(html, policy)
  const page = await browser.newPage(settings)
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(request.url()))
  try {
    await page.goto(served.address)
    await use(page)
    expect(complaints).toEqual([])
    expect(served.requests).toEqual(['/'])
  } finally {
    await page.close()
    await served.close()
  }
}

const openAll = "document.querySelectorAll('details').forEach((one) => { one.open = true })"

/** What axe finds, in words: its rule and the first place. */
async function violations(page: Page, rules: readonly string[] = []): Promise<string[]> {
  const only = rules.length === 0 ? '' : `, runOnly: ${JSON.stringify(rules)}`
  return page.evaluate<string[]>(
    `axe.run({ resultTypes: ['violations']${only} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
  )
}

describe.each(reports)('the page of the %s report', (_, report) => {
  const html = renderHtml(report)

  it('has nothing that axe objects to, in light and in dark', async () => {
    await withPage(html, {}, async (page) => {
      await page.evaluate(openAll)
      await page.evaluate(axe.source)
      expect(await violations(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      // All that the scheme changes.
      expect(await violations(page, ['color-contrast'])).toEqual([])
    })
  })

  it('never scrolls sideways, from a phone to 200 % zoom to a desk', async () => {
    await withPage(html, {}, async (page) => {
      await page.evaluate(openAll)
      for (const width of [320, 360, 640, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
        expect(wide).toBeLessThanOrEqual(width)
      }
    })
  })
})

describe('on a phone', () => {
  it.each([360, 390])('no table scrolls sideways at a width of %d', async (width) => {
    await withPage(
      renderHtml(exampleReport()),
      { viewport: { width, height: 800 } },
      async (page) => {
        await page.evaluate(openAll)
        const wide = await page.evaluate<string[]>(`
        [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth)
          .map((one) => one.getAttribute('aria-label'))`)
        expect(wide).toEqual([])
      },
    )
  })
})

describe('the page', () => {
  const html = renderHtml(exampleReport())

  it('is dark where dark is preferred', async () => {
    await withPage(html, {}, async (page) => {
      for (const [colorScheme, colour] of [
        ['light', 'rgb(255, 255, 255)'],
        ['dark', 'rgb(17, 22, 27)'],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        expect(
          await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor'),
        ).toBe(colour)
      }
    })
  })

  it('can be used with the keyboard alone', async () => {
    await withPage(html, {}, async (page) => {
      await page.keyboard.press('Tab')
      expect(await page.evaluate<string>('document.activeElement.className')).toBe('skip')
      const summaries = await page.evaluate<number>("document.querySelectorAll('summary').length")
      const reached = new Set<string>()
      const focused =
        "document.activeElement.matches('summary') ? document.activeElement.textContent : ''"
      // Each press moves on; after the last one the focus leaves the page.
      for (let press = 0; press < 200 && reached.size < summaries; press++) {
        await page.keyboard.press('Tab')
        const summary = await page.evaluate<string>(focused)
        if (summary === '') continue
        reached.add(summary)
        await page.keyboard.press('Enter')
        expect(await page.evaluate<boolean>('document.activeElement.parentElement.open')).toBe(true)
        await page.keyboard.press('Enter')
      }
      expect(reached.size).toBe(summaries)
    })
  })

  it.each([
    [360, 'narrow'],
    [1280, 'wide'],
  ])('at a width of %d shows the %s charts alone, all words inside', async (width, fit) => {
    await withPage(html, { viewport: { width, height: 800 } }, async (page) => {
      const shown = await page.evaluate<{ fit: string; outside: string[] }[]>(`
        [...document.querySelectorAll('figure svg')].filter((svg) => svg.checkVisibility())
          .map((svg) => {
            const frame = svg.getBoundingClientRect()
            const outside = [...svg.querySelectorAll('text')].filter((one) => {
              const { left, right } = one.getBoundingClientRect()
              return left < frame.left - 1 || right > frame.right + 1
            })
            return {
              fit: svg.parentElement.className,
              outside: outside.map((one) => one.textContent),
            }
          })`)
      expect(shown).toEqual(Array.from({ length: 8 }, () => ({ fit, outside: [] })))
    })
  })

  it('prints in grey, with all details open', async () => {
    await withPage(html, { viewport: { width: 680, height: 960 } }, async (page) => {
      await page.emulateMedia({ media: 'print' })
      // What was closed is laid out with the next frame.
      const heights = await page.evaluate<number[]>(`
        new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() =>
          [...document.querySelectorAll('details:not([open]) table')]
            .map((one) => one.checkVisibility() ? one.getBoundingClientRect().height : 0))`)
      expect(heights.length).toBeGreaterThan(5)
      expect(Math.min(...heights)).toBeGreaterThan(20)
      const inks = await page.evaluate<string[]>(
        "['.mark.aiRecorded', '.mark.noneRecorded', '.bar.noneRecorded', 'body'].map((one) => { const style = getComputedStyle(document.querySelector(one)); return one === 'body' ? style.color : style.stroke })",
      )
      for (const ink of inks) expect(ink).toMatch(/^rgb\((\d+), \1, \1\)$/)
    })
  })
})
