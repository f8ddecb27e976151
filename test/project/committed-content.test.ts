import { describe, expect, test } from 'vitest'
import { findForbiddenWords, findForbiddenWordsInStrings } from '../support/forbidden-words.ts'
import { committedPaths, readSources, readText } from '../support/repository.ts'
import { lineAt, parseSource, walk } from '../support/source-tree.ts'

const paths = committedPaths()

/** Everything that is in the repository, or would be with the next `git add`. */
const files = (paths ?? [])
  .filter((path) => !path.endsWith('.png'))
  .map((path) => [path, readText(path)] as const)

/** `path:line match` of each match in the committed files. */
function findEverywhere(
  pattern: RegExp,
  except: (path: string) => boolean = () => false,
): string[] {
  return files
    .filter(([path]) => !except(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(pattern)].map(
        (match) => `${path}:${lineAt(text, match.index)} ${match[0].trim()}`,
      ),
    )
}

/** Made-up secrets, which the tests of redaction need whole. */
const madeUp = ['test/github/redact-secrets.test.ts', 'test/support/malicious-inputs.json']

describe.skipIf(paths === null)('committed files', () => {
  test('are there', () => {
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'SECURITY.md', 'package.json']))
  })

  test('name no path of the machine that they were written on', () => {
    expect(findEverywhere(machinePath)).toEqual([])
  })

  test('hold no secret', () => {
    expect(findEverywhere(secret, (path) => madeUp.includes(path))).toEqual([])
  })

  test('leave nothing for later', () => {
    const bundled = (path: string) => path.startsWith('dist/') || path === 'package-lock.json'
    expect(findEverywhere(unfinished, bundled)).toEqual([])
  })

  test('are no private or generated ones', () => {
    const unwanted = /(^|\/)(node_modules|coverage)\/|(^|\/)\.env($|\.)|\.(pem|key|tgz|log|sqlite)$/
    expect((paths ?? []).filter((path) => unwanted.test(path))).toEqual([])
  })

  test('skip no test and single none out', () => {
    const tests = files.filter(([path]) => path.endsWith('.test.ts'))
    expect(tests.flatMap(([path, source]) => findSkipped(path, source))).toEqual([])
  })
})

// Written so that this file does not hold what it looks for.
const machinePath = /(?<![\w.~-])\/(?:work|root|home)\/[\w.-]+/g
const unfinished = /\b(?:TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b/g
const secret =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{50,}|\bAKIA[0-9A-Z]{16}\b/g

test.each([
  [machinePath, ['in', 'work', 'main'].join('/').replace('in', ''), true],
  [machinePath, `"${['', 'home', 'somebody'].join('/')}"`, true],
  [machinePath, 'https://example.com/home/page', false],
  [machinePath, '../work/main', false],
  [secret, `-----BEGIN RSA ${'PRIVATE'} KEY-----`, true],
  [secret, `ghp_${'a1'.repeat(18)}`, true],
  [secret, 'ghp_short', false],
  [unfinished, `// ${'TO'}DO later`, true],
  [unfinished, 'toDo', false],
])('%s finds %j: %s', (pattern, text, found) => {
  expect([...text.matchAll(pattern)].length > 0).toBe(found)
})

/** Tests that are skipped, singled out or promised, whatever calls are chained around; `skipIf` and `runIf` say why. */
function findSkipped(path: string, source: string): string[] {
  const found: string[] = []
  walk(parseSource(path, source), (node, parent, field) => {
    if (node.type !== 'Identifier' || parent?.type !== 'MemberExpression' || field !== 'property') {
      return
    }
    const chain = source.slice(parent.start, parent.end)
    if (/^(test|it|describe|suite|bench)\b[\w.]*\.(only|skip|todo|fails)$/.test(chain)) {
      found.push(`${path}:${lineAt(source, parent.start)} ${chain}`)
    }
  })
  return found
}

test('a skipped test is found, and one that says when it is skipped is not', () => {
  const lines = ["test.only('a')", "describe.skip.each([])('b')", "it.concurrent.todo('c')"]
  expect(findSkipped('a.test.ts', `${lines.join('\n')}\ntest.skipIf(true)('d')`)).toEqual([
    'a.test.ts:1 test.only',
    'a.test.ts:2 describe.skip',
    'a.test.ts:3 it.concurrent.todo',
  ])
})

describe('words that nobody should read from us', () => {
  test('are in no string of the sources', () => {
    const found = [...readSources()]
      .filter(([path]) => path.endsWith('.ts'))
      .flatMap(([path, source]) =>
        findForbiddenWordsInStrings(path, source).map(
          ({ line, word }) => `${path}:${line} ${word}`,
        ),
      )
    expect(found).toEqual([])
  })

  test.each(['action.yml', 'app.yml'])('are not in %s', (path) => {
    expect(findForbiddenWords(readText(path))).toEqual([])
  })

  test('are found in strings and templates, with their line', () => {
    const source = [
      '// a leaderboard in a comment is for developers',
      'const impact = 1',
      "const a = 'Productivity rose'",
      'const b = `first',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the source of a template
      'power users: ${impact}, the WINNER`',
      "const c = ['ranking', 'Human-written', 'adoption score', 'frank', 'compact']",
    ].join('\n')
    expect(findForbiddenWordsInStrings('a.ts', source)).toEqual([
      { line: 3, word: 'Productivity' },
      { line: 5, word: 'power users' },
      { line: 5, word: 'WINNER' },
      { line: 6, word: 'ranking' },
      { line: 6, word: 'Human-written' },
      { line: 6, word: 'adoption score' },
    ])
  })
})
