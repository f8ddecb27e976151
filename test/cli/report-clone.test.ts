import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ReportSchema } from '../../src/report/document/report-document.ts'
import { TestRepository } from '../support/git-repository.ts'
import { HistoryBuilder } from '../support/history-builder.ts'
import { runCli } from '../support/run-cli.ts'

const start = Date.UTC(2026, 0, 5) / 1000
const hour = 3_600

/** 420 squashed pull requests of 13 people in 26 weeks, each third marked, each fortieth reverted the day after. */
function aClone(): TestRepository {
  const source = new TestRepository()
  source.git(['config', 'remote.origin.url', 'https://github.com/acme/widgets.git'])
  const history = new HistoryBuilder()
  let parents: number[] = []
  const commit = (time: number, person: number, message: string, path: string, lines: number) => {
    const who = `Person ${person} <p${person}@example.com> ${time} +0000`
    const content = `${Array.from({ length: lines }, (_, line) => `${time} ${line}`).join('\n')}\n`
    const files = new Map([[path, content]])
    const mark = history.commit({
      ref: 'refs/heads/main',
      message,
      parents,
      author: who,
      committer: who,
      files,
    })
    parents = [mark]
  }
  commit(start, 0, 'Start\n', 'start', 1)
  for (let number = 1; number <= 420; number += 1) {
    const time = start + number * 10 * hour
    const trailer = number % 3 === 0 ? '\nCo-Authored-By: Claude <noreply@anthropic.com>\n' : ''
    const reverts = number % 40 === 2
    const subject = reverts
      ? `Revert "Change ${number - 1} (#${number - 1})" (#${number})\n\nReverts #${number - 1}\n`
      : `Change ${number} (#${number})\n${trailer}`
    commit(time, number % 13, subject, `file-${number % 50}`, 5 + (number % 7) * 10)
  }
  history.write(source)
  source.git(['symbolic-ref', 'HEAD', 'refs/heads/main'])
  return source
}

const reported = (source: TestRepository, ...args: readonly string[]) =>
  runCli(['report', source.directory, ...args], {
    directory: source.home,
    environment: source.environment,
  })

describe('the report of a clone', () => {
  test('compares reverts alone, and needs no key', async () => {
    const source = aClone()
    const { status, stdout, stderr } = await reported(source, '--format', 'json')
    expect(status).toBe(0)
    const report = ReportSchema.parse(JSON.parse(stdout))
    expect(report.scope).toMatchObject({
      kind: 'repository',
      name: 'acme/widgets',
      sources: ['git'],
    })
    expect(report.comparisons.map(({ verdict }) => verdict).slice(0, 2)).toEqual([
      'not_known',
      'not_known',
    ])
    expect(report.comparisons[2]).toMatchObject({
      verdict: 'too_few_events',
      comparable: { aiRecorded: { all: 110 } },
    })
    expect(report.warnings.map(({ code }) => code)).toContain('no-reviews')
    expect(stderr).toMatch(/^(?:what-shipped: [^\n]+\n)+$/)
    expect(existsSync(join(source.home, '.config'))).toBe(false)
    // Another run has another key, and the same report.
    expect((await reported(source, '--format', 'json')).stdout).toBe(stdout)
  })

  test('is named after its directory where it came from nowhere, or as the user says', async () => {
    const source = aClone()
    source.git(['config', '--unset', 'remote.origin.url'])
    const { status, stdout } = await reported(source)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^What Shipped: (?!unknown)\S+\n/)
    expect(stdout).toContain('read from a local clone')
    const named = await reported(source, '--name', 'Our widgets')
    expect(named.status).toBe(0)
    expect(named.stdout).toMatch(/^What Shipped: Our widgets\n/)
  })

  test('keeps the name that it has', async () => {
    const { status, stdout, stderr } = await reported(aClone(), '--name', 'Our widgets')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('the records name what they are of; leave --name out')
  })
})
