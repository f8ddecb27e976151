import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createApiToken } from '../../../src/app/access/api-token.ts'
import { problemType } from '../../../src/app/api/problems.ts'
import { MineSchema } from '../../../src/app/api/reply-schemas.ts'
import { anAccessWorld } from '../../support/access-world.ts'
import {
  anAccount,
  aRepositoryOf,
  minute,
  type PullRequestHistory,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { answerChecker, publishedOpenApi } from '../../support/open-api-checks.ts'
import { signIn } from '../../support/sign-in.ts'

const wrongWith = answerChecker(publishedOpenApi())

function aPullRequest(number: number): PullRequestHistory {
  return {
    number,
    author: people.author,
    openedAt: minute(10 + number),
    commits: [{ message: `Fix ${number}\n\nCo-Authored-By: Claude <noreply@anthropic.com>` }],
    events: [{ type: 'merge', at: minute(400), by: people.maintainer, method: 'squash' }],
  }
}

test('a person gets their own changes, and neither anybody else’s nor by a token', async () => {
  const acme = anAccount('acme', { type: 'Organization' })
  const repository = aRepositoryOf([aPullRequest(7), aPullRequest(8)], [], { owner: acme })
  const world = await anAccessWorld({
    repositories: [repository],
    users: [people.author, people.reviewer],
    memberships: [people.author, people.reviewer].map(({ login }) => ({
      ...{ organization: 'acme', login, role: 'member', state: 'active' },
    })),
  })
  const token = createApiToken(acme.id, randomBytes)
  const createdAt = world.app.clock.now
  const about = {
    name: 'panel',
    createdBy: people.author.id,
    createdAt,
    expiresAt: createdAt + 9e6,
  }
  await world.store.tenant(acme.id).write(null, ({ tokens }) => tokens.create(token, about))

  const ask = async (headers: Record<string, string>, query = '') => {
    const address = `${world.address}/api/v1/mine${query}`
    const response = await fetch(address, { headers })
    const body = await response.text()
    expect(wrongWith(address, response, body)).toEqual([])
    return { status: response.status, kept: response.headers.get('cache-control'), body }
  }
  const cookieOf = async (login: string) => {
    const { cookies } = await signIn(world, login)
    return { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }
  }
  const author = await cookieOf(people.author.login)
  const mine = await ask(author)
  expect([mine.status, mine.kept]).toEqual([200, 'no-store'])
  const { accounts, changes, next } = MineSchema.parse(JSON.parse(mine.body))
  expect(accounts).toMatchObject([{ id: acme.id, name: 'acme', shown: 2, hidden: 0 }])
  expect(changes.map(({ number }) => number)).toEqual([8, 7])
  expect(changes[0]?.told?.signs).not.toEqual([])
  expect(next).toBeNull()
  // A person is kept under a keyed hash, which is nobody's to know.
  expect(mine.body).not.toMatch(/[0-9a-f]{32}/)
  expect(MineSchema.parse(JSON.parse((await ask(author, '?cursor=2')).body)).changes).toEqual([])
  for (const query of [
    '?cursor=0',
    '?cursor=1001',
    '?cursor=2026-06-22',
    '?cursor=',
    '?cursor=x',
  ]) {
    expect((await ask(author, query)).status, query).toBe(400)
  }

  const other = await ask(await cookieOf(people.reviewer.login))
  expect(MineSchema.parse(JSON.parse(other.body)).changes).toEqual([])
  const byToken = await ask({ authorization: `Bearer ${token}` })
  expect([byToken.status, JSON.parse(byToken.body).type]).toEqual([404, problemType('not-found')])
  expect((await ask({})).status).toBe(401)
})
