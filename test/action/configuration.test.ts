import { describe, expect, test } from 'vitest'
import { type ActionCase, tagCase } from '../support/action-case.ts'
import { lines, messageWith } from '../support/ai-marks.ts'
import { anAccount } from '../support/fake-github/index.ts'

const path = '.github/what-shipped.yml'
const claude = { message: messageWith(lines.claude) }

/** A repository whose default branch has this configuration. */
function configured(yaml: string, init: ActionCase = {}): ActionCase {
  return { repository: { files: { [path]: yaml } }, ...init }
}

describe('the configuration of the default branch', () => {
  test('adds a tool', async () => {
    const { metadata, pullRequest, summary } = await tagCase(
      configured(
        `tools:
  - id: acme-writer
    name: Acme Writer
    trailers:
      - key: Written-with
        value: ^Acme Writer
`,
        {
          pullRequest: { commits: [{ message: messageWith('Written-with: Acme Writer 2') }] },
          inputs: { 'tool-labels': 'true' },
        },
      ),
    )
    expect(metadata).toMatchObject({ assistance: 'assisted', tier: 'E2', tools: ['acme-writer'] })
    expect(pullRequest.labels).toEqual(['ai:assisted', 'ai:tool:acme-writer'])
    expect(summary).toContain('Acme Writer')
  })

  test('ignores a mark', async () => {
    const { metadata, commands } = await tagCase(
      configured('ignore: [claude-code/coauthor]\n', { pullRequest: { commits: [claude] } }),
    )
    expect(metadata).toMatchObject({ assistance: 'undeclared', evidence: [] })
    expect(commands).toEqual([])
  })

  test('names labels that declare', async () => {
    const { metadata, pullRequest } = await tagCase(
      configured('labels:\n  unassisted: [no-ai]\n', { pullRequest: { labels: ['no-ai'] } }),
    )
    expect(metadata).toMatchObject({ assistance: 'unassisted', tier: 'E3' })
    expect(pullRequest.labels).toEqual(['no-ai', 'ai:unassisted'])
  })

  test('names accounts that are bots', async () => {
    const { metadata } = await tagCase(
      configured("bots: ['acme-release[bot]']\n", {
        pullRequest: { author: anAccount('acme-release[bot]') },
      }),
    )
    expect(metadata).toMatchObject({ assistance: 'undeclared', automation: 'repository-bot' })
  })

  test('may be empty', async () => {
    const { metadata, commands } = await tagCase(configured('# nothing yet\n'))
    expect(metadata).toMatchObject({ assistance: 'undeclared' })
    expect(commands).toEqual([])
  })

  test('may be another file', async () => {
    const { metadata } = await tagCase({
      pullRequest: { commits: [claude] },
      repository: { files: { 'ai.yml': 'ignore: [claude-code/coauthor]\n' } },
      inputs: { config: 'ai.yml' },
    })
    expect(metadata).toMatchObject({ assistance: 'undeclared' })
  })
})

describe('a configuration elsewhere than on the default branch has no effect', () => {
  const files = { [path]: 'ignore: [claude-code/coauthor]\n' }

  test.each([
    { name: "the pull request's head", init: { pullRequest: { commits: [{ ...claude, files }] } } },
    {
      name: 'the base, where that is another branch',
      init: {
        pullRequest: { commits: [claude], base: { ref: 'release' } },
        repository: { refs: { 'refs/heads/release': files } },
      },
    },
  ])('$name', async ({ init }) => {
    const { metadata, pullRequest } = await tagCase(init)
    expect(metadata).toMatchObject({ assistance: 'assisted', tools: ['claude-code'] })
    expect(pullRequest.labels).toEqual(['ai:assisted'])
  })

  test('the head cannot switch off what the default branch says', async () => {
    const { metadata } = await tagCase({
      pullRequest: { commits: [{ ...claude, files: { [path]: 'tools: []\n' } }] },
      repository: { files },
    })
    expect(metadata).toMatchObject({ assistance: 'undeclared' })
  })
})

describe('a fault in it is one warning with line and column, and the run goes on with defaults', () => {
  test.each([
    {
      name: 'an unknown key',
      yaml: 'ignore: []\nthreshold: 5\n',
      warning: /^\.github\/what-shipped\.yml was not used: line 2, column 1: .*"threshold"/,
    },
    {
      name: 'a bad value',
      yaml: 'ignore:\n  - Claude\n',
      warning: /^\.github\/what-shipped\.yml was not used: line 2, column 5: ignore\.0: use the id/,
    },
    {
      name: 'broken YAML',
      yaml: 'ignore: [\n',
      warning: /^\.github\/what-shipped\.yml was not used: line \d+, column \d+: /,
    },
    {
      name: 'a pattern that takes too long elsewhere',
      yaml: 'tools:\n  - id: x\n    name: X\n    lines: ["(?=x)x"]\n',
      warning: /^\.github\/what-shipped\.yml was not used: line 4, column 13: .*cannot be used/,
    },
  ])('$name', async ({ yaml, warning }) => {
    const run = await tagCase(configured(yaml, { pullRequest: { commits: [claude] } }))
    expect(run.exitCode).toBe(0)
    expect(run.warnings).toEqual([expect.stringMatching(warning)])
    expect(run.metadata).toMatchObject({ assistance: 'assisted' })
    expect(run.pullRequest.labels).toEqual(['ai:assisted'])
    expect(run.summary).toContain('was not used: line')
  })

  test('a pattern that matches everything is used, with a warning', async () => {
    const { metadata, warnings } = await tagCase(
      configured('tools:\n  - id: all\n    name: All\n    lines: [".*"]\n'),
    )
    expect(metadata).toMatchObject({ assistance: 'assisted', tools: ['all'] })
    expect(warnings).toEqual([expect.stringMatching(/matches every text/)])
  })
})

test('without contents: read it is not looked for', async () => {
  const { metadata, notices } = await tagCase(
    configured('ignore: [claude-code/coauthor]\n', {
      pullRequest: { commits: [claude] },
      permissions: { 'pull-requests': 'write', issues: 'write' },
    }),
  )
  expect(metadata).toMatchObject({ assistance: 'assisted' })
  expect(notices).toEqual([expect.stringMatching(/^The configuration file.*`contents: read`/)])
})
