import { expect, it } from 'vitest'
import { exportFacts } from '../../../src/app/rights/export-facts.ts'
import { everyRow } from '../../support/every-row.ts'
import { describeStores } from '../../support/stores.ts'
import { acme, aMineWorld, fill } from '../mine/a-mine-world.ts'

const minute = 60_000
const personKey = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/

describeStores('the facts of an account', (engine) => {
  it('are an owner’s to download, without any key of a person, and every member sees that it was done', async () => {
    const world = await aMineWorld(engine)
    await fill(world)
    const key = await world.keyOf(acme, 'mel')
    await world.change('mel', 71, {
      number: 11,
      commits: [],
      merge: {
        ...{ at: '2026-02-01T00:00:00Z', by: null, commit: null, method: 'squash' },
        ...{ authoredAt: null, author: null, message: `…\n\nCo-authored-by: <${key}@x.example>\n` },
      },
    })
    const owner = await world.as('ona')
    const { status, headers, body } = await owner.visit(`${world.path}/facts.ndjson`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('application/x-ndjson')
    expect(headers.get('content-disposition')).toContain('attachment')
    const lines = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { table: string; number?: number })
    const numbers = lines.filter(({ table }) => table === 'changes').map(({ number }) => number)
    expect(numbers.toSorted()).toEqual([10, 11, 7, 8])
    expect(body).toContain('Co-authored-by: <…@x.example>')
    expect(body).not.toMatch(personKey)
    const log = await world.store.tenant(acme).read(({ audit }) => audit.list(50))
    const told = log.filter(({ action }) => action === 'export-facts')
    const by = { actor: world.idOf('ona'), subject: 'facts' }
    expect(told).toHaveLength(2)
    expect(told).toContainEqual(expect.objectContaining({ ...by, outcome: 'begun' }))
    expect(told).toContainEqual(
      expect.objectContaining({ ...by, outcome: 'sent', rows: lines.length }),
    )
    const seen = await (await world.as('mel')).visit(`${world.path}/access-log`)
    expect(seen.body).toContain('Exported the facts')
  })

  it('are told to be read where a download was broken off', async () => {
    const world = await aMineWorld(engine)
    await fill(world)
    const by = { actor: 77, now: () => world.app.clock.now }
    for await (const line of exportFacts(world.store, acme, by)) {
      expect(JSON.parse(line)).toHaveProperty('table')
      break
    }
    const log = await world.store.tenant(acme).read(({ audit }) => audit.list(50))
    const told = log.filter(({ action }) => action === 'export-facts')
    expect(told.map(({ outcome, rows }) => [outcome, rows]).toSorted()).toEqual([
      ['begun', undefined],
      ['broken off', 1],
    ])
  })

  it('are nobody else’s', async () => {
    const world = await aMineWorld(engine)
    await fill(world)
    for (const path of ['/facts.ndjson', '/erase']) {
      const asked = world.path + path
      expect((await (await world.as('mel')).visit(asked)).status, path).toBe(403)
      const missing = await (await world.as('oth')).visit('/accounts/424242/facts.ndjson')
      for (const login of ['oth', 'nil', 'out']) {
        const { status, body } = await (await world.as(login)).visit(asked)
        expect([status, body.includes('acme')], `${login} ${path}`).toEqual([404, false])
        expect(body).toBe(missing.body)
      }
      const away = await fetch(world.address + asked, { redirect: 'manual' })
      expect(away.headers.get('location')).toContain('/sign-in?return_to=')
    }
    const log = await world.store.tenant(acme).read(({ audit }) => audit.list(50))
    expect(log.filter(({ action }) => action === 'export-facts')).toEqual([])
  })
})

describeStores('erasing an account', (engine) => {
  it('takes an owner, the name, a fresh sign-in, and a form of these pages', async () => {
    const world = await aMineWorld(engine)
    await fill(world)
    const owner = await world.as('ona')
    const path = `${world.path}/erase`
    const form = await owner.visit(path)
    expect(form.body).toContain('no gate has looked at it')
    const wrong = await owner.send(path, { name: 'acne' })
    expect([wrong.status, wrong.body]).toEqual([
      422,
      expect.stringContaining('not the account’s name'),
    ])
    expect((await (await world.as('mel')).send(path, { name: 'acme' })).status).toBe(403)
    expect((await (await world.as('oth')).send(path, { name: 'acme' })).status).toBe(404)
    const foreign = await owner.visit(path, { method: 'POST', body: 'name=acme' })
    expect(foreign.status).toBe(403)
    world.app.clock.move(10 * minute + 1)
    const stale = await owner.send(path, { name: 'acme' })
    expect([stale.status, stale.body]).toEqual([422, expect.stringContaining('Sign in again')])
    expect(await world.store.tenants.get(acme)).toBeDefined()
  })

  it('leaves nothing of it but the line that says so, and says what to do next', async () => {
    const world = await aMineWorld(engine)
    await fill(world)
    const owner = await world.as('ona')
    const done = await owner.send(`${world.path}/erase`, { name: ' ACME ' })
    expect(done.status).toBe(200)
    for (const told of ['Gone', 'Stays', 'remove the App on GitHub']) {
      expect(done.body).toContain(told)
    }
    expect(done.body).toContain(`${world.github.url}/organizations/acme/settings/installations/`)
    const rows = (await everyRow(world.app.work.location)).split('\n')
    expect(rows.filter((row) => row.startsWith(`${acme}\t`))).toEqual([])
    const lines = await world.store.tenant(0).read(({ audit }) => audit.list(10))
    expect(lines).toContainEqual(
      expect.objectContaining({
        action: 'erase',
        subject: `tenant ${acme}`,
        actor: world.idOf('ona'),
      }),
    )
    expect((await owner.visit(world.path)).status).toBe(404)
    expect(await world.store.tenants.get(world.globex)).toBeDefined()
  })
})
