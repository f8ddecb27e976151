import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { readConfiguration } from '../../src/provenance/index.ts'
import { parseLines } from '../support/assessment-line.ts'
import { examplePage, pageDigest } from '../support/example-page.ts'
import { exampleDigest } from '../support/example-summary.ts'
import { temporaryDirectory } from '../support/git-repository.ts'
import { readPngText } from '../support/png.ts'
import { parseChangeLines, parseRecordLines } from '../support/read-lines.ts'
import { committedPaths, readFiles, readText, root } from '../support/repository.ts'

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readText('package.json')))

/** The commands that a document tells to type: one for each line of its `sh` blocks, and for each part of `a && b`. */
function commandsOf(path: string): string[] {
  return [...readText(path).matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .flatMap((line) => line.replace(/(?:^|\s)#.*$/, '').split(' && '))
    .map((command) => command.trim())
    .filter((command) => command !== '')
}

const commands = ['README.md', 'CONTRIBUTING.md'].flatMap((path) =>
  commandsOf(path).map((command) => ({ path, command })),
)

/**
 * What must not be run from here: `npm ci` would replace the packages that this test runs on, the tests would start
 * themselves, and the others take minutes or write `dist/`. CI runs the first four of them.
 */
const notHere =
  /^(?:[A-Z_]+=\S+ )?npm (?:(ci)|(?:run )?(test|check|build|bench|soak|simulate|pictures))$/

const run = promisify(execFile)

/** Runs a line as a user types it, in the checkout or in a directory of it. */
async function typed(command: string, directory = root) {
  const { npm_lifecycle_event: _, INIT_CWD: __, ...environment } = process.env
  // Git refuses a checkout that belongs to another user (root in a container); reading it is no risk.
  const trust = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: root,
  }
  return run('bash', ['-o', 'pipefail', '-c', command], {
    cwd: directory,
    env: { ...environment, ...trust, XDG_CONFIG_HOME: temporaryDirectory() },
    maxBuffer: 2 ** 28,
  })
}

/** A directory that stands for the checkout, so that what a command writes there does not land in it. */
function temporaryCheckout(): string {
  const directory = temporaryDirectory()
  for (const name of [
    '.git',
    'app.yml',
    'node_modules',
    'node-version.mjs',
    'package.json',
    'src',
  ]) {
    symlinkSync(join(root, name), join(directory, name))
  }
  return directory
}

/** Without what npm prints before the output of a script that is not run with -s. */
function withoutBanner(stdout: string): string {
  return stdout.replace(/^\n(?:> .*\n)+\n/, '')
}

/** What the group of a pattern matches first in a stream of lines. @throws Error where the stream ends without it */
async function firstMatch(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: stream })) {
    const [, found] = pattern.exec(line) ?? []
    if (found !== undefined) return found
  }
  throw new Error(`nothing was said that matches ${pattern}`)
}

describe.skipIf(committedPaths() === null)('the commands that the documentation shows', () => {
  test('are found', () => {
    expect(commands.filter(({ path }) => path === 'README.md').length).toBeGreaterThan(4)
    expect(commands.filter(({ path }) => path === 'CONTRIBUTING.md').length).toBeGreaterThan(4)
  })

  const [others, shown] = [true, false].map((wanted) =>
    commands.filter(({ command }) => notHere.test(command) === wanted),
  )

  test.each(others ?? [])('$path: $command is there', ({ command }) => {
    const [, install, script = ''] = notHere.exec(command) ?? []
    expect(install === 'ci' || Object.hasOwn(scripts, script)).toBe(true)
  })

  const { apps, exports, reports, assessments } = Object.groupBy(shown ?? [], ({ command }) => {
    if (/^npm start/.test(command)) return 'apps'
    if (/ export /.test(command)) return 'exports'
    return / report /.test(command) ? 'reports' : 'assessments'
  })

  test.each(apps ?? [])('$path: $command opens the App', async ({ command }) => {
    const child = spawn('bash', ['-c', `exec ${command}`], {
      cwd: temporaryCheckout(),
      env: { ...process.env, PORT: '0' },
      stdio: ['ignore', 'inherit', 'pipe'],
      detached: true,
    })
    try {
      const page = await firstMatch(child.stderr, /: open (\S+) on this machine$/)
      const { status } = await fetch(page, { redirect: 'manual' })
      // With a SOURCE that is the first page, otherwise the set-up page, which takes its key.
      expect(status).toBe(command.includes(' -- ') ? 200 : 303)
    } finally {
      // npm, its shell and the App.
      process.kill(-(child.pid ?? 0), 'SIGTERM')
      await once(child, 'close')
    }
  })

  test.each(reports ?? [])('$path: $command gives a report', async ({ command }) => {
    const checkout = temporaryCheckout()
    const { stdout } = await typed(command, checkout)
    const file = / --out (\S+)$/.exec(command)?.[1]
    const report = file === undefined ? stdout : readFileSync(join(checkout, file), 'utf8')
    expect(report).toContain(
      'This compares changes; it does not prove that AI caused the difference.',
    )
    expect(report).toMatch(
      command.includes('--format html') ? /^<!doctype html>/i : /^What Shipped: /,
    )
  })

  test.each(exports ?? [])('$path: $command gives records', async ({ command }) => {
    const { stdout, stderr } = await typed(command)
    expect(stderr).toMatch(/ written\b/)
    if (command.includes('--changes')) parseChangeLines(stdout)
    else parseRecordLines(stdout)
  })

  test.each(assessments ?? [])('$path: $command gives assessments', async ({ command }) => {
    const { stdout } = await typed(command)
    const lines = parseLines(withoutBanner(stdout))
    const head = /\| head -n (\d+)$/.exec(command)?.[1]
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.length).toBeLessThanOrEqual(head === undefined ? Infinity : Number(head))
    const fromClone = command.includes('--git')
    expect(lines.every(({ sha }) => (sha !== undefined) === fromClone)).toBe(true)
  })

  test('mean the directory in which they are typed', async () => {
    const command = 'npm run -s what-shipped -- assess --messages configuration.md'
    const { stdout } = await typed(command, join(root, 'docs'))
    expect(parseLines(stdout)).toHaveLength(1)
  })
})

test('CI runs the first line of the README that installs and tests', () => {
  const [, line] = /npm ci && npm (?:run )?(test[a-z:-]*)/.exec(readText('README.md')) ?? []
  expect(line).toBe('test')
})

test('the configuration that the documentation shows is read as it stands', async () => {
  const [, example = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(readText('docs/configuration.md')) ?? []
  expect(await readConfiguration(example)).toMatchObject({
    configuration: { branches: ['main', 'release/*'], ignore: ['claude-code/branch'] },
  })
})

describe('the picture of the job summary', () => {
  test.each(['light', 'dark'])('is the one of today, %s', (theme) => {
    const picture = readFileSync(join(root, 'docs', `summary-${theme}.png`))
    const drawAgain = 'node test/support/render-summary.ts draws the pictures again'
    expect(readPngText(picture, 'Source'), drawAgain).toBe(exampleDigest())
    expect(picture.length).toBeLessThan(120_000)
    expect(readText('README.md')).toContain(`"docs/summary-${theme}.png"`)
  })
})

describe('the picture of the report', () => {
  test.each(['light', 'dark'])('is the one of today, %s', (theme) => {
    const picture = readFileSync(join(root, 'docs', `report-${theme}.png`))
    const drawAgain = 'npm run pictures draws them again'
    expect(readPngText(picture, 'Source'), drawAgain).toBe(pageDigest(examplePage()))
    expect(picture.length).toBeLessThan(250_000)
    expect(readText('README.md')).toContain(`"docs/report-${theme}.png"`)
  })
})

describe('links to files and to headings lead somewhere', () => {
  const documents = readFiles('*.md', 'docs/**/*.md')

  test.each([...documents])('%s', (path, text) => {
    const broken = localLinks(text).filter((link) => !leadsSomewhere(path, link))
    expect(broken).toEqual([])
  })

  test('a broken one is found, and one in code is none', () => {
    const text = [
      '# A heading: here, `code`',
      '[a](LICENSE) [b](#a-heading-here-code) [c](docs/configuration.md#configuration)',
      '[d](none.md) [e](#none) [f](docs/configuration.md#none) ![g](none.png)',
      '<img src="none.svg"> <source srcset="none-dark.png"> [h](https://example.com/none)',
      '`[i](none.txt)`',
      '```md\n[j](none.txt)\n```',
    ].join('\n')
    const broken = localLinks(text).filter((link) => !leadsSomewhere('README.md', link, text))
    expect(broken).toEqual([
      'none.md',
      '#none',
      'docs/configuration.md#none',
      'none.png',
      'none.svg',
      'none-dark.png',
    ])
  })

  function leadsSomewhere(from: string, link: string, text = readText(from)): boolean {
    const [file = '', heading] = link.split('#')
    const path = file === '' ? from : join(dirname(from), file)
    if (!existsSync(join(root, path))) return false
    if (heading === undefined) return true
    return anchorsOf(file === '' ? text : readText(path)).includes(heading)
  }
})

/** Targets of links and pictures that are no web addresses. */
function localLinks(markdown: string): string[] {
  const text = markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  const targets = [
    ...text.matchAll(/\]\(([^()\s]+)(?: "[^"]*")?\)/g),
    ...text.matchAll(/\b(?:src|srcset|href)="([^"\s]+)"/g),
  ]
  return targets
    .toSorted((one, other) => one.index - other.index)
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target))
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(markdown: string): string[] {
  const text = markdown.replace(/^```[\s\S]*?^```/gm, '')
  return Array.from(text.matchAll(/^#{1,6} (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}
