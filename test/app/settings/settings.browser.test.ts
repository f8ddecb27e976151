import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAccountSettings } from '../../../src/app/settings/account-settings.ts'
import { startBrowser } from '../../support/browser.ts'
import type { TestBrowser } from '../../support/sign-in.ts'
import { acme, aSettingsWorld, untouched } from './a-settings-world.ts'

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser?.close())

type World = Awaited<ReturnType<typeof aSettingsWorld>>

/** Opens a page as somebody who has signed in, without scripts where that is asked for, and notes what the browser complains of. */
async function open(
  { address }: World,
  signedIn: TestBrowser,
  path: string,
  settings: Parameters<Browser['newPage']>[0] = {},
) {
  const page = await browser.newPage(settings)
  // Cookies of `__Host-` are for https; browsers send them to this machine as well.
  const url = address.replace('http:', 'https:')
  await page
    .context()
    .addCookies([...signedIn.cookies].map(([name, value]) => ({ name, value, url, secure: true })))
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`)) complaints.push(request.url())
  })
  await page.goto(address + path)
  return { page, complaints }
}

/** What axe objects to in light and in dark, and whether the page is wider than a phone or 200 %. */
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
  for (const width of [320, 360, 640, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    const needed = await page.evaluate<number>('document.documentElement.scrollWidth')
    if (needed > width) wide.push(`${needed} px wide at ${width}`)
  }
  return [...light, ...dark, ...wide]
}

test('axe objects to nothing on any of the pages, for owners and members, and none is too wide', async () => {
  const world = await aSettingsWorld()
  const owner = await world.as('ona')
  await owner.send(`${world.path}/settings`, { ...untouched, people: '7' })
  await owner.send(`${world.path}/self-audit`, { tied: 'no', passedOn: 'x'.repeat(300) })
  await owner.send(`${world.path}/tokens`, { name: 'n'.repeat(60), days: '30' })
  for (const [login, path] of [
    ['ona', '/settings?saved'],
    ['ona', '/tokens'],
    ['ona', '/access-log'],
    ['mel', '/settings'],
    ['mel', '/access-log'],
  ] as const) {
    const signedIn = login === 'ona' ? owner : await world.as(login)
    const { page, complaints } = await open(world, signedIn, world.path + path)
    expect(await objections(page), `${login} ${path}`).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  }
}, 120_000)

test('without scripts, by the keyboard, an owner is told of a mistake, mends it, and sees it saved', async () => {
  const world = await aSettingsWorld()
  const { page } = await open(world, await world.as('ona'), `${world.path}/settings`, {
    javaScriptEnabled: false,
  })
  const people = page.getByLabel('People in a group, at least')
  await people.fill('2')
  await page.getByLabel('only these:').check()
  await people.press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await people.getAttribute('aria-invalid')).toBe('true')
  expect(await people.inputValue()).toBe('2')
  expect(await page.getByText('Give a whole number from 5 to 500.').isVisible()).toBe(true)
  expect(await page.getByText('Choose all, or one repository at least.').isVisible()).toBe(true)
  await people.fill('9')
  await page.getByLabel('acme/open (public)').check()
  await page.getByRole('button', { name: 'Save the settings' }).press('Enter')
  await page.getByRole('status').waitFor()
  expect(await page.getByText('from 5 people, 20 changes').isVisible()).toBe(true)
  const settings = await world.store.tenant(acme).read(readAccountSettings)
  expect(settings).toMatchObject({ thresholds: { people: 9 }, tracking: { repositories: [73] } })
  await page.close()
}, 60_000)

test('a form with mistakes, and a token that was just made, are as accessible as the rest', async () => {
  const world = await aSettingsWorld()
  const owner = await world.as('ona')
  const { page } = await open(world, owner, `${world.path}/settings`)
  await page.getByLabel('People in a group, at least').fill('no')
  await page.getByRole('button', { name: 'Save the settings' }).click()
  await page.getByRole('alert').waitFor()
  expect(await objections(page)).toEqual([])
  await page.goto(`${world.address}${world.path}/tokens`)
  await page.getByLabel('Name').fill('grafana')
  await page.getByLabel('Valid for').selectOption('a year')
  await page.getByRole('button', { name: 'Make a token' }).click()
  await page.getByRole('status').waitFor()
  expect(await objections(page)).toEqual([])
  await page.getByRole('button', { name: 'Revoke grafana' }).click()
  await page.getByText('made on').waitFor({ state: 'detached' })
  await page.close()
}, 60_000)
