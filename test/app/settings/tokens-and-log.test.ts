import { expect, it } from 'vitest'
import { describeStores } from '../../support/stores.ts'
import { acme, aSettingsWorld, untouched } from './a-settings-world.ts'

const hour = 60 * 60_000
const day = 24 * hour

describeStores('tokens of the API', (engine) => {
  it('are made by an owner, shown once, kept as a hash, and revoked', async () => {
    const world = await aSettingsWorld(engine)
    const owner = await world.as('ona')
    const path = `${world.path}/tokens`
    const made = await owner.send(path, { name: 'grafana', days: '90' })
    expect(made.status).toBe(200)
    const [token = ''] = /ws_9001_[\w-]{43}/.exec(made.body) ?? []
    expect(token).not.toBe('')
    const facts = world.store.tenant(acme)
    const about = {
      name: 'grafana',
      createdBy: world.idOf('ona'),
      createdAt: world.app.clock.now,
      expiresAt: world.app.clock.now + 90 * day,
    }
    expect(await facts.read(({ tokens }) => tokens.find(token))).toEqual(about)
    const again = await owner.visit(path)
    expect(again.body).toContain('<strong>grafana</strong>')
    expect(again.body).not.toContain(token)
    const twice = await owner.send(path, { name: 'grafana', days: '30' })
    expect(twice.status).toBe(422)
    expect(twice.body).toContain('There is one of that name')
    const revoked = await owner.send(`${path}/revoke`, { name: 'grafana' })
    expect([revoked.status, revoked.headers.get('location')]).toEqual([303, `${path}#tokens`])
    await owner.send(`${path}/revoke`, { name: 'grafana' })
    expect(await facts.read(({ tokens }) => tokens.find(token))).toBeUndefined()
    const log = await facts.read(({ audit }) => audit.list(50))
    const told = log.filter(({ action }) => action.endsWith('-token'))
    expect(told.map(({ action, subject }) => `${action} ${subject}`).toSorted()).toEqual([
      'create-token grafana',
      'revoke-token grafana',
    ])
    expect(JSON.stringify(log)).not.toContain(token)
  })
})

describeStores('the access log', (engine) => {
  it('is read by every member, and says so itself, once an hour', async () => {
    const world = await aSettingsWorld(engine)
    const owner = await world.as('ona')
    const member = await world.as('mel')
    await owner.send(`${world.path}/settings`, { ...untouched, labels: 'on' })
    const path = `${world.path}/access-log`
    await owner.visit(path)
    const { status, body } = await member.visit(path)
    expect(status).toBe(200)
    const rows = [...body.matchAll(/<tr><th scope="row">.*?<\/tr>/gs)].map(([row]) =>
      row.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '),
    )
    const ona = `person ${world.idOf('ona')}`
    expect(rows.filter((row) => row.includes('Changed a setting'))).toEqual([
      expect.stringContaining(`${ona} Changed a setting Labels on pull requests from off to on`),
    ])
    expect(rows.filter((row) => row.includes('Read the access log'))).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`${ona} Read the access log`),
        expect.stringContaining('you Read the access log'),
      ]),
    )
    expect(body).not.toMatch(/\bona\b/)
    const count = async () => {
      const { audit } = await world.store
        .tenant(acme)
        .read(async (facts) => ({ audit: await facts.audit.list(50) }))
      return audit.filter(({ action }) => action === 'read-access-log').length
    }
    expect(await count()).toBe(2)
    await member.visit(path)
    expect(await count()).toBe(2)
    world.app.clock.move(hour + 1)
    await member.visit(path)
    expect(await count()).toBe(3)
  })

  it('shows five hundred lines, the newest first, whatever stands in them', async () => {
    const world = await aSettingsWorld(engine)
    await world.store.tenant(acme).write(null, async ({ audit }) => {
      for (let index = 0; index < 505; index += 1) {
        await audit.add({
          at: world.app.clock.now - index * 1_000,
          actor: null,
          action: 'of-a-newer-version',
          subject: `<script>${index}</script>`,
          outcome: 'done',
          rows: 12_345,
        })
      }
    })
    const { body } = await (await world.as('mel')).visit(`${world.path}/access-log`)
    expect(body.match(/<tr><th scope="row">/g)).toHaveLength(500)
    expect(body).not.toContain('<script>')
    expect(body).toContain('&lt;script&gt;0&lt;/script&gt;')
    expect(body).toContain('of-a-newer-version')
    expect(body).toContain('12,345 rows')
  })
})
