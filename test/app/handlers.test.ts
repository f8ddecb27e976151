import { pino } from 'pino'
import { Probot } from 'probot'
import { beforeAll, describe, expect, it } from 'vitest'
import { whatShipped } from '../../src/app/index.ts'
import { collectJobs, wantJob } from '../../src/app/jobs/collected-jobs.ts'
import { anApp } from '../support/fake-github/index.ts'

type Delivered = Parameters<Probot['receive']>[0]

const repository = { id: 42, owner: { id: 1 }, default_branch: 'main' }
const installation = { id: 5 }
const sha = 'a'.repeat(40)
const pullRequest = {
  repository,
  installation,
  pull_request: { number: 7, updated_at: '2026-03-02T10:00:00Z', head: { sha } },
}
const read = {
  kind: 'read-change',
  subject: '42/7',
  payload: '{"updatedAt":"2026-03-02T10:00:00Z"}',
  payloadAt: Date.parse('2026-03-02T10:00:00Z'),
}
const sync = { kind: 'sync-installation', subject: '5', ofApp: true }

function press(identifier: string, externalId: string | null) {
  return {
    action: 'requested_action',
    repository,
    installation,
    check_run: { id: 3, head_sha: sha, external_id: externalId },
    requested_action: { identifier },
    sender: { id: 9, login: 'dev' },
  }
}

const cases: readonly [name: string, payload: object, jobs: readonly object[]][] = [
  ['pull_request', { action: 'opened', ...pullRequest }, [read]],
  ['pull_request', { action: 'never seen before', ...pullRequest }, [read]],
  ['pull_request_review', { action: 'submitted', ...pullRequest }, [read]],
  ['pull_request_review_comment', { action: 'created', ...pullRequest }, [read]],
  ['pull_request_review_thread', { action: 'resolved', ...pullRequest }, [read]],
  [
    'check_suite',
    { action: 'requested', repository, installation, check_suite: { head_sha: sha } },
    [{ kind: 'find-changes', subject: `42/${sha}` }],
  ],
  [
    'check_suite',
    { action: 'rerequested', repository, installation, check_suite: { head_sha: sha } },
    [{ kind: 'find-changes', subject: `42/${sha}`, payload: 'again' }],
  ],
  ...(
    [
      ['requested', {}],
      ['rerequested', { payload: 'again' }],
    ] as const
  ).map(([action, more]): [string, object, object[]] => [
    'check_suite',
    {
      action,
      repository,
      installation,
      check_suite: { head_sha: sha, head_branch: `gh-readonly-queue/release/1.x/pr-104-${sha}` },
    },
    [{ kind: 'publish-check', subject: `42/104/${sha}`, ...more }],
  ]),
  [
    'check_suite',
    {
      action: 'requested',
      repository,
      installation,
      check_suite: { head_sha: sha, head_branch: `mine/gh-readonly-queue/main/pr-104-${sha}` },
    },
    [{ kind: 'find-changes', subject: `42/${sha}` }],
  ],
  [
    'check_suite',
    { action: 'completed', repository, installation, check_suite: { head_sha: sha } },
    [],
  ],
  [
    'check_run',
    { ...press('', 'change/42/7'), action: 'rerequested' },
    [{ kind: 'publish-check', subject: `42/7/${sha}`, payload: 'again' }],
  ],
  ...[null, 'change/43/7', 'somebody else’s'].map((externalId): [string, object, object[]] => [
    'check_run',
    { ...press('', externalId), action: 'rerequested' },
    [],
  ]),
  ['check_run', { ...press('', null), action: 'completed' }, []],
  ['check_run', { ...press('', null), action: 'created' }, []],
  [
    'check_run',
    press('assisted', 'change/42/7'),
    [
      {
        kind: 'hear-declaration',
        subject: 'of-the-body',
        payload: JSON.stringify({
          id: 'of-the-body',
          repositoryId: 42,
          number: 7,
          claim: 'assisted',
          userId: 9,
          login: 'dev',
          at: 1_000,
        }),
      },
    ],
  ],
  ['check_run', press('assisted', 'change/43/7'), []],
  ['check_run', press('assisted', null), []],
  ['check_run', press('format-the-disk', 'change/42/7'), []],
  [
    'merge_group',
    {
      action: 'checks_requested',
      repository,
      installation,
      merge_group: { head_sha: sha, head_ref: `refs/heads/gh-readonly-queue/main/pr-104-${sha}` },
    },
    [{ kind: 'publish-check', subject: `42/104/${sha}` }],
  ],
  [
    'merge_group',
    {
      action: 'checks_requested',
      repository,
      installation,
      merge_group: { head_sha: sha, head_ref: 'refs/heads/something-else' },
    },
    [],
  ],
  [
    'push',
    { ref: 'refs/heads/main', repository, installation },
    [{ kind: 'reconcile-repository', subject: '42', after: 60_000 }],
  ],
  ['push', { ref: 'refs/heads/change-7', repository, installation }, []],
  ['installation', { action: 'created', installation }, [sync]],
  ['installation', { action: 'deleted', installation }, [sync]],
  ['installation_repositories', { action: 'added', installation }, [sync]],
  ['installation_target', { action: 'renamed', installation }, [sync]],
  [
    'repository',
    { action: 'privatized', repository, installation },
    [{ kind: 'sync-repository', subject: '42' }],
  ],
  ['organization', { action: 'renamed', organization: { id: 1 }, installation }, [sync]],
  [
    'organization',
    {
      action: 'member_removed',
      organization: { id: 1 },
      installation,
      membership: { user: { id: 9, login: 'dev' } },
    },
    [
      { kind: 'end-sessions', subject: '9', ofApp: true },
      { kind: 'end-tokens', subject: '9' },
    ],
  ],
  ['membership', { action: 'removed', installation }, []],
  ['team', { action: 'removed_from_repository', installation }, []],
  [
    'member',
    { action: 'removed', repository, installation, member: { id: 9, login: 'dev' } },
    [{ kind: 'end-sessions', subject: '9', ofApp: true }],
  ],
  [
    'github_app_authorization',
    { action: 'revoked', sender: { id: 9, login: 'dev' } },
    [{ kind: 'end-sessions', subject: '9', ofApp: true }],
  ],
]

describe('a delivery', () => {
  let probot: Probot
  beforeAll(async () => {
    const { id: appId, privateKey } = anApp()
    probot = new Probot({ appId, privateKey, log: pino({ level: 'silent' }) })
    await probot.load(whatShipped)
  })
  const receive = (name: string, payload: object, id = 'delivery') =>
    probot.receive({ id, name, payload } as Delivered)

  it.each(cases)('%s %j asks for %j', async (name, payload, jobs) => {
    expect(
      await collectJobs({ receivedAt: 1_000, bodyHash: 'of-the-body' }, () =>
        receive(name, payload),
      ),
    ).toEqual(jobs)
  })

  it('gets its own jobs, also where many are handled side by side', async () => {
    const numbers = Array.from({ length: 50 }, (_, index) => index + 1)
    const all = await Promise.all(
      numbers.map((number) => {
        const { pull_request } = pullRequest
        const payload = {
          ...pullRequest,
          action: 'opened',
          pull_request: { ...pull_request, number },
        }
        return collectJobs({ receivedAt: 0, bodyHash: '' }, () => receive('pull_request', payload))
      }),
    )
    expect(all.map((jobs) => jobs.map(({ subject }) => subject))).toEqual(
      numbers.map((number) => [`42/${number}`]),
    )
  })

  it('gets the jobs of handlers that wait before they ask', async () => {
    const late = new Probot({
      appId: 1,
      privateKey: anApp().privateKey,
      log: pino({ level: 'silent' }),
    })
    await late.load((app) => {
      app.on('push', async () => {
        await new Promise(setImmediate)
        wantJob({ kind: 'one', subject: '' })
      })
      app.on('push', async () => {
        await Promise.resolve()
        wantJob({ kind: 'other', subject: '' })
      })
    })
    const payload = { ref: 'refs/heads/main', repository, installation }
    const jobs = await collectJobs({ receivedAt: 0, bodyHash: '' }, () =>
      late.receive({ id: 'x', name: 'push', payload } as unknown as Delivered),
    )
    expect(jobs.map(({ kind }) => kind)).toEqual(['other', 'one'])
  })

  it('that comes past the inbox is refused, and not lost in silence', async () => {
    await expect(
      receive('push', { ref: 'refs/heads/main', repository, installation }),
    ).rejects.toThrow('past the inbox')
  })
})
