import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '../../rolldown.config.ts'
import { root } from '../support/repository.ts'

/** What a run that tags may cost its users to load, and what all of dist/ may, bytes (TECHNOLOGY.md, section 4). */
const LARGEST_TO_TAG = 1_000_000
const LARGEST_BUNDLE = 1_500_000
/** What a run loads only when it makes a report. */
const FOR_REPORTS = ['run-report.js', 'reports.js', 'comparison.js']

const temporary = mkdtempSync(join(tmpdir(), 'bundle-'))
afterAll(() => rmSync(temporary, { recursive: true }))

/** Name to content of each file in a directory. */
function contents(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory)
      .sort()
      .map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  )
}

describe('dist/', () => {
  const first = join(temporary, 'first')
  const second = join(temporary, 'second')

  beforeAll(async () => {
    for (const dir of [first, second]) await build(bundle(join(root, 'src/action/index.ts'), dir))
  })

  test('is what its sources build to, byte for byte, each time', () => {
    // Compared as one boolean: a difference is a megabyte that nobody wants printed.
    expect(Object.keys(contents(second))).toEqual(Object.keys(contents(first)))
    expect(equal(first, second)).toBe(true)
    expect(Object.keys(contents(join(root, 'dist')))).toEqual(Object.keys(contents(first)))
    expect(equal(join(root, 'dist'), first), 'dist/ is stale: run "npm run build"').toBe(true)
  })

  test('has an entry, licences, and files whose names stay', () => {
    const names = Object.keys(contents(first))
    expect(names).toEqual(expect.arrayContaining(['index.js', 'licenses.txt']))
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.(js|txt)$/)
  })

  /** The files that `names` load, themselves among them: by import, and where asked by import() too. */
  function loadedBy(names: readonly string[], pattern: RegExp): string[] {
    const files = contents(first)
    const loaded = new Set(names)
    for (const name of loaded) {
      for (const [, other = ''] of (files[name] ?? '').matchAll(pattern)) loaded.add(other)
    }
    return [...loaded].sort()
  }

  const imports = /\b(?:from|import)\s*["'`]\.\/([a-z-]+\.js)["'`]/g
  const anyImports = /\b(?:from|import)\s*\(?["'`]\.\/([a-z-]+\.js)["'`]/g

  function bytesOf(names: readonly string[]): number {
    return names.reduce((sum, name) => sum + Buffer.byteLength(contents(first)[name] ?? ''), 0)
  }

  test('stays small, and is not made larger by what reports alone need', () => {
    const all = Object.keys(contents(first)).filter((name) => name.endsWith('.js'))
    expect(loadedBy(['index.js'], anyImports)).toEqual(all)
    expect(all).toEqual(expect.arrayContaining(FOR_REPORTS))
    expect(bytesOf(all)).toBeLessThan(LARGEST_BUNDLE)
    expect(bytesOf(all.filter((name) => !FOR_REPORTS.includes(name)))).toBeLessThan(LARGEST_TO_TAG)
  })

  test('loads two files at its start beside the entry, and zod/mini, not zod, which takes five times as long', () => {
    const atStart = loadedBy(['index.js'], imports)
    expect(atStart).toEqual(['index.js', 'rolldown-runtime.js', 'start.js'])
    const text = atStart.map((name) => contents(first)[name]).join('\n')
    expect(text).toContain('`ZodMiniString`')
    expect(text).not.toContain('`ZodString`')
  })

  test('reports load what they need, and none of it is missing', () => {
    const loaded = loadedBy(['run-report.js'], anyImports)
    expect(loaded).toEqual(expect.arrayContaining(FOR_REPORTS))
    expect(loaded).not.toContain('index.js')
  })

  test('says nothing of the machine that built it', () => {
    for (const text of Object.values(contents(first))) expect(text.includes(root)).toBe(false)
  })

  test('names the packages that are in it, and none that only serves to build it', () => {
    const packages = [
      ...(contents(first)['licenses.txt'] ?? '').matchAll(/^(\S+) \d+\.\d+\.\d+ \(.+\)$/gm),
    ].map(([, name]) => name)
    expect(packages).toEqual(expect.arrayContaining(['@actions/core', 'undici', 'zod']))
    expect(packages).not.toContain('what-shipped')
    expect(packages).not.toContain('vitest')
  })

  function equal(a: string, b: string): boolean {
    return JSON.stringify(contents(a)) === JSON.stringify(contents(b))
  }
})

describe('a build', () => {
  let number = 0

  /** Builds src/index.ts of a small project; path to text, and the directory that came out. */
  async function buildFiles(files: Readonly<Record<string, string>>): Promise<string> {
    number += 1
    const cwd = join(temporary, `project-${number}`)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true })
      writeFileSync(join(cwd, path), text)
    }
    await build({ ...bundle('src/index.ts', 'dist'), cwd })
    return join(cwd, 'dist')
  }

  /** A package of one file, as node_modules has it. */
  function packageFiles(name: string, license: string | undefined, text: string | undefined) {
    const directory = `node_modules/${name}`
    return {
      [`${directory}/package.json`]: JSON.stringify({ name, version: '1.2.3', license }),
      [`${directory}/index.js`]: `export const name = ${JSON.stringify(name)}`,
      ...(text === undefined ? {} : { [`${directory}/LICENSE`]: text }),
    }
  }

  const useOf = (name: string) => ({
    'src/index.ts': `import { name } from '${name}'\nconsole.log(name)`,
  })

  test('takes JSON in, splits off what is import()ed, and runs with top-level await', async () => {
    const dist = await buildFiles({
      'src/index.ts': `import data from './data.json' with { type: 'json' }
import { shared } from './shared.ts'
console.log(data.text, shared.name, (await import('./read-later.ts')).later())`,
      'src/data.json': '{ "text": "from JSON" }',
      'src/read-later.ts': `import { shared } from './shared.ts'
export const later = (): string => 'later ' + shared.name`,
      'src/shared.ts': 'export const shared = function keptName(): void {}',
    })
    expect(Object.keys(contents(dist))).toEqual(
      expect.arrayContaining(['index.js', 'licenses.txt', 'read-later.js']),
    )
    writeFileSync(join(dist, 'package.json'), '{ "type": "module" }')
    const output = execFileSync(process.execPath, [join(dist, 'index.js')], { encoding: 'utf8' })
    expect(output).toBe('from JSON keptName later keptName\n')
  })

  test('removes what an earlier build left', async () => {
    const dist = await buildFiles({
      'src/index.ts': 'console.log(1)',
      'dist/left-over.js': '',
      'dist/left/over.js': '',
    })
    expect(Object.keys(contents(dist))).toEqual(['index.js', 'licenses.txt'])
  })

  test('writes the licence text of what is in the bundle, with line feeds', async () => {
    const dist = await buildFiles({
      ...useOf('kind'),
      ...packageFiles('kind', 'BSD-3-Clause', 'Use it\r\nas you like.\r\n'),
      ...packageFiles('unused', 'MIT', 'Not bundled.'),
    })
    expect(contents(dist)['licenses.txt']).toBe(
      'kind 1.2.3 (BSD-3-Clause)\n\nUse it\nas you like.\n',
    )
  })

  test.each([
    ['MIT OR GPL-3.0-only', true],
    ['Apache-2.0', true],
    ['CC0-1.0', true],
    ['GPL-3.0-only', false],
    ['AGPL-3.0-or-later', false],
    ['MPL-2.0', false],
    ['MIT AND CC-BY-4.0', false],
    ['SEE LICENSE IN LICENSE', false],
    [undefined, false],
  ])('with a package under %s succeeds: %s', async (license, allowed) => {
    const built = buildFiles({ ...useOf('pack'), ...packageFiles('pack', license, 'Text.') })
    if (allowed) await built
    else await expect(built).rejects.toThrow(/"pack" (has a license|does not specify any license)/)
  })

  test('fails where a licence text is missing', async () => {
    await expect(
      buildFiles({ ...useOf('pack'), ...packageFiles('pack', 'MIT', undefined) }),
    ).rejects.toThrow('pack 1.2.3 is bundled but ships no licence text')
  })

  test('fails on an import that does not resolve', async () => {
    await expect(buildFiles(useOf('not-installed'))).rejects.toThrow(/not-installed/)
  })
})
