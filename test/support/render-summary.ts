// Draws docs/summary-light.png and docs/summary-dark.png from the real summary: `node test/support/render-summary.ts`, with
// Chromium on the PATH or named by CHROMIUM.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import MarkdownIt from 'markdown-it'
import { exampleDigest, exampleSummary } from './example-summary.ts'
import { decodePng, encodePng } from './png.ts'
import { root } from './repository.ts'

/** Columns of a job's page that the summary has on GitHub, in CSS pixels, and the margin around it. */
const width = 1000
/** Pixels of the picture for each CSS pixel: sharp on dense screens too. */
const scale = 2
/** Text on few grounds needs no more, and each doubling costs a tenth of the size. */
const paletteSize = 64

const colours = {
  light: {
    page: '#ffffff',
    text: '#1f2328',
    muted: '#59636e',
    line: '#d1d9e0',
    faint: '#d1d9e0b3',
    shade: '#f6f8fa',
    code: '#818b981f',
    link: '#0969da',
  },
  dark: {
    page: '#0d1117',
    text: '#f0f6fc',
    muted: '#9198a1',
    line: '#3d444d',
    faint: '#3d444db3',
    shade: '#151b23',
    code: '#656c7633',
    link: '#4493f8',
  },
} as const

type Theme = keyof typeof colours

/** The page of a job, reduced to its summary, in GitHub's colours and measures. */
function page(markdown: string, theme: Theme): string {
  const { page, text, muted, line, faint, shade, code, link } = colours[theme]
  const body = new MarkdownIt({ html: true, linkify: false }).render(markdown)
  return `<!doctype html>
<meta charset="utf-8">
<style>
  html { background: ${page}; color: ${text}; font: 14px/1.5 "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif }
  body { margin: 0; width: ${width}px }
  main { border: 1px solid ${line}; border-radius: 6px; overflow: hidden }
  header { background: ${shade}; border-bottom: 1px solid ${line}; padding: 12px 16px; font-weight: 600 }
  header span { color: ${muted}; font-weight: 400 }
  article { padding: 20px 24px 4px }
  h2 { font-size: 21px; line-height: 1.25; margin: 0 0 14px; padding-bottom: 6px; border-bottom: 1px solid ${faint} }
  h3 { font-size: 17.5px; line-height: 1.25; margin: 20px 0 12px }
  p { margin: 0 0 14px }
  table { border-collapse: collapse; margin: 0 0 14px; width: max-content; max-width: 100% }
  th, td { border: 1px solid ${line}; padding: 6px 11px; text-align: left }
  tbody tr:nth-child(2n) { background: ${shade} }
  code { background: ${code}; border-radius: 6px; padding: 2px 5px; font: 85% "Liberation Mono", monospace; overflow-wrap: anywhere }
  a { color: ${link}; text-decoration: none }
  a code { color: inherit }
  sub { display: block; color: ${muted}; font-size: 12px }
  blockquote { margin: 0 0 14px; padding: 0 1em; color: ${muted}; border-left: 4px solid ${line} }
</style>
<main>
<header>tag <span>summary</span></header>
<article>${body}</article>
</main>
<script>document.title = document.body.scrollHeight</script>`
}

function chromium(profile: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(
    process.env.CHROMIUM ?? 'chromium',
    [
      '--headless',
      '--no-sandbox',
      '--no-first-run',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--hide-scrollbars',
      `--user-data-dir=${profile}`,
      ...args,
    ],
    { encoding: 'utf8' },
  )
  if (error !== undefined) throw new Error('Chromium could not be started', { cause: error })
  if (status !== 0) throw new Error(`Chromium ended with ${status}: ${stderr}`)
  return stdout
}

function draw(markdown: string, theme: Theme): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'what-shipped-summary-'))
  try {
    const html = join(directory, 'summary.html')
    const picture = join(directory, 'summary.png')
    writeFileSync(html, page(markdown, theme))
    const address = pathToFileURL(html).href
    const size = (height: number) => `--window-size=${width},${height}`
    const [, height] =
      /<title>(\d+)<\/title>/.exec(chromium(directory, [size(100), '--dump-dom', address])) ?? []
    if (height === undefined) throw new Error('Chromium did not tell how high the page is')
    chromium(directory, [
      size(Number(height)),
      `--force-device-scale-factor=${scale}`,
      `--screenshot=${picture}`,
      address,
    ])
    return readFileSync(picture)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const markdown = exampleSummary()
const texts = new Map([['Source', exampleDigest()]])
for (const theme of ['light', 'dark'] as const) {
  const file = join(root, 'docs', `summary-${theme}.png`)
  const picture = encodePng(decodePng(draw(markdown, theme)), paletteSize, texts)
  writeFileSync(file, picture)
  process.stdout.write(`${file}: ${picture.length} bytes\n`)
}
