import { describe, expect, test } from 'vitest'
import { tagCase } from '../support/action-case.ts'
import { lines, messageWith } from '../support/ai-marks.ts'
import { expectInert } from '../support/expect-inert.ts'
import { maliciousTexts } from '../support/malicious-inputs.ts'

const textsAt = (...places: readonly string[]) =>
  maliciousTexts.filter(({ where }) => places.includes(where))

async function runWith(configuration: string) {
  const run = await tagCase({
    pullRequest: {
      commits: [{ message: messageWith(lines.claude) }, { message: 'a'.repeat(5_000) }],
    },
    repository: { files: { '.github/what-shipped.yml': configuration } },
  })
  expectInert(run, run.pullRequest.labels, [])
  expect(run.metadata).toMatchObject({ assistance: 'assisted' })
  expect(run.pullRequest.labels).toEqual(['ai:assisted'])
  return run
}

describe('a hostile configuration is one warning, and the run goes on with defaults', () => {
  test.each(textsAt('config-yaml'))('$name', async ({ text }) => {
    const { warnings, metadata } = await runWith(text)
    expect(warnings).toEqual([expect.stringMatching(/was not used: line \d+, column \d+: /)])
    expect(metadata?.tools).toEqual(['claude-code'])
  })

  test('commands as keys', async () => {
    const keys = maliciousTexts
      .filter(({ check }) => check.includes('no-workflow-command'))
      .map(({ text }) => `${JSON.stringify(text)}: 1\n`)
    const { warnings, commands } = await runWith(keys.join(''))
    expect(warnings).toEqual([expect.stringMatching(/^[^\n\r]*was not used: line 1, column 1: /)])
    expect(commands).toHaveLength(1)
  })
})

describe('a hostile pattern is refused, or runs in linear time', () => {
  test.each(textsAt('config-regex'))('$name', async ({ text }) => {
    const pattern = JSON.stringify(text)
    const { commands } = await runWith(
      `tools:\n  - id: x\n    name: X\n    lines: [${pattern}]\n    trailers:\n      - { key: Made-by, value: ${pattern} }\n`,
    )
    expect(commands.map(({ name }) => name)).toEqual(commands.map(() => 'warning'))
  })
})
