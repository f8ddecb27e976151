import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { readPullRequest } from '../../src/github/index.ts'
import { github, testClient } from '../support/github-client.ts'
import { forbidNetwork } from '../support/no-network.ts'

forbidNetwork()

const address = { owner: 'acme', name: 'shop', number: 7 }
const config = '.github/what-shipped.yml'
const questions = { configurationPath: config, labelPrefix: 'ai:' }
const head = 'c'.repeat(40)
const base = 'b'.repeat(40)
const tip = 'f'.repeat(40)
const createdAt = '2026-03-01T09:00:00Z'
const notAccessible = 'Resource not accessible by integration'
const BodySchema = z.object({ variables: z.record(z.string(), z.unknown()) })

interface Actor {
  __typename: string
  login: string
  databaseId?: number | null
}
interface Page {
  pageInfo: { hasPreviousPage: boolean; startCursor: string | null }
  nodes: (object | null)[] | null
}

const dev: Actor = { __typename: 'User', login: 'dev', databaseId: 1 }
const actions: Actor = { __typename: 'Bot', login: 'github-actions', databaseId: 41898282 }
const helper: Actor = { __typename: 'Bot', login: 'acme-helper', databaseId: 77 }
const mannequin: Actor = { __typename: 'Mannequin', login: 'moved' }
const noEvents: Page = { pageInfo: { hasPreviousPage: false, startCursor: null }, nodes: [] }

function pull(changes: object = {}) {
  return {
    number: 7,
    url: 'https://github.com/acme/shop/pull/7',
    body: 'Fixes it',
    createdAt,
    lastEditedAt: null,
    headRefName: 'fix/it',
    headRefOid: head,
    baseRefOid: base,
    merged: false,
    author: dev,
    labels: { nodes: [] },
    timelineItems: noEvents,
    mergeCommit: null,
    ...changes,
  }
}

function data(pullRequest: object | null = pull(), repository: object = {}) {
  return {
    viewer: { login: 'github-actions[bot]', databaseId: 41898282 },
    repository: {
      nameWithOwner: 'acme/shop',
      configuration: null,
      notes: null,
      knownLabels: { nodes: [{ name: 'ai:assisted' }] },
      pullRequest,
      ...repository,
    },
  }
}

function forbidden(...paths: string[]) {
  return paths.map((path) => ({
    type: 'FORBIDDEN',
    path: path.split('.'),
    extensions: { saml_failure: false },
    message: notAccessible,
  }))
}

/** Answers queries in turn, and keeps the variables of each. */
function answer(...replies: { data: unknown; errors?: object[] }[]): Record<string, unknown>[] {
  const asked: Record<string, unknown>[] = []
  for (const reply of replies) {
    github()
      .post('/graphql')
      .reply(async (request: Request) => {
        asked.push(BodySchema.parse(await request.json()).variables)
        return [200, JSON.stringify(reply), { 'content-type': 'application/json' }]
      })
  }
  return asked
}

function read() {
  return readPullRequest(testClient().api, address, questions)
}

const facts = {
  number: 7,
  repository: 'acme/shop',
  url: 'https://github.com/acme/shop/pull/7',
  headSha: head,
  baseSha: base,
  branch: 'fix/it',
  opener: { id: 1, login: 'dev', bot: false },
  description: 'Fixes it',
  describedAt: Date.parse(createdAt),
  labels: [],
  knownLabels: ['ai:assisted'],
  labelEvents: [],
  unreadable: [],
}

test('one query asks for all, and the configuration by path on the default branch', async () => {
  const asked = answer({ data: data() })
  expect(await read()).toEqual(facts)
  expect(asked).toEqual([
    { ...address, configuration: 'HEAD:.github/what-shipped.yml', labels: 'ai:' },
  ])
})

const { opener: _, ...withoutOpener } = facts
const merge = { oid: 'd'.repeat(40), message: 'Fix it (#7)', authoredDate: '2026-03-02T09:00:00Z' }

test.each<[string, ReturnType<typeof data>, object]>([
  ['opened by a deleted account', data(pull({ author: null })), withoutOpener],
  ['opened by an imported account', data(pull({ author: mannequin })), withoutOpener],
  [
    'opened by an app',
    data(pull({ author: helper })),
    { ...facts, opener: { id: 77, login: 'acme-helper[bot]', bot: true } },
  ],
  [
    'opened by an app whose login says so',
    data(pull({ author: { ...helper, login: 'acme-helper[bot]' } })),
    { ...facts, opener: { id: 77, login: 'acme-helper[bot]', bot: true } },
  ],
  [
    'described anew',
    data(pull({ body: '', lastEditedAt: '2026-03-01T10:00:00Z' })),
    { ...facts, description: '', describedAt: Date.parse('2026-03-01T10:00:00Z') },
  ],
  [
    'described anew by a person',
    data(pull({ lastEditedAt: '2026-03-01T10:00:00Z', editor: { __typename: 'User' } })),
    { ...facts, describedAt: Date.parse('2026-03-01T10:00:00Z') },
  ],
  [
    'with a summary that a bot added to the description',
    data(pull({ lastEditedAt: '2026-03-01T10:00:00Z', editor: { __typename: 'Bot' } })),
    facts,
  ],
  [
    'with labels',
    data(pull({ labels: { nodes: [{ name: 'bug' }, null, { name: 'ai:assisted' }] } })),
    { ...facts, labels: ['bug', 'ai:assisted'] },
  ],
  ['without a list of labels', data(pull({ labels: null })), facts],
  [
    'merged',
    data(pull({ merged: true, mergeCommit: merge })),
    {
      ...facts,
      mergeCommit: {
        sha: merge.oid,
        message: merge.message,
        authoredAt: Date.parse(merge.authoredDate),
      },
    },
  ],
  [
    'merged with a date that is none',
    data(pull({ merged: true, mergeCommit: { ...merge, authoredDate: null } })),
    { ...facts, mergeCommit: { sha: merge.oid, message: merge.message } },
  ],
  ['not merged, with a commit that tries it', data(pull({ mergeCommit: merge })), facts],
  [
    'of a repository that was renamed',
    data(pull(), { nameWithOwner: 'acme/store' }),
    { ...facts, repository: 'acme/store' },
  ],
  [
    'with a configuration',
    data(pull(), { configuration: { text: 'tools: []\n' } }),
    { ...facts, configuration: 'tools: []\n' },
  ],
  ['with a folder for a configuration', data(pull(), { configuration: {} }), facts],
  ['with bytes for a configuration', data(pull(), { configuration: { text: null } }), facts],
  ['with notes', data(pull(), { notes: { target: { oid: tip } } }), { ...facts, notesTip: tip }],
  ['with notes that lead nowhere', data(pull(), { notes: { target: null } }), facts],
])('%s', async (_name, reply, expected) => {
  answer({ data: reply })
  expect(await read()).toEqual(expected)
})

describe('what the token may not see', () => {
  test.each([
    ['the configuration', 'repository.configuration'],
    ['the notes', 'repository.notes'],
    ['the merge commit', 'repository.pullRequest.mergeCommit'],
    ["the merge commit's message", 'repository.pullRequest.mergeCommit.message'],
  ])('%s: contents cannot be read', async (_name, path) => {
    answer({ data: data(pull({ merged: true })), errors: forbidden(path) })
    expect(await read()).toEqual({ ...facts, unreadable: ['contents'] })
  })

  test('all of them, told once', async () => {
    const paths = ['repository.configuration', 'repository.notes']
    answer({ data: data(), errors: forbidden(...paths) })
    expect(await read()).toEqual({ ...facts, unreadable: ['contents'] })
  })

  test.each([['viewer.databaseId'], ['repository.pullRequest.author'], ['']])(
    'a part that is no content, %j, is done without',
    async (path) => {
      answer({ data: data(), errors: forbidden(path) })
      expect(await read()).toEqual(facts)
    },
  )

  test.each<[string, unknown, string]>([
    ['the pull request', data(null), 'repository.pullRequest'],
    ['a needed part of it', data(null), 'repository.pullRequest.timelineItems'],
    ['its labels', data(pull({ labels: null })), 'repository.pullRequest.labels'],
    ['the repository', { ...data(), repository: null }, 'repository'],
    ['everything', null, 'viewer'],
  ])('%s: the run cannot go on', async (_name, reply, path) => {
    answer({ data: reply, errors: forbidden(path) })
    await expect(read()).rejects.toMatchObject({ failure: 'permission', message: notAccessible })
  })

  test.each<[string, unknown, object[]]>([
    [
      'the repository',
      { ...data(), repository: null },
      [{ type: 'NOT_FOUND', path: ['repository'], message: 'Could not resolve to a Repository' }],
    ],
    [
      'the pull request',
      data(null),
      [
        ...forbidden('repository.configuration'),
        {
          type: 'NOT_FOUND',
          path: ['repository', 'pullRequest'],
          message: 'Could not resolve to a PullRequest with the number of 7.',
        },
      ],
    ],
  ])('%s: there is none', async (_name, reply, errors) => {
    answer({ data: reply, errors })
    await expect(read()).rejects.toMatchObject({
      failure: 'not-found',
      message: expect.stringMatching(/^Could not resolve to a /),
    })
  })

  test('nothing, and no word why', async () => {
    answer({ data: data(null) })
    await expect(read()).rejects.toMatchObject({
      failure: 'not-found',
      message: 'there is no pull request acme/shop#7 that this token can see',
    })
  })
})

describe('label events', () => {
  const event = (actor: Actor | null, label = 'ai:assisted', minute = 0) => ({
    __typename: 'LabeledEvent',
    createdAt: `2026-03-01T09:${String(minute).padStart(2, '0')}:00Z`,
    label: { name: label },
    actor,
  })
  const page = (nodes: (object | null)[] | null, startCursor: string | null = null): Page => ({
    pageInfo: { hasPreviousPage: startCursor !== null, startCursor },
    nodes,
  })
  const viewed = (viewer: object, actor: Actor | null) => ({
    ...data(pull({ timelineItems: page([event(actor)]) })),
    viewer,
  })

  const us = { login: 'github-actions[bot]', databaseId: 41898282 }
  const nameOnly = ({ databaseId: _id, ...actor }: Actor): Actor => actor
  test.each<[string, object, Actor | null, 'us' | 'app' | 'person']>([
    ['this token', us, actions, 'us'],
    ['this token, under another name', { ...us, login: 'runner' }, actions, 'us'],
    ['another app', us, helper, 'app'],
    ['a person', us, dev, 'person'],
    ['a deleted account', us, null, 'person'],
    ['an imported account', us, mannequin, 'person'],
    ["a person's token", { login: 'dev', databaseId: 1 }, dev, 'us'],
    ['this token, known by name', { login: 'github-actions[bot]' }, nameOnly(actions), 'us'],
    ['this token, known by bare name', { login: 'GitHub-Actions' }, nameOnly(actions), 'us'],
    [
      'a person of the same bare name',
      { login: 'github-actions[bot]', databaseId: null },
      { ...dev, login: 'github-actions' },
      'person',
    ],
  ])('of %s', async (_name, viewer, actor, by) => {
    answer({ data: viewed(viewer, actor) })
    expect((await read()).labelEvents).toEqual([
      { label: 'ai:assisted', action: 'added', by, at: Date.parse('2026-03-01T09:00:00Z') },
    ])
  })

  test('that took a label off', async () => {
    const taken = { ...event(dev), __typename: 'UnlabeledEvent' }
    answer({ data: data(pull({ timelineItems: page([taken]) })) })
    expect((await read()).labelEvents).toMatchObject([{ action: 'removed', by: 'person' }])
  })

  test('that cannot be read are left out', async () => {
    answer({ data: data(pull({ timelineItems: page([null, event(dev)]) })) })
    expect((await read()).labelEvents).toHaveLength(1)
    answer({ data: data(pull({ timelineItems: page(null) })) })
    expect((await read()).labelEvents).toEqual([])
  })

  test('of many pages are read from the latest back, and told in order', async () => {
    const asked = answer(
      { data: data(pull({ timelineItems: page([event(dev, 'c', 2), event(dev, 'd', 3)], 'C') })) },
      { data: data(pull({ timelineItems: page([event(dev, 'b', 1)], 'B') })) },
      { data: data(pull({ timelineItems: page([event(dev, 'a', 0)]) })) },
    )
    expect((await read()).labelEvents.map(({ label }) => label)).toEqual(['a', 'b', 'c', 'd'])
    expect(asked.map(({ before }) => before)).toEqual([undefined, 'C', 'B'])
  })

  test('past a thousand stay unread', async () => {
    const full = { data: data(pull({ timelineItems: page([event(dev)], 'more') })) }
    const asked = answer(...Array.from({ length: 10 }, () => full))
    expect((await read()).labelEvents).toHaveLength(10)
    expect(asked).toHaveLength(10)
  })
})

test('a reply that is none of a pull request is not taken for one', async () => {
  const { api, slept } = testClient()
  const { headRefOid: _oid, ...headless } = pull()
  answer(...Array.from({ length: 4 }, () => ({ data: data(headless) })))
  await expect(readPullRequest(api, address, questions)).rejects.toMatchObject({
    failure: 'unavailable',
    message: expect.stringContaining('repository.pullRequest.headRefOid'),
  })
  expect(slept).toEqual([500, 2_000, 5_000])
})
