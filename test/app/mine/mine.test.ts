import { expect, it } from 'vitest'
import { aReview, hour } from '../../support/a-record.ts'
import { everyRow } from '../../support/every-row.ts'
import { signIn } from '../../support/sign-in.ts'
import { describeStores } from '../../support/stores.ts'
import { acme, aMineWorld, fill } from './a-mine-world.ts'

const minute = 60_000

/** What a page shows of changes, each as its summary. */
function summaries(body: string): string[] {
  return [...body.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, text = '']) => text)
}

function parsed(body: string): Record<string, unknown>[] {
  return body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describeStores('the page of one’s own changes', (engine) => {
  it('shows what is recorded of each, as the check tells it, to the person alone', async () => {
    const world = await aMineWorld(engine)
    await fill(world)
    const mel = await world.as('mel')
    const { status, body } = await mel.visit('/mine')
    expect(status).toBe(200)
    expect(summaries(body)).toEqual([
      expect.stringMatching(/^acme\/readable #7 · AI recorded: AI-assisted · opened on /),
    ])
    for (const told of [
      'Co-Authored-By: Claude',
      'Claude Code',
      'a tool&#39;s own mark',
      'message, line',
    ]) {
      expect(body, told).toContain(told)
    }
    expect(body).toContain(`href="${world.github.url}/acme/readable/pull/7"`)
    expect(body).toMatch(/<li>Merged: 2\d{3}-\d\d-\d\d \d\d:\d\d, 24 h after it was ready<\/li>/)
    // Of what they cannot see: how many, and no name.
    expect(body).toContain('acme: 1 change, and 1 in repositories that you cannot read')
    expect(body).toContain(
      `An account that you cannot see any more (GitHub’s number ${world.globex}): 1 change`,
    )
    for (const hidden of ['hush-hush', 'globex', 'theirs', '#8', '#9', '#10']) {
      expect(body, hidden).not.toContain(hidden)
    }
    const owner = await (await world.as('ona')).visit('/mine')
    expect(summaries(owner.body)).toEqual([expect.stringMatching(/^acme\/readable #10 /)])
    const nobody = await (await world.as('nil')).visit('/mine')
    expect(nobody.body).toContain(
      'No account of this server has a change or a declaration of yours.',
    )
    const none = await (await world.as('nil')).send('/mine/erase', {
      account: 'all',
      confirmed: 'yes',
    })
    expect([none.status, none.body]).toEqual([422, expect.stringContaining('nothing of yours')])
  })

  it('asks whoever is not signed in to sign in, and is not there for tokens', async () => {
    const world = await aMineWorld(engine)
    for (const path of ['/mine', '/mine/export']) {
      const away = await fetch(world.address + path, { redirect: 'manual' })
      expect([away.status, away.headers.get('location')]).toEqual([
        303,
        '/sign-in?return_to=%2Fmine',
      ])
    }
    const owner = await world.as('ona')
    const made = await owner.send(`${world.path}/tokens`, { name: 'grafana', days: '90' })
    const [token = ''] = /ws_9001_[\w-]{43}/.exec(made.body) ?? []
    for (const path of ['/mine', '/mine/export']) {
      const headers = { authorization: `Bearer ${token}` }
      expect((await fetch(world.address + path, { headers })).status).toBe(404)
    }
    expect((await owner.visit('/mine?page=0')).status).toBe(404)
    expect((await owner.visit('/mine?page=x')).status).toBe(404)
  })

  it('has a hundred changes a page, the newest first', async () => {
    const world = await aMineWorld(engine)
    for (let number = 1; number <= 102; number += 1) {
      await world.change('mel', 71, { number, createdAt: hour(number), mergedAfter: null })
    }
    const mel = await world.as('mel')
    const first = await mel.visit('/mine')
    const numbers = (body: string) => summaries(body).map((text) => /#(\d+)/.exec(text)?.[1])
    expect(numbers(first.body)).toHaveLength(100)
    expect(numbers(first.body)[0]).toBe('102')
    expect(first.body).toContain('<a href="/mine?page=2">Older</a>')
    expect(first.body).not.toContain('Newer')
    const second = await mel.visit('/mine?page=2')
    expect(numbers(second.body)).toEqual(['2', '1'])
    expect(second.body).toContain('<a href="/mine?page=1">Newer</a>')
    expect(second.body).not.toContain('Older')
  }, 60_000)

  it('keeps what anybody typed as text', async () => {
    const world = await aMineWorld(engine)
    const script = '<script>alert(1)</script>'
    await world.change('mel', 71, {
      number: 7,
      labels: [`ai: ${script}`],
      head: { name: `copilot/${script}` },
    })
    const { body } = await (await world.as('mel')).visit('/mine')
    expect(body).not.toContain('<script>')
  })
})

describeStores('the export of one’s own data', (engine) => {
  it('has all that is kept of the person, without others, and without names of what they cannot read', async () => {
    const world = await aMineWorld(engine)
    await fill(world)
    const key = await world.keyOf(acme, 'mel')
    await world.store.tenant(acme).write(null, ({ corrections }) =>
      corrections.add({
        ...{ id: 'a press', repositoryId: 71, number: 7, claim: 'assisted', by: key },
        ...{ role: 'author', saidAt: world.app.clock.now },
      }),
    )
    const mel = await world.as('mel')
    await mel.visit(`${world.path}/access-log`)
    const { headers, body } = await mel.visit('/mine/export')
    expect(headers.get('content-type')).toContain('application/x-ndjson')
    expect(headers.get('content-disposition')).toContain('attachment')
    const lines = parsed(body)
    expect(lines[0]).toMatchObject({ person: { id: world.idOf('mel'), login: 'mel' } })
    expect(lines.filter((line) => 'session' in line)).toHaveLength(1)
    expect(lines.filter((line) => 'account' in line)).toEqual([
      { account: { id: acme, name: 'acme' } },
      { account: { id: world.globex, name: null } },
    ])
    const changes = lines.flatMap(({ change, record }) => (change ? [{ change, record }] : []))
    expect(changes).toHaveLength(3)
    expect(changes.filter(({ record }) => record !== undefined)).toEqual([
      {
        change: expect.objectContaining({
          repository: { id: 71, name: 'acme/readable' },
          number: 7,
        }),
        record: expect.objectContaining({ author: { kind: 'person', person: 'you' } }),
      },
    ])
    expect(lines.find((line) => 'declaration' in line)).toMatchObject({
      declaration: { repository: 'acme/readable', number: 7, claim: 'assisted' },
    })
    expect(lines.find((line) => 'accessLog' in line)).toMatchObject({
      accessLog: { action: 'read-access-log' },
    })
    expect(body).not.toMatch(/hush-hush|globex|theirs/)
    expect(body).not.toMatch(/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/)
    const log = await world.store.tenant(acme).read(({ audit }) => audit.list(50))
    expect(log.filter(({ action }) => action.includes('export'))).toEqual([])
  })
})

describeStores('who only reviewed', (engine) => {
  it('is told in how many records they stand, and is taken out of them', async () => {
    const world = await aMineWorld(engine)
    const key = await world.keyOf(acme, 'mel')
    const by = { kind: 'person', person: key } as const
    await world.change('ona', 71, { number: 7, reviews: [aReview({ by })] })
    const mel = await world.as('mel')
    expect((await mel.visit('/mine')).body).toContain('their records')
    const file = await mel.visit('/mine/export')
    expect(parsed(file.body)).toContainEqual({ records: { naming: 'you', count: 1 } })
    expect(parsed((await (await world.as('nil')).visit('/mine/export')).body)).toHaveLength(2)
    const done = await mel.send('/mine/erase', { account: 'all', confirmed: 'yes' })
    expect(done.body).toContain('0 changes of yours')
    const record = await world.store.tenant(acme).read(({ records }) => records.get(71, 7))
    expect(record?.reviews).toHaveLength(1)
    expect(JSON.stringify(record)).not.toContain(key)
  })
})

describeStores('erasing one’s own data', (engine) => {
  it('takes a confirmation and a fresh sign-in, from a form of these pages', async () => {
    const world = await aMineWorld(engine)
    await fill(world)
    const mel = await world.as('mel')
    const key = await world.keyOf(acme, 'mel')
    const still = () => world.store.tenant(acme).read(({ people }) => people.counts(key))
    const unconfirmed = await mel.send('/mine/erase', { account: 'all' })
    expect([unconfirmed.status, unconfirmed.body]).toEqual([
      422,
      expect.stringContaining('tick the box'),
    ])
    const unknown = await mel.send('/mine/erase', { account: '12345', confirmed: 'yes' })
    expect([unknown.status, unknown.body]).toEqual([
      422,
      expect.stringContaining('nothing of yours'),
    ])
    const foreign = await mel.visit('/mine/erase', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'cross-site',
      },
      body: 'account=all&confirmed=yes',
    })
    expect(foreign.status).toBe(403)
    world.app.clock.move(10 * minute + 1)
    const stale = await mel.send('/mine/erase', { account: 'all', confirmed: 'yes' })
    expect([stale.status, stale.body]).toEqual([422, expect.stringContaining('Sign in again')])
    expect((await mel.visit('/mine/erase')).status).toBe(404)
    expect(await still()).toHaveLength(2)
    await signIn(world, 'mel', mel)
    expect((await mel.send('/mine/erase', { account: 'all', confirmed: 'yes' })).status).toBe(200)
    expect(await still()).toEqual([])
  })

  it('takes the person out of one account or all, ends their sessions, and does not say who', async () => {
    const world = await aMineWorld(engine)
    await fill(world)
    const [mel, elsewhere] = [await world.as('mel'), await world.as('mel')]
    const one = await mel.send('/mine/erase', { account: String(acme), confirmed: 'yes' })
    expect([one.status, one.body]).toEqual([
      200,
      expect.stringContaining('2 changes of yours have lost what named you'),
    ])
    for (const browser of [mel, elsewhere]) {
      expect((await browser.visit('/mine')).headers.get('location')).toBe(
        '/sign-in?return_to=%2Fmine',
      )
    }
    const again = await world.as('mel')
    const left = await again.visit('/mine')
    expect(left.body).toContain('An account that you cannot see any more')
    expect(left.body).not.toContain('acme: ')
    // Accounts of this world have one key.
    const rows = (await everyRow(world.app.work.location)).split('\n')
    const ofAcme = rows.filter((row) => row.startsWith(`${acme}\t`)).join('\n')
    expect(ofAcme).toContain(await world.keyOf(acme, 'ona'))
    expect(ofAcme).not.toContain(await world.keyOf(acme, 'mel'))
    // What is read again of it is nobody's.
    await world.change('mel', 71, { number: 7 })
    await world.change('mel', 71, { number: 99 })
    expect((await again.visit('/mine')).body).not.toContain('acme: ')
    expect((await again.send('/mine/erase', { account: 'all', confirmed: 'yes' })).status).toBe(200)
    const empty = await (await world.as('mel')).visit('/mine')
    expect(empty.body).toContain(
      'No account of this server has a change or a declaration of yours.',
    )
    const log = await world.store.tenant(acme).read(({ audit }) => audit.list(50))
    const erased = log.filter(({ action }) => action === 'erase-mine')
    expect(erased).toEqual([expect.objectContaining({ actor: null, outcome: 'erased' })])
    const shown = await (await world.as('ona')).visit(`${world.path}/access-log`)
    expect(shown.body).toMatch(/<td class="who">somebody<\/td><td>Erased their own data<\/td>/)
    // Ona's are still hers.
    expect(summaries((await (await world.as('ona')).visit('/mine')).body)).toHaveLength(1)
  })
})
