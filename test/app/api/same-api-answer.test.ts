import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createApiToken } from '../../../src/app/access/api-token.ts'
import { anAccessWorld, publish } from '../../support/access-world.ts'
import { canaryReport } from '../../support/canary-report.ts'
import { countingStore } from '../../support/counting-store.ts'
import { anAccount, aRepository } from '../../support/fake-github/index.ts'
import { signIn } from '../../support/sign-in.ts'

const [acme, globex, closed] = ['acme', 'globex', 'closed'].map((login) =>
  anAccount(login, { type: 'Organization' }),
) as [ReturnType<typeof anAccount>, ReturnType<typeof anAccount>, ReturnType<typeof anAccount>]

const below = ['report', 'snapshots', 'snapshots/2026-03-02', 'coverage']
const nowhere = 999_999_999

async function aWorld() {
  const asked: string[] = []
  const readable = aRepository({ owner: acme, name: 'readable', private: true })
  const hidden = aRepository({ owner: acme, name: 'hidden', private: true })
  const theirs = aRepository({ owner: globex, name: 'theirs', private: true })
  readable.collaborators.mel = 'read'
  const world = await anAccessWorld({
    repositories: [readable, hidden, theirs, aRepository({ owner: closed, name: 'shut' })],
    users: [anAccount('mel')],
    memberships: [{ organization: 'acme', login: 'mel', role: 'member', state: 'active' }],
    wrapStore: (store) => countingStore(store, asked),
  })
  for (const account of [acme, globex, closed]) {
    const report = canaryReport('Canary.', { kind: 'organisation', name: 'x' })
    await publish(world, account, { report })
  }
  await world.store.tenant(closed.id).write(null, ({ settings }) => settings.put('{"open":false}'))

  async function observe(path: string, headers: Readonly<Record<string, string>>) {
    // The window of the quota is over, so that what is left of it is the same each time.
    world.app.clock.move(60_000)
    asked.length = 0
    const calls = world.github.requests.length
    const response = await fetch(`${world.address}/api/v1${path}`, { headers })
    const { date: _, ...told } = Object.fromEntries(response.headers)
    return {
      status: response.status,
      headers: told,
      body: await response.text(),
      asked: [...asked],
      called: world.github.requests.slice(calls).map((one) => `${one.method} ${one.path}`),
    }
  }
  return { world, observe, readable, hidden, theirs }
}

test('a stranger’s number and one that does not exist: the same bytes, for the same questions', async () => {
  const { world, observe, hidden, theirs } = await aWorld()
  const { cookies } = await signIn(world, 'mel')
  const session = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }
  const token = createApiToken(acme.id, randomBytes)
  const createdAt = world.app.clock.now
  const about = { name: 'panel', createdBy: 1, createdAt, expiresAt: createdAt + 9e8 }
  await world.store.tenant(acme.id).write(null, ({ tokens }) => tokens.create(token, about))
  for (const headers of [session, { authorization: `Bearer ${token}` }]) {
    for (const path of [
      ...below,
      ...below.map((one) => `repositories/ID/${one}`),
      'repositories',
    ]) {
      const at = (account: number, repository: number) =>
        observe(`/accounts/${account}/${path.replace('ID', String(repository))}`, headers)
      await at(nowhere, nowhere)
      const expected = await at(nowhere, nowhere)
      expect(expected.status, path).toBe(404)
      expect(await at(globex.id, theirs.id), path).toEqual(expected)
      expect(await at(globex.id, nowhere), path).toEqual(expected)
      expect(await at(closed.id, nowhere), path).toEqual(expected)
    }
  }
  for (const one of below) {
    const at = (id: number) => observe(`/accounts/${acme.id}/repositories/${id}/${one}`, session)
    await at(nowhere)
    const expected = await at(nowhere)
    expect(expected.status, one).toBe(404)
    const { called: _, ...seen } = await at(hidden.id)
    expect(seen, one).toEqual({
      ...{ status: expected.status, headers: expected.headers },
      ...{ body: expected.body, asked: expected.asked },
    })
  }
})
