// Draws docs/report-light.png and docs/report-dark.png, the head of the page over the synthetic organisation:
// `node test/support/draw-report.ts`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { startBrowser } from './browser.ts'
import { examplePage, pageDigest } from './example-page.ts'
import { decodePng, encodePng } from './png.ts'
import { root } from './repository.ts'

/** CSS pixels. */
const width = 1200
/** Pixels of the picture for each CSS pixel: sharp on dense screens too. */
const scale = 2
/** As many as a picture with a palette can have: the inks of the groups take few pixels, and would be lost among the greys. */
const paletteSize = 256

/** From the top of the page to the end of its first chart. */
async function draw(browser: Browser, html: string, theme: 'light' | 'dark'): Promise<Buffer> {
  const page = await browser.newPage({
    viewport: { width, height: 1000 },
    deviceScaleFactor: scale,
    colorScheme: theme,
  })
  await page.setContent(html)
  const bottom = await page.evaluate<number>(
    "document.querySelector('figure').getBoundingClientRect().bottom",
  )
  const clip = { x: 0, y: 0, width, height: Math.ceil(bottom) + 24 }
  return page.screenshot({ fullPage: true, clip })
}

const html = examplePage()
const texts = new Map([['Source', pageDigest(html)]])
const browser = await startBrowser()
try {
  for (const theme of ['light', 'dark'] as const) {
    const file = join(root, 'docs', `report-${theme}.png`)
    const picture = encodePng(decodePng(await draw(browser, html, theme)), paletteSize, texts)
    writeFileSync(file, picture)
    process.stdout.write(`${file}: ${picture.length} bytes\n`)
  }
} finally {
  await browser.close()
}
