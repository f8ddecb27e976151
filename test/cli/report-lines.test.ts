import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatRecord, syntheticOrganisation } from '../../src/delivery/index.ts'
import { ReportSchema } from '../../src/report/document/report-document.ts'
import { renderJson } from '../../src/report/json-report.ts'
import { TestRepository, temporaryDirectory } from '../support/git-repository.ts'
import { runCli } from '../support/run-cli.ts'
import { runInProcess } from '../support/run-in-process.ts'

/** As `--format json` writes the report of a line. */
function asJson(line: string): string {
  return renderJson(ReportSchema.parse(JSON.parse(line)))
}

const linesOf = (text: string) => text.trimEnd().split('\n')

describe('report --format ndjson', () => {
  test('is the report of all as --format json has it, then one of each repository by name', async () => {
    const { status, stdout, stderr } = await runInProcess([
      'report',
      '--example',
      '--format',
      'ndjson',
    ])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const [whole = '', ...others] = linesOf(stdout)
    const json = await runInProcess(['report', '--example', '--format', 'json'])
    expect(asJson(whole)).toBe(json.stdout)
    expect(JSON.stringify(JSON.parse(json.stdout))).toBe(whole)
    const scopes = others.map((line) => ReportSchema.parse(JSON.parse(line)).scope)
    expect(scopes.map(({ name }) => name)).toEqual(
      ['accounts', 'brand-site', 'checkout', 'infrastructure', 'mobile-app', 'search'].map(
        (name) => `example/${name}`,
      ),
    )
    expect(scopes.every(({ kind, synthetic }) => kind === 'repository' && synthetic)).toBe(true)
  }, 60_000)

  test('of one repository is one line, in a file whose ending says so', async () => {
    const directory = temporaryDirectory()
    const records = syntheticOrganisation({
      seed: 3,
      repositories: 1,
      people: 12,
      weeks: 20,
      changesPerWeek: 20,
      asOf: '2026-06-22T00:00:00Z',
    })
    writeFileSync(
      join(directory, 'records.ndjson'),
      [...records].map((one) => `${formatRecord(one)}\n`).join(''),
    )
    const report = (...args: string[]) =>
      runInProcess(['report', 'records.ndjson', ...args], { directory })
    expect(await report('--out', 'report.ndjson')).toMatchObject({ status: 0, stdout: '' })
    const [line = '', ...others] = linesOf(readFileSync(join(directory, 'report.ndjson'), 'utf8'))
    expect(others).toEqual([])
    expect(asJson(line)).toBe((await report('--format', 'json')).stdout)
  }, 60_000)
})

test('--progress tells a program how far the reading has come, in lines without our name', async () => {
  const source = new TestRepository()
  source.commitMany(3_000, (number) => `Change ${number} (#${number})\n`)
  const { status, stdout, stderr } = await runCli(
    ['report', source.directory, '--format', 'ndjson', '--progress', '1'],
    { directory: source.home, environment: source.environment },
  )
  expect(status).toBe(0)
  expect(linesOf(stdout)).toHaveLength(1)
  for (const line of linesOf(stderr)) {
    expect(line).toMatch(/^what-shipped: |^[\d,]+ of 3,000 commits of the branch read/)
  }
}, 60_000)
