import { describe, expect, test } from 'vitest'
import { findPackages, findViolations, type Violation } from '../support/import-rules.ts'
import { readSources } from '../support/repository.ts'

/** The violations of a small tree, as `path:line message`. */
function check(files: Readonly<Record<string, string>>): string[] {
  return findViolations(new Map(Object.entries(files))).map(describeViolation)
}

function describeViolation({ path, line, message }: Violation): string {
  return `${path}:${line} ${message}`
}

test('the sources keep the import rules', () => {
  expect(findViolations(readSources()).map(describeViolation)).toEqual([])
})

describe('direction', () => {
  test('a folder may import those below it', () => {
    expect(
      check({
        'src/action/run.ts': "import { report } from '../report/index.ts'",
        'src/report/index.ts':
          "import { compare } from '../comparison/index.ts'\nexport const report = compare",
        'src/comparison/index.ts': "export { compare } from './compare.ts'",
        'src/comparison/compare.ts': "import type { Change } from '../delivery/index.ts'",
        'src/delivery/index.ts': "import type { Assistance } from '../provenance/index.ts'",
        'src/provenance/index.ts': 'export type Assistance = string',
      }),
    ).toEqual([])
  })

  test.each([
    ['provenance', 'delivery'],
    ['delivery', 'comparison'],
    ['comparison', 'report'],
    ['comparison', 'store'],
    ['report', 'github'],
    ['github', 'action'],
    ['github', 'git'],
    ['git', 'store'],
    ['store', 'app'],
    ['action', 'app'],
    ['action', 'cli'],
    ['app', 'cli'],
    ['app', 'action'],
    ['cli', 'action'],
  ])('%s may not import %s', (from, to) => {
    expect(
      check({
        [`src/${from}/a.ts`]: `\nimport { b } from '../${to}/index.ts'`,
        [`src/${to}/index.ts`]: 'export const b = 1',
      }),
    ).toEqual([expect.stringMatching(`^src/${from}/a.ts:2 src/${from} may not import src/${to}:`)])
  })

  test.each([
    ['an import', "import { b } from '../delivery/index.ts'"],
    ['a type import', "import type { b } from '../delivery/index.ts'"],
    ['an inline type import', "import { type b } from '../delivery/index.ts'"],
    ['a side-effect import', "import '../delivery/index.ts'"],
    ['a re-export', "export { b } from '../delivery/index.ts'"],
    ['a type re-export', "export type { b } from '../delivery/index.ts'"],
    ['a re-export of everything', "export * from '../delivery/index.ts'"],
    ['a dynamic import', "export const later = () => import('../delivery/index.ts')"],
    ['an import in a type', "export type B = import('../delivery/index.ts').B"],
    ['an import over several lines', "import {\n  b,\n} from '../delivery/index.ts'"],
  ])('%s counts', (_, source) => {
    expect(
      check({ 'src/provenance/a.ts': source, 'src/delivery/index.ts': 'export const b = 1' }),
    ).toHaveLength(1)
  })

  test('folders inside the comparison import one way', () => {
    const files = {
      'src/comparison/rules.ts': 'export const rules = {}',
      'src/comparison/table/a.ts': "import { rules } from '../rules.ts'",
      'src/comparison/strata/b.ts': "import type { A } from '../table/a.ts'",
      'src/comparison/index.ts': "export { b } from './strata/b.ts'",
    }
    expect(check(files)).toEqual([])
    const back = { 'src/comparison/table/c.ts': "import type { B } from '../strata/b.ts'" }
    expect(check({ ...files, ...back })).toEqual([
      expect.stringMatching(
        /^src\/comparison\/table\/c\.ts:1 src\/comparison\/table may not import src\/comparison\/strata:/,
      ),
    ])
  })

  test('a comment or a string that looks like an import does not count', () => {
    expect(
      check({
        'src/provenance/a.ts':
          "// import { b } from '../delivery/index.ts'\nexport const text = \"import { b } from '../app/index.ts'\"",
      }),
    ).toEqual([])
  })

  test('the line is right after text beyond ASCII', () => {
    expect(
      check({ 'src/provenance/a.ts': "// → ✓ 𝒳\nexport const 𝒳 = '…'\nimport 'probot'" })[0],
    ).toMatch(/^src\/provenance\/a\.ts:3 /)
  })

  test('a file outside the house is refused', () => {
    expect(check({ 'src/index.ts': '', 'src/utils/a.ts': '' })).toEqual([
      expect.stringMatching(/^src\/index\.ts:1 is in no folder of the house/),
      expect.stringMatching(/^src\/utils\/a\.ts:1 is in no folder of the house/),
    ])
  })

  test('src/ imports nothing from test/, and nothing that is not there', () => {
    expect(
      check({ 'src/cli/a.ts': "import '../../test/support/fake.ts'\nimport './gone.ts'" }),
    ).toEqual([
      expect.stringContaining('is no file of src/ (test/support/fake.ts)'),
      expect.stringContaining('is no file of src/ (src/cli/gone.ts)'),
    ])
  })

  test('the package may be asked for its version', () => {
    expect(
      check({ 'src/cli/a.ts': "import about from '../../package.json' with { type: 'json' }" }),
    ).toEqual([])
  })

  test('an import of a computed name is refused', () => {
    expect(check({ 'src/cli/a.ts': 'export const load = (a: string) => import(a)' })).toEqual([
      expect.stringContaining('import() needs a plain string'),
    ])
  })
})

describe('the public face', () => {
  const files = {
    'src/provenance/trailers.ts': 'export const b = 1',
    'src/provenance/index.ts': '',
  }

  test.each(['import { b }', 'import type { b }', 'export { b }'])(
    'of a pure folder is the only way in: %s',
    (names) => {
      expect(
        check({ ...files, 'src/action/run.ts': `${names} from '../provenance/trailers.ts'` }),
      ).toEqual([expect.stringContaining('import it from src/provenance/index.ts')])
    },
  )

  test('may be passed by an import() that loads one file only when it is needed', () => {
    expect(
      check({
        ...files,
        'src/action/run.ts': "export const load = () => import('../provenance/trailers.ts')",
      }),
    ).toEqual([])
  })

  test('is not asked of the other folders', () => {
    expect(
      check({
        'src/action/run.ts': "import { b } from '../github/read-commits.ts'",
        'src/github/read-commits.ts': 'export const b = 1',
      }),
    ).toEqual([])
  })
})

describe('packages', () => {
  test.each([
    '@octokit/rest',
    '@actions/core',
    'node:fs',
    'node:crypto',
    'fs',
    'kysely',
    'hono',
    'probot',
  ])('a pure folder may not import %s', (name) => {
    expect(check({ 'src/delivery/a.ts': `import type * as b from '${name}'` })).toHaveLength(1)
  })

  test.each([
    "import { randomBytes } from 'node:crypto'",
    "import { createHmac, randomUUID } from 'node:crypto'",
    "import { randomBytes as createHmac } from 'node:crypto'",
    "import * as hashes from 'node:crypto'",
    "import hashes from 'node:crypto'",
    "import 'node:crypto'",
    "export * from 'node:crypto'",
    "export { randomBytes as createHmac } from 'node:crypto'",
    "export const load = () => import('node:crypto')",
  ])('of node:crypto a pure folder takes nothing but the keyed hash: %s', (source) => {
    expect(check({ 'src/delivery/a.ts': source })).toEqual([
      "src/delivery/a.ts:1 src/delivery is pure, and may import of 'node:crypto' only createHmac, createSecretKey",
    ])
  })

  test('a pure folder may take the keyed hash', () => {
    expect(
      check({ 'src/delivery/a.ts': "import { createHmac, createSecretKey } from 'node:crypto'" }),
    ).toEqual([])
  })

  test('a pure folder may import what is pure', () => {
    expect(check({ 'src/report/a.ts': "import * as z from 'zod'\nimport 'hono/html'" })).toEqual([])
  })

  test('the database belongs to store, Probot to app, the Actions toolkit to action', () => {
    expect(
      check({
        'src/store/a.ts': "import 'node:sqlite'\nimport 'kysely'\nimport 'pg'",
        'src/app/a.ts': "import 'probot'\nimport 'kysely/helpers/postgres'",
        'src/action/a.ts': "import '@actions/core'\nimport 'probot'",
        'src/github/a.ts': "import '@actions/github'",
      }),
    ).toEqual([
      "src/action/a.ts:2 src/action may not import 'probot': it belongs to src/app",
      "src/app/a.ts:2 src/app may not import 'kysely/helpers/postgres': it belongs to src/store",
      "src/github/a.ts:1 src/github may not import '@actions/github': it belongs to src/action",
    ])
  })

  test('are found by name, with whether the import is of types only', () => {
    expect(
      findPackages(
        new Map([
          [
            'src/cli/a.ts',
            "import type { A } from '@octokit/types/a'\nimport type { Z } from 'zod'",
          ],
          ['src/cli/b.ts', "import * as z from 'zod'\nimport 'node:fs'\nimport './a.ts'"],
        ]),
      ),
    ).toEqual(
      new Map([
        ['@octokit/types', { typeOnly: true }],
        ['zod', { typeOnly: false }],
      ]),
    )
  })
})

describe('purity', () => {
  test.each([
    'Date.now()',
    "Date['now']()",
    'new Date()',
    'Date()',
    'new Date(2026, 0, 1)',
    'performance.now()',
    'Math.random()',
    'crypto.randomUUID()',
    "fetch('https://example.com')",
    'process.env.HOME',
    'globalThis.process',
    'console.log(1)',
    'setTimeout(() => {}, 1)',
    'import.meta.dirname',
    'at.getHours()',
    'a.localeCompare(b)',
    'count.toLocaleString()',
    '[fetch]',
    '({ fetch })',
  ])('%s is refused in a pure folder', (expression) => {
    expect(
      check({ 'src/comparison/a.ts': `export const at = 0\n\nexport const a = ${expression}` })[0],
    ).toMatch(/^src\/comparison\/a\.ts:3 src\/comparison is pure, and may not use /)
  })

  test.each([
    'new Date(0).toISOString()',
    'new Date(text).getUTCHours()',
    'Date.parse(text)',
    'Date.UTC(2026, 0, 1)',
    'Math.round(1.5)',
    'clock.now()',
    'clock.performance',
    '({ fetch: 1, process: 2 })',
    "'Date.now() and Math.random()'",
    'async () => (await import("./b.ts")).process',
  ])('%s is let through', (expression) => {
    expect(
      check({
        'src/comparison/a.ts': `interface Clock { performance: number; fetch(): Date }\nexport const a = ${expression}`,
        'src/comparison/b.ts': '',
      }),
    ).toEqual([])
  })

  test('the edges may do what they are for', () => {
    expect(
      check({ 'src/cli/a.ts': "import 'node:fs'\nexport const now = [Date.now(), process.env]" }),
    ).toEqual([])
  })
})

describe('cycles', () => {
  test('between two files, of types too', () => {
    expect(
      check({
        'src/git/b.ts': "import type { A } from './a.ts'\nexport type B = A",
        'src/git/a.ts': "import { B } from './b.ts'\nexport type A = B",
      }),
    ).toEqual(['src/git/a.ts:1 is in an import cycle: src/git/a.ts → src/git/b.ts → src/git/a.ts'])
  })

  test('through the own public face, and of a file with itself', () => {
    expect(
      check({
        'src/git/index.ts': "export * from './a.ts'\nexport * from './b.ts'",
        'src/git/a.ts': "import '../git/index.ts'",
        'src/git/b.ts': "import './b.ts'",
      }),
    ).toEqual([
      'src/git/a.ts:1 is in an import cycle: src/git/a.ts → src/git/index.ts → src/git/a.ts',
      'src/git/b.ts:1 is in an import cycle: src/git/b.ts → src/git/b.ts',
    ])
  })

  test('two ways to one file are none', () => {
    expect(
      check({
        'src/git/a.ts': "import './b.ts'\nimport './c.ts'",
        'src/git/b.ts': "import './d.ts'",
        'src/git/c.ts': "import './d.ts'",
        'src/git/d.ts': '',
      }),
    ).toEqual([])
  })
})

test('a file that does not parse is named', () => {
  expect(() => check({ 'src/cli/a.ts': 'export const = 1' })).toThrow(
    /src\/cli\/a\.ts does not parse/,
  )
})
