import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { addNotes } from '../../src/github/index.ts'
import type { Commit } from '../../src/provenance/index.ts'
import { github, testClient } from '../support/github-client.ts'
import { forbidNetwork } from '../support/no-network.ts'

forbidNetwork()

const address = { owner: 'acme', name: 'shop', number: 7 }
const tip = 'f'.repeat(40)
const QuerySchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.string()),
})

interface Blob {
  text?: string | null
  isTruncated?: boolean
}

function commit(position: number): Commit {
  return { sha: position.toString(16).padStart(40, '0'), message: `Change ${position}` }
}

function commits(count: number): Commit[] {
  return Array.from({ length: count }, (_, index) => commit(index))
}

/** Answers one query from a tree of notes, and tells how many objects each query asked for. */
function keep(files: Readonly<Record<string, Blob>>, times = 1): { asked: number[] } {
  const asked: number[] = []
  github()
    .post('/graphql')
    .times(times)
    .reply(async (request: Request) => {
      const { owner, name, ...expressions } = QuerySchema.parse(await request.json()).variables
      expect({ owner, name }).toEqual({ owner: 'acme', name: 'shop' })
      asked.push(Object.keys(expressions).length)
      const found = Object.entries(expressions).map(([alias, expression]) => [
        alias,
        files[expression.replace(`${tip}:`, '')] ?? null,
      ])
      return [200, { data: { repository: Object.fromEntries(found) } }]
    })
  return { asked }
}

function notesOf(commits: readonly Commit[]): (string | undefined)[] {
  return commits.map(({ notes }) => notes?.get('refs/notes/ai'))
}

function add(to: readonly Commit[]) {
  return addNotes(testClient().api, address, tip, to)
}

const sha = 'abcdef0123456789abcdef0123456789abcdef01'

test.each([
  ['at the top', sha],
  ['in a folder', `ab/${sha.slice(2)}`],
  ['in a folder of a folder', `ab/cd/${sha.slice(4)}`],
])('a note is found %s', async (_, path) => {
  keep({ [path]: { text: 'a note', isTruncated: false } })
  const { commits, truncated } = await add([{ sha, message: 'Change' }])
  expect(commits).toEqual([
    { sha, message: 'Change', notes: new Map([['refs/notes/ai', 'a note']]) },
  ])
  expect(truncated).toBe(0)
})

test.each<[string, Readonly<Record<string, Blob>>]>([
  ['has none', {}],
  ['has an empty one', { [sha]: { text: '', isTruncated: false } }],
  ['has one of bytes', { [sha]: { text: null, isTruncated: false } }],
  ['has a folder in its place', { [sha]: {} }],
])('a commit that %s stays as it is', async (_, files) => {
  keep(files)
  const given = [{ sha, message: 'Change' }]
  expect(await add(given)).toEqual({ commits: given, truncated: 0 })
})

test('a folder in the place of a note does not hide the note', async () => {
  keep({ [sha]: {}, [`ab/${sha.slice(2)}`]: { text: 'a note', isTruncated: false } })
  expect(notesOf((await add([{ sha, message: 'Change' }])).commits)).toEqual(['a note'])
})

test('a note that GitHub cuts off is left out and counted', async () => {
  keep({ [sha]: { text: '{"half', isTruncated: true } })
  const given = [{ sha, message: 'Change' }]
  expect(await add(given)).toEqual({ commits: given, truncated: 1 })
})

test('a commit without a sha is not asked for, and keeps its place', async () => {
  keep({ [sha]: { text: 'a note', isTruncated: false } })
  const { commits } = await add([{ message: 'Draft' }, { sha, message: 'Change' }])
  expect(notesOf(commits)).toEqual([undefined, 'a note'])
})

test('no commits ask nothing', async () => {
  expect(await add([])).toEqual({ commits: [], truncated: 0 })
})

test('thirty commits are asked for in one query, and each gets its own note', async () => {
  const given = commits(61)
  const notes = given.flatMap(({ sha = '' }, index) =>
    index % 2 === 0 ? [[sha, { text: `note ${index}`, isTruncated: false }] as const] : [],
  )
  const { asked } = keep(Object.fromEntries(notes), 3)
  const { commits: read } = await add(given)
  expect(asked).toEqual([90, 90, 3])
  expect(notesOf(read)).toEqual(
    given.map((_, index) => (index % 2 === 0 ? `note ${index}` : undefined)),
  )
})

describe('what GitHub cannot give in its time', () => {
  test.each([502, 504])('is asked for in halves after %i', async (status) => {
    github().post('/graphql').reply(status)
    const given = commits(3)
    const { asked } = keep({ [given[2]?.sha ?? '']: { text: 'last', isTruncated: false } }, 2)
    const { commits: read } = await add(given)
    expect(asked).toEqual([6, 3])
    expect(notesOf(read)).toEqual([undefined, undefined, 'last'])
  })

  test('is given up where one commit is too much', async () => {
    github().post('/graphql').times(4).reply(502)
    await expect(add(commits(1))).rejects.toMatchObject({ failure: 'unavailable', status: 502 })
  })

  test('is not asked for in halves for another reason', async () => {
    github().post('/graphql').times(4).reply(500)
    await expect(add(commits(2))).rejects.toMatchObject({ failure: 'unavailable', status: 500 })
  })
})

test('notes that the token may not see are none', async () => {
  github()
    .post('/graphql')
    .reply(200, {
      data: { repository: { note0_0: null, note0_1: null, note0_2: null } },
      errors: [0, 1, 2].map((level) => ({
        type: 'FORBIDDEN',
        path: ['repository', `note0_${level}`],
        message: 'Resource not accessible by integration',
      })),
    })
  const given = [{ sha, message: 'Change' }]
  expect(await add(given)).toEqual({ commits: given, truncated: 0 })
})
