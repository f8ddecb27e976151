import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createApiToken } from '../../../src/app/access/api-token.ts'
import { problemType } from '../../../src/app/api/problems.ts'
import {
  AccountsSchema,
  RepositoriesSchema,
  SnapshotsSchema,
} from '../../../src/app/api/reply-schemas.ts'
import { ReportSchema } from '../../../src/report/document/report-document.ts'
import type { AuditEntry } from '../../../src/store/index.ts'
import { publish } from '../../support/access-world.ts'
import { canaryReport } from '../../support/canary-report.ts'
import { anAccount } from '../../support/fake-github/index.ts'
import { answerChecker, publishedOpenApi } from '../../support/open-api-checks.ts'
import { describeStores, type TestEngine } from '../../support/stores.ts'
import { acme, aSettingsWorld } from '../settings/a-settings-world.ts'

const day = 86_400_000
const nowhere = 999_999_999
const wrongWith = answerChecker(publishedOpenApi())

/** An organisation with a report of the whole and of two repositories, and another one with a report too. */
async function aWorld(engine: TestEngine) {
  const world = await aSettingsWorld(engine)
  const globex = world.github.state.installations.find(({ account }) => account.login === 'globex')
  const owner = anAccount('acme', { type: 'Organization', id: acme })
  const scope = { kind: 'organisation', name: 'acme' } as const
  await publish(world, owner, { report: canaryReport('Of the whole.', scope) })
  for (const id of [71, 72]) {
    const report = canaryReport(`Of ${id}.`, { kind: 'repository', name: `acme/${id}` })
    await publish(world, owner, { scope: 'repository', repositoryId: id, report })
  }
  if (globex === undefined) throw new Error('no other organisation')
  await publish(world, globex.account, { report: canaryReport('Theirs.', scope) })

  async function makeToken(accountId: number, name: string, days = 30): Promise<string> {
    const token = createApiToken(accountId, randomBytes)
    const createdAt = world.app.clock.now
    const about = {
      name,
      createdBy: world.idOf('ona'),
      createdAt,
      expiresAt: createdAt + days * day,
    }
    await world.store.tenant(accountId).write(null, ({ tokens }) => tokens.create(token, about))
    return token
  }

  async function ask(path: string, token?: string, more: Record<string, string> = {}) {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const address = `${world.address}/api/v1${path}`
    const response = await fetch(address, { headers: { ...authorization, ...more } })
    const body = await response.text()
    expect(wrongWith(address, response, body)).toEqual([])
    return { status: response.status, headers: response.headers, body }
  }

  const audit = (): Promise<AuditEntry[]> =>
    world.store.tenant(acme).read(({ audit }) => audit.list(100))
  return { world, globex: globex.account.id, makeToken, ask, audit }
}

describeStores('a token of the API', (engine) => {
  test('reads its account as members do, and nothing of another', async () => {
    const { globex, makeToken, ask } = await aWorld(engine)
    const token = await makeToken(acme, 'panel')
    const { accounts } = AccountsSchema.parse(JSON.parse((await ask('/accounts', token)).body))
    expect(accounts.map(({ id, role }) => [id, role])).toEqual([[acme, 'member']])
    const { body } = await ask(`/accounts/${acme}/repositories`, token)
    const { repositories } = RepositoriesSchema.parse(JSON.parse(body))
    expect(repositories.map(({ id }) => id)).toEqual([71, 72, 73])
    const report = await ask(`/accounts/${acme}/report`, token)
    expect(ReportSchema.parse(JSON.parse(report.body)).headline).toBe('Of the whole.')
    const weeks = await ask(`/accounts/${acme}/repositories/72/snapshots`, token)
    const [week] = SnapshotsSchema.parse(JSON.parse(weeks.body)).snapshots
    const one = await ask(`/accounts/${acme}/repositories/72/snapshots/${week?.day}`, token)
    expect(ReportSchema.parse(JSON.parse(one.body)).headline).toBe('Of 72.')

    for (const below of [
      'report',
      'snapshots',
      `snapshots/${week?.day}`,
      'coverage',
      'repositories',
    ]) {
      const theirs = await ask(`/accounts/${globex}/${below}`, token)
      const none = await ask(`/accounts/${nowhere}/${below}`, token)
      expect([theirs.status, theirs.body], below).toEqual([404, none.body])
    }
  })

  test('that was revoked, has expired, is of another account or is made up opens nothing', async () => {
    const { world, globex, makeToken, ask } = await aWorld(engine)
    const path = `/accounts/${acme}/report`
    const revoked = await makeToken(acme, 'revoked')
    const expiring = await makeToken(acme, 'expiring', 1)
    expect((await ask(path, revoked)).status).toBe(200)
    expect((await ask(path, expiring)).status).toBe(200)
    await world.store.tenant(acme).write(null, ({ tokens }) => tokens.delete('revoked'))
    world.app.clock.move(day + 1)
    const foreign = await makeToken(globex, 'theirs')
    expect((await ask(path, foreign)).status).toBe(404)
    // Their secret under our number: a token is kept as a whole.
    const moved = foreign.replace(`ws_${globex}_`, `ws_${acme}_`)
    const madeUp = [moved, `ws_${acme}_${'A'.repeat(43)}`, 'ws_1_x', 'ghu_canary', "' OR 1=1 --"]
    for (const token of [revoked, expiring, ...madeUp]) {
      const { status, headers, body } = await ask(path, token)
      expect([status, JSON.parse(body).type], token).toEqual([401, problemType('unauthorized')])
      expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
      expect(body).not.toContain(token)
    }
    const told = JSON.stringify(world.app.lines)
    for (const token of [revoked, expiring, foreign, ...madeUp]) expect(told).not.toContain(token)
  })

  test('changes nothing', async () => {
    const { world, makeToken, audit } = await aWorld(engine)
    const token = await makeToken(acme, 'panel')
    const headers = { authorization: `Bearer ${token}`, 'sec-fetch-site': 'same-origin' }
    const before = await audit()
    for (const path of [`/api/v1/accounts/${acme}/report`, '/api/v1/accounts']) {
      const response = await fetch(world.address + path, { method: 'POST', headers })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    }
    const settings = `${world.address}/accounts/${acme}/settings`
    expect((await fetch(settings, { method: 'POST', headers })).status).toBe(403)
    expect(await audit()).toEqual(before)
  })

  test('closed numbers are closed to it too', async () => {
    const { world, makeToken, ask } = await aWorld(engine)
    const token = await makeToken(acme, 'panel')
    await world.store.tenant(acme).write(null, ({ settings }) => settings.put('{"open":false}'))
    const { status, body } = await ask(`/accounts/${acme}/report`, token)
    expect([status, JSON.parse(body).standing]).toEqual([404, { kind: 'closed' }])
    expect((await ask(`/accounts/${acme}/coverage`, token)).body).not.toContain('Of the whole')
    const weeks = await ask(`/accounts/${acme}/snapshots`, token)
    expect(SnapshotsSchema.parse(JSON.parse(weeks.body)).snapshots).toEqual([])
  })
})

describeStores('the session of a person', (engine) => {
  test('opens what the pages open to that person', async () => {
    const { world } = await aWorld(engine)
    const expected = {
      ona: [200, 200, 200],
      mel: [200, 200, 404],
      out: [404, 200, 404],
      nil: [404, 404, 404],
    }
    for (const [login, statuses] of Object.entries(expected)) {
      const browser = await world.as(login)
      const asked = ['', '/repositories/71', '/repositories/72'].map(
        (below) => `/accounts/${acme}${below}`,
      )
      for (const [index, path] of asked.entries()) {
        const page = await browser.visit(path)
        const api = await browser.visit(`/api/v1${path}/report`)
        expect(api.status, `${login} ${path}`).toBe(statuses[index])
        const isShown = page.status === 200 && page.body.includes('id="statements"')
        expect(isShown, `${login} ${path}`).toBe(api.status === 200)
        for (const format of ['html', 'json', 'csv']) {
          const file = await browser.visit(`${path}/report.${format}`)
          expect(file.status, `${login} ${path} ${format}`).toBe(statuses[index])
        }
      }
    }
  })

  test('what was read and what was downloaded is in the access log, and who did', async () => {
    const { world, makeToken, ask, audit } = await aWorld(engine)
    const token = await makeToken(acme, 'panel')
    const mel = await world.as('mel')
    for (let times = 0; times < 2; times += 1) {
      await mel.visit(`/accounts/${acme}/report.csv`)
      await mel.visit(`/accounts/${acme}/repositories/71/report.json`)
      await mel.visit(`/api/v1/accounts/${acme}/repositories/71/coverage`)
      await ask(`/accounts/${acme}/report`, token)
      await ask(`/accounts/${acme}/snapshots`, token)
    }
    const told = (await audit()).map(({ actor, action, subject, filter = '' }) =>
      [actor, action, subject, filter].join(', '),
    )
    expect(told.toSorted()).toEqual(
      [
        `${world.idOf('mel')}, download-report, organisation, `,
        `${world.idOf('mel')}, download-report, repository 71, `,
        `${world.idOf('mel')}, read-report, repository 71, `,
        `${world.idOf('ona')}, read-report, organisation, token panel`,
      ].toSorted(),
    )
  })
})
