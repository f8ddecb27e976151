import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { variables } from '../../src/app/configuration/variables.ts'
import { root } from '../support/repository.ts'

/** What we hold ourselves to of OWASP ASVS 5.0.0. */
const items = [
  ...['1.2.1', '1.2.4', '1.2.5', '1.2.10', '1.3.6', '1.3.12', '2.4.1'],
  ...['3.2.1', '3.2.2', '3.3.1', '3.3.2', '3.3.3', '3.3.4'],
  ...['3.4.1', '3.4.2', '3.4.3', '3.4.4', '3.4.5', '3.4.6', '3.4.8'],
  ...['3.5.1', '3.5.3', '3.5.8', '3.7.2', '4.1.1', '4.1.3', '4.1.4'],
  ...['7.2.1', '7.2.2', '7.2.3', '7.3.1', '7.3.2', '7.4.1', '7.4.2', '7.4.5'],
  ...['8.1.1', '8.2.1', '8.2.2', '8.2.3', '8.3.1', '8.3.2', '8.3.3', '8.4.1'],
  ...['10.1.1', '10.1.2', '10.2.1', '10.2.3', '11.4.1', '11.5.1'],
  ...['13.1.4', '13.2.3', '13.2.4', '13.3.1', '13.3.2', '13.4.2', '13.4.5'],
  ...['14.1.1', '14.2.1', '14.2.3', '14.2.6', '14.2.7', '14.3.2'],
  ...['15.1.2', '15.2.3', '15.2.4', '15.3.1', '15.3.5', '15.3.6', '15.4.2'],
  ...['16.1.1', '16.2.1', '16.2.5', '16.3.1', '16.3.2', '16.3.3', '16.4.1'],
  ...['16.5.1', '16.5.2', '16.5.3', '16.5.4'],
]

const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line))
  .map((line) => {
    const [, item = '', , how = '', cell = '', result = ''] = line.split(/ ?\| ?/)
    const tests = cell.split('<br>').flatMap((text) => {
      const [, file, title] = /^`(.+?)`: (.+)$/.exec(text) ?? []
      return file === undefined || title === undefined ? [] : [{ file, title }]
    })
    return { item, how, tests, result }
  })

test('docs/security.md has every item, once and in order', () => {
  expect(rows.map(({ item }) => item)).toEqual(items)
})

test('each item has a result; one that is met has a test, and one that is not fully says why', () => {
  for (const { item, how, tests, result } of rows) {
    expect(['met', 'partly', 'not'], item).toContain(result)
    expect(tests.length > 0, item).toBe(result !== 'not')
    if (result !== 'met') expect(how.length, item).toBeGreaterThan(30)
  }
})

describe.each(rows.filter(({ tests }) => tests.length > 0))('$item', ({ tests }) => {
  test.each(tests)('$file: $title', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true)
    const quoted = readFileSync(join(root, file), 'utf8')
      .split('\n')
      .filter((line) => line.includes(title) && /['"`]/.test(line))
    expect(quoted.length).toBeGreaterThan(0)
  })
})

test('no source names a header that would let other sites read (ASVS 5.0, 3.4.2)', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  const files = sources.filter((file) => file.endsWith('.ts'))
  expect(files.length).toBeGreaterThan(100)
  for (const file of files) {
    const source = readFileSync(join(root, 'src', file), 'utf8')
    expect(/access-control-allow|hono\/cors/i.test(source), file).toBe(false)
  }
})

test('the egress list names every setting that is an address', () => {
  const addresses = variables.map(({ name }) => name).filter((name) => name.endsWith('_URL'))
  expect(addresses.length).toBeGreaterThan(2)
  const [, section = ''] = page.split('## Where the server connects to')
  for (const name of addresses) expect(section.split('\n## ')[0]).toContain(`\`${name}\``)
})

test('a list of parts is put beside each release (ASVS 5.0, 15.1.2)', () => {
  const release = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')
  expect(release).toMatch(
    /npm sbom --package-lock-only --sbom-format=cyclonedx > \S+sbom\.cdx\.json/,
  )
  expect(release).toMatch(/gh release upload .*sbom\.cdx\.json/)
})
