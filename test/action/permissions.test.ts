import { describe, expect, test } from 'vitest'
import { tagCase } from '../support/action-case.ts'
import { dependabot, dependabotCommit, lines, messageWith } from '../support/ai-marks.ts'
import { aFork, githubActions, type Permissions } from '../support/fake-github/index.ts'

const withoutContents =
  'The configuration file, authorship notes and the merge commit were not read: give the job `contents: read` to have them.'
const readOnly =
  'Pull requests from forks and from Dependabot have a read-only token, so this is normal there.'
const withoutLabels = `No label was set: give the job \`pull-requests: write\` to have labels. ${readOnly}`
const withoutNewLabels = `No label was set: give the job \`issues: write\` to have labels created. ${readOnly}`

const ourLabels = ['ai:assisted', 'ai:agent-authored', 'ai:unassisted']
const marked = { commits: [{ message: messageWith(lines.claude) }] }

interface Grant {
  readonly permissions: Permissions
  /** Whether the repository has our labels already. */
  readonly created: boolean
  readonly notices: readonly string[]
  readonly labelled: boolean
}

const grants: readonly Grant[] = [
  {
    permissions: { 'pull-requests': 'write', issues: 'write', contents: 'read' },
    created: false,
    notices: [],
    labelled: true,
  },
  {
    permissions: { 'pull-requests': 'write', contents: 'read' },
    created: true,
    notices: [],
    labelled: true,
  },
  {
    permissions: { 'pull-requests': 'write', contents: 'read' },
    created: false,
    notices: [withoutNewLabels],
    labelled: false,
  },
  {
    permissions: { 'pull-requests': 'write', issues: 'read', contents: 'read' },
    created: false,
    notices: [withoutNewLabels],
    labelled: false,
  },
  {
    permissions: { 'pull-requests': 'read', issues: 'write', contents: 'read' },
    created: false,
    notices: [],
    labelled: true,
  },
  {
    permissions: { 'pull-requests': 'read', contents: 'read' },
    created: true,
    notices: [withoutLabels],
    labelled: false,
  },
  {
    permissions: { 'pull-requests': 'read', contents: 'read' },
    created: false,
    notices: [withoutNewLabels],
    labelled: false,
  },
  {
    permissions: { 'pull-requests': 'write', issues: 'write' },
    created: false,
    notices: [withoutContents],
    labelled: true,
  },
  {
    permissions: { 'pull-requests': 'write' },
    created: true,
    notices: [withoutContents],
    labelled: true,
  },
  {
    permissions: { 'pull-requests': 'read' },
    created: true,
    notices: [withoutContents, withoutLabels],
    labelled: false,
  },
]

describe('what a permission adds, and what is said without it', () => {
  test.each(grants)('$permissions, labels created: $created', async (grant) => {
    const run = await tagCase({
      pullRequest: marked,
      repository: { labels: grant.created ? ourLabels : [] },
      permissions: grant.permissions,
    })
    expect(run.exitCode).toBe(0)
    expect(run.metadata).toMatchObject({ assistance: 'assisted', tier: 'E2', complete: true })
    expect(run.summary).toMatch(/^## AI recorded: AI-assisted/)
    expect(run.notices).toEqual(grant.notices)
    expect(run.warnings).toEqual([])
    expect(run.pullRequest.labels).toEqual(grant.labelled ? ['ai:assisted'] : [])
    expect(run.outputs.labels).toBe(grant.labelled ? 'ai:assisted' : '')
    expect(run.writes.every((write) => grant.labelled || write.startsWith('POST'))).toBe(true)
  })

  test('a notice is in the summary too', async () => {
    const { summary } = await tagCase({ permissions: { 'pull-requests': 'read' } })
    expect(summary).toMatch(/The configuration file.*contents: read/)
  })

  test('without a label to set there is nothing to say of labels', async () => {
    const { notices } = await tagCase({
      permissions: { 'pull-requests': 'read', contents: 'read' },
    })
    expect(notices).toEqual([])
  })

  test('with labels switched off there is nothing to say of them', async () => {
    const { notices, writes } = await tagCase({
      pullRequest: marked,
      permissions: { 'pull-requests': 'read', contents: 'read' },
      inputs: { labels: 'false' },
    })
    expect(notices).toEqual([])
    expect(writes).toEqual([])
  })
})

describe('a read-only token', () => {
  test.each([
    {
      name: 'of a fork',
      pullRequest: { ...marked, head: { repository: aFork('stranger') } },
      expected: { assistance: 'assisted' },
    },
    {
      name: 'of Dependabot',
      pullRequest: { author: dependabot, commits: [dependabotCommit] },
      expected: { assistance: 'undeclared', automation: 'dependabot' },
    },
  ])('$name gives outputs and a summary, and the job does not fail', async (given) => {
    const run = await tagCase({
      pullRequest: given.pullRequest,
      permissions: { 'pull-requests': 'read', contents: 'read', issues: 'read' },
    })
    expect(run.exitCode).toBe(0)
    expect(run.metadata).toMatchObject(given.expected)
    expect(run.summary).not.toBe('')
    expect(run.pullRequest.labels).toEqual([])
  })

  test('tells which labels stand although it cannot move them', async () => {
    const { outputs, pullRequest, notices } = await tagCase({
      pullRequest: {
        commits: [{ message: messageWith(lines.none) }],
        labels: ['ai:assisted', 'bug'],
        labelEvents: [{ label: 'ai:assisted', actor: githubActions }],
      },
      repository: { labels: ourLabels },
      permissions: { 'pull-requests': 'read', contents: 'read' },
    })
    expect(outputs).toMatchObject({ assistance: 'unassisted', labels: 'ai:assisted' })
    expect(pullRequest.labels).toEqual(['ai:assisted', 'bug'])
    expect(notices).toEqual([withoutLabels])
  })
})

describe('a private repository', () => {
  test('is read with the same permissions', async () => {
    const run = await tagCase({ pullRequest: marked, repository: { private: true } })
    expect(run.metadata).toMatchObject({ assistance: 'assisted' })
    expect(run.pullRequest.labels).toEqual(['ai:assisted'])
    expect(run.commands).toEqual([])
  })

  test('is read with the least', async () => {
    const run = await tagCase({
      pullRequest: marked,
      repository: { private: true, labels: ourLabels },
      permissions: { 'pull-requests': 'read' },
    })
    expect(run.exitCode).toBe(0)
    expect(run.metadata).toMatchObject({ assistance: 'assisted' })
    expect(run.notices).toEqual([withoutContents, withoutLabels])
  })
})

describe('a set-up that cannot work fails in one line that says what to do', () => {
  test.each([
    {
      name: 'no permission to read pull requests',
      init: { permissions: { contents: 'read' } as const },
      error:
        'The token may not read this pull request (GitHub says: Resource not accessible by integration). Give the job `permissions: pull-requests: read`.',
    },
    {
      name: 'a private repository that the token may not see',
      init: { permissions: { metadata: 'none' } as const, repository: { private: true } },
      error:
        "There is no such pull request, or the token may not see it (GitHub says: Could not resolve to a Repository with the name 'acme/widgets'). Check the input pull-request, and that the token is one of this repository.",
    },
    {
      name: 'no such pull request',
      init: { inputs: { 'pull-request': '8' } },
      error:
        'There is no such pull request, or the token may not see it (GitHub says: Could not resolve to a PullRequest with the number of 8). Check the input pull-request, and that the token is one of this repository.',
    },
    {
      name: 'a wrong token',
      init: { inputs: { 'github-token': 'wrong-token' } },
      error:
        "GitHub does not accept the token: Bad credentials - https://docs.github.com/rest. Leave the input github-token out to use the job's own token.",
    },
    {
      name: 'a push, and no permission to read pull requests',
      init: {
        permissions: { contents: 'read' } as const,
        event: 'push',
        payload: { ref: 'refs/heads/main', after: 'a'.repeat(40) },
      },
      error:
        'The token may not read this pull request (GitHub says: Resource not accessible by integration - https://docs.github.com/rest). Give the job `permissions: pull-requests: read`.',
    },
  ])('$name', async ({ init, error }) => {
    const run = await tagCase(init)
    expect(run.exitCode).toBe(1)
    expect(run.errors).toEqual([error])
    expect(run.summary).toBe('')
    expect(run.writes).toEqual([])
  })

  test.each([
    { input: 'mode', value: 'reports', error: "Input mode: use 'tag' or 'report'" },
    { input: 'issue', value: 'yes please', error: 'Input issue: use true or false' },
    {
      input: 'github-token',
      value: '',
      error:
        'Input github-token: it is empty, as a secret is that does not exist or that a fork may not read; leave the input out to use the token of the job',
    },
    {
      input: 'pull-request',
      value: '#7',
      error: 'Input pull-request: use the number of a pull request',
    },
    { input: 'labels', value: 'maybe', error: 'Input labels: use true or false' },
    {
      input: 'label-prefix',
      value: 'ai,',
      error: 'Input label-prefix: use 1 to 15 letters, digits, spaces or . : / _ -',
    },
    { input: 'tool-labels', value: '2', error: 'Input tool-labels: use true or false' },
    {
      input: 'config',
      value: '../other.yml',
      error: 'Input config: use a path inside the repository',
    },
    { input: 'summary', value: 'no way', error: 'Input summary: use true or false' },
  ])('input $input: $value', async ({ input, value, error }) => {
    const run = await tagCase({ inputs: { [input]: value } })
    expect(run.exitCode).toBe(1)
    expect(run.errors).toEqual([error])
    expect(run.reads).toEqual([])
  })
})
