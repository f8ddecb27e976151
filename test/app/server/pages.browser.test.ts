import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../../support/browser.ts'
import { type ConversionsStub, startConversionsStub } from '../../support/conversions-stub.ts'
import { type RunningApp, startApp, temporaryFolder } from '../../support/start-app.ts'
import { shownAddress } from '../setup/setup-browser.ts'

let browser: Browser
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let github: ConversionsStub
let app: RunningApp

beforeAll(async () => {
  browser = await startBrowser()
  folder = await temporaryFolder()
  github = await startConversionsStub()
  app = await startApp(folder.path, { GITHUB_API_URL: github.address })
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await github?.stop()
  await folder?.remove()
})

let complaints: string[] = []

beforeEach(() => {
  complaints = []
})

async function open(path: string, settings: Parameters<Browser['newPage']>[0] = {}) {
  const page = await browser.newPage(settings)
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const { origin } = new URL(request.url())
    if (origin !== app.address && origin !== github.address) complaints.push(request.url())
  })
  // As whoever sits at the terminal.
  if (path.startsWith('/setup')) await page.goto(await shownAddress(app))
  if (path !== '/setup') await page.goto(app.address + path)
  return page
}

/** What axe finds, in words: its rule and the first place; in light, and what changes in dark. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = () =>
    page.evaluate<string[]>(
      "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
    )
  const light = await found()
  await page.emulateMedia({ colorScheme: 'dark' })
  return [...light, ...(await found())]
}

const paths = [
  ['the first page', '/', 200],
  ['the set-up page', '/setup', 200],
  ['the way back without a code', '/setup/registered', 400],
  ['the way back into another browser', '/setup/registered?code=a&state=b', 400],
  ['a page that is not there', '/nowhere', 404],
] as const

describe.each(paths)('%s', (_, path, status) => {
  test('has nothing that axe objects to, and asks for nothing from elsewhere', async () => {
    const page = await open(path)
    expect(await violations(page)).toEqual([])
    // The browser itself complains of a page that is not there.
    expect(complaints.filter((one) => !one.includes(`status of ${status}`))).toEqual([])
    await page.close()
  })

  test('never scrolls sideways on a phone or at 200 %', async () => {
    for (const viewport of [
      { width: 360, height: 740 },
      { width: 640, height: 500 },
    ]) {
      const page = await open(path, { viewport })
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      expect(width).toBeLessThanOrEqual(viewport.width)
      await page.close()
    }
  })
})

describe('without scripts, by the keyboard', () => {
  test('a form with mistakes says so where they are', async () => {
    const page = await open('/setup')
    await page.getByLabel('Name of the App').fill('')
    await page.getByRole('button', { name: 'Go on' }).press('Enter')
    await page.getByRole('alert').waitFor()
    const name = page.getByLabel('Name of the App')
    expect(await name.getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByText('Give the App a name.').isVisible()).toBe(true)
    expect(await violations(page)).toEqual([])
    expect(complaints.filter((one) => !one.includes('status of 422'))).toEqual([])
    await page.close()
  })

  test('one gets from the terminal’s address to an App, and the credentials are on no page', async () => {
    const page = await open('/setup', { javaScriptEnabled: false })
    await page.getByLabel('Name of the organisation').fill('acme')
    await page.getByLabel('Name of the App').fill("Acme's What Shipped")
    await page.getByLabel('Address of this server').fill('https://shipped.acme.example')
    await page.getByLabel('Address of this server').press('Enter')
    const button = page.getByRole('button', { name: 'Make the App on GitHub' })
    await button.waitFor()
    expect(await page.getByText('pull requests: read').isVisible()).toBe(true)
    expect(await page.getByText('Nothing else. It cannot read code').isVisible()).toBe(true)
    const listening = app.logged('listening')
    await button.press('Enter')
    await page.getByRole('heading', { name: 'Connected' }).waitFor()
    expect(github.manifests.at(-1)?.manifest).toMatchObject({ name: "Acme's What Shipped" })
    expect(await page.content()).not.toMatch(/PRIVATE KEY|made-up-client-secret/)
    expect(complaints).toEqual([])
    await page.close()
    await listening
  })

  test('one gets to see the credentials where they cannot be kept', async () => {
    const other = await temporaryFolder()
    const second = await startApp(other.path, { GITHUB_API_URL: github.address })
    await writeFile(join(other.path, 'data', 'app-credentials.json'), 'mine')
    const page = await browser.newPage()
    await page.goto(await shownAddress(second))
    await page.getByLabel('Your own account').check()
    await page.getByLabel('Address of this server').fill('https://shipped.acme.example')
    await page.getByRole('button').press('Enter')
    await page.getByRole('button', { name: 'Make the App on GitHub' }).press('Enter')
    await page.getByText('WEBHOOK_SECRET=').waitFor()
    expect(await violations(page)).toEqual([])
    await page.close()
    await second.stop()
    await other.remove()
  })
})
