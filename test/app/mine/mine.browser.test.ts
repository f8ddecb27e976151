import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../../support/browser.ts'
import { aMineWorld, fill } from './a-mine-world.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser?.close())

/** What axe objects to in light and in dark, and where the page is wider than the window. */
async function objections(page: Page): Promise<string[]> {
  await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
  await page.evaluate(axe.source)
  const found = (rules: string) =>
    page.evaluate<string[]>(
      `axe.run({ resultTypes: ['violations']${rules} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
    )
  const light = await found('')
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await found(", runOnly: ['color-contrast']")
  await page.emulateMedia({ colorScheme: 'light' })
  const wide: string[] = []
  for (const width of [320, 640, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    const needed = await page.evaluate<number>('document.documentElement.scrollWidth')
    if (needed > width) wide.push(`${needed} px wide at ${width}`)
  }
  return [...light, ...dark, ...wide]
}

test('axe objects to nothing on the pages of one’s own data, of an account’s, and of what is stored; none is too wide', async () => {
  const world = await aMineWorld()
  await fill(world)
  const cookies = async (login: string) => {
    const signedIn = await world.as(login)
    // Cookies of `__Host-` are for https; browsers send them to this machine as well.
    const url = world.address.replace('http:', 'https:')
    return [...signedIn.cookies].map(([name, value]) => ({ name, value, url, secure: true }))
  }
  for (const [login, path] of [
    ['mel', '/mine'],
    ['nil', '/mine'],
    ['ona', `${world.path}/erase`],
    ['ona', '/stored'],
  ] as const) {
    const page = await browser.newPage()
    await page.context().addCookies(await cookies(login))
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('request', (request) => {
      if (!request.url().startsWith(`${world.address}/`)) complaints.push(request.url())
    })
    await page.goto(world.address + path)
    expect(await page.locator('h1').count(), path).toBe(1)
    expect(await objections(page), `${login} ${path}`).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  }
}, 120_000)

test('without scripts, somebody erases theirs by the form', async () => {
  const world = await aMineWorld()
  await fill(world)
  const signedIn = await world.as('mel')
  const page = await browser.newPage({ javaScriptEnabled: false })
  const url = world.address.replace('http:', 'https:')
  await page
    .context()
    .addCookies([...signedIn.cookies].map(([name, value]) => ({ name, value, url, secure: true })))
  // What calls itself by another name here is the same server.
  await page.setExtraHTTPHeaders({ 'sec-fetch-site': 'same-origin' })
  await page.goto(`${world.address}/mine`)
  await page.getByLabel('in acme').check()
  await page.getByLabel('I know that it cannot be brought back.').check()
  await page.getByRole('button', { name: 'Erase mine' }).click()
  expect(await page.locator('h1').textContent()).toBe('Yours is erased')
  await page.close()
})
