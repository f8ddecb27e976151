import chromium from '@sparticuz/chromium'
import { type Browser, chromium as driver } from 'playwright-core'

// In a single process the browser would end with its first page.
const args = [
  ...chromium.args.filter((one) => one !== '--single-process'),
  '--disable-background-networking',
]

/** A real browser, without a window. Whoever starts it closes it. */
export async function startBrowser(): Promise<Browser> {
  try {
    return await driver.launch({
      executablePath: await chromium.executablePath(),
      args,
      headless: true,
    })
  } catch (error) {
    throw new Error(
      'Chromium could not be started: install the packages again with `npm ci`, and on a bare machine the libraries that Chromium needs',
      { cause: error },
    )
  }
}
