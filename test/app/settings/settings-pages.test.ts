import { describe, expect, it, test } from 'vitest'
import { readAccountSettings } from '../../../src/app/settings/account-settings.ts'
import { aBrowser } from '../../support/sign-in.ts'
import { describeStores } from '../../support/stores.ts'
import { acme, aSettingsWorld, untouched } from './a-settings-world.ts'

const minute = 60_000

type World = Awaited<ReturnType<typeof aSettingsWorld>>

const settingsOf = ({ store }: World) => store.tenant(acme).read(readAccountSettings)
const logOf = ({ store }: World) => store.tenant(acme).read(({ audit }) => audit.list(50))

describeStores('the settings', (engine) => {
  it('are changed by an owner, announced to every member, and in the access log', async () => {
    const world = await aSettingsWorld(engine)
    const owner = await world.as('ona')
    const page = await owner.visit(`${world.path}/settings`)
    expect(page.status).toBe(200)
    expect(page.body).toContain('acme/hush-hush (private)')
    expect(page.body).toContain('anybody on the internet, in 1 public repository')
    const saved = await owner.send(`${world.path}/settings`, {
      ...untouched,
      ...{ people: '8', retentionDays: '300', organisationInPublicChecks: 'on' },
      ...{ repositories: 'chosen', repository: ['71', '73'], branches: 'release/*\r\nnext' },
    })
    expect([saved.status, saved.headers.get('location')]).toEqual([
      303,
      `${world.path}/settings?saved`,
    ])
    expect(await settingsOf(world)).toMatchObject({
      thresholds: { people: 8, changes: 20, largestPersonPercent: 50 },
      retentionDays: 300,
      tracking: { repositories: [71, 73], branches: ['release/*', 'next'] },
      organisationInPublicChecks: true,
      labels: false,
    })
    const lines = (await logOf(world)).filter(({ action }) => action === 'change-settings')
    expect(lines.map(({ actor, subject }) => [actor, subject]).toSorted()).toEqual(
      ['organisationInPublicChecks', 'retentionDays', 'thresholds', 'tracking'].map((subject) => [
        world.idOf('ona'),
        subject,
      ]),
    )
    const after = await owner.visit(`${world.path}/settings?saved`)
    expect(after.body).toContain('Saved.')
    expect(after.body).toMatch(/name="people"[^>]*value="8"/)
    expect(after.body).toMatch(/value="73" checked/)
    expect(after.body).not.toMatch(/value="72" checked/)
    await world.settle()
    const kept = await world.store.tenant(acme).read(({ repositories }) => repositories.list())
    expect(kept.map(({ id, state }) => `${id} ${state}`)).toEqual([
      '71 active',
      '72 untracked',
      '73 active',
    ])
    const member = await world.as('mel')
    const announced = await member.visit(world.path)
    expect(announced.body).toContain('How long facts are kept: from as long as this server keeps')
  })

  it('are read by a member in words, without the names of repositories', async () => {
    const world = await aSettingsWorld(engine)
    const { status, body } = await (await world.as('mel')).visit(`${world.path}/settings`)
    expect(status).toBe(200)
    expect(body).toContain('5 people, 20 changes, nobody above 50 %')
    expect(body).toContain('400 days after the last thing')
    expect(body).not.toContain('hush-hush')
    expect(body).not.toContain(`action="${world.path}`)
  })

  it('that are wrong are told at their fields, all at once, as they were typed, and nothing is saved', async () => {
    const world = await aSettingsWorld(engine)
    const owner = await world.as('ona')
    const { status, body } = await owner.send(`${world.path}/settings`, {
      ...untouched,
      ...{ open: 'no', people: '3', retentionDays: '10', branches: '<b> two' },
    })
    expect(status).toBe(422)
    for (const field of ['people', 'retentionDays', 'branches']) {
      expect(body).toContain(`id="${field}-problem"`)
      expect(body).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"`))
    }
    expect(body).toMatch(/name="people"[^>]*value="3"/)
    expect(body).toContain('&lt;b&gt; two')
    expect(body).toContain('role="alert"')
    expect((await settingsOf(world)).open).toBe(true)
    expect((await logOf(world)).filter(({ action }) => action === 'change-settings')).toEqual([])
  })

  it('close the numbers for everybody, owners included, and open them again', async () => {
    const world = await aSettingsWorld(engine)
    const owner = await world.as('ona')
    const member = await world.as('mel')
    await owner.send(`${world.path}/settings`, { ...untouched, open: 'no' })
    for (const browser of [owner, member]) {
      expect((await browser.visit(world.path)).body).toContain('closed')
    }
    await owner.send(`${world.path}/settings`, untouched)
    expect((await settingsOf(world)).open).toBe(true)
  })
})

describe('a raised threshold', () => {
  test('is lowered only by who signed in within ten minutes', async () => {
    const world = await aSettingsWorld()
    const owner = await world.as('ona')
    const raised = { ...untouched, people: '12', largestPersonPercent: '30' }
    world.app.clock.move(30 * minute)
    expect((await owner.send(`${world.path}/settings`, raised)).status).toBe(303)
    for (const lowered of [
      { ...raised, people: '11' },
      { ...raised, largestPersonPercent: '31' },
      // One is raised, and another lowered.
      { ...raised, people: '20', largestPersonPercent: '50' },
    ]) {
      const refused = await owner.send(`${world.path}/settings`, lowered)
      expect(refused.status).toBe(422)
      expect(refused.body).toContain('within ten minutes after signing in')
      expect((await settingsOf(world)).thresholds).toMatchObject({ people: 12 })
    }
    // Everything else is changed as ever.
    const other = { ...raised, retentionDays: '365' }
    expect((await owner.send(`${world.path}/settings`, other)).status).toBe(303)
    const anew = await world.as('ona')
    world.app.clock.move(9 * minute)
    expect((await anew.send(`${world.path}/settings`, untouched)).status).toBe(303)
    expect((await settingsOf(world)).thresholds).toMatchObject({ people: 5 })
  })
})

describe('the self-audit', () => {
  test('is answered by an owner, with its day, and read by every member', async () => {
    const world = await aSettingsWorld()
    const owner = await world.as('ona')
    const wrong = await owner.send(`${world.path}/self-audit`, { tied: 'yes', tiedHow: ' ' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('Say what is tied to what.')
    const sent = await owner.send(`${world.path}/self-audit`, {
      ...{ tied: 'no', tiedHow: '', passedOn: 'Slides of the\nplatform <team>.' },
    })
    expect(sent.status).toBe(303)
    const { selfAudit } = await settingsOf(world)
    expect(selfAudit).toEqual({
      answeredAt: world.app.clock.now,
      ...{ tied: 'no', tiedHow: '', passedOn: 'Slides of the platform <team>.' },
    })
    const { body } = await (await world.as('mel')).visit(`${world.path}/settings`)
    expect(body).toContain('<dd>Slides of the platform &lt;team&gt;.</dd>')
    expect(body).toContain('An owner answered the self-audit.')
    expect((await logOf(world)).map(({ action }) => action)).toContain('answer-self-audit')
  })
})

/** Every route, and what each of these people is answered; nobody who may not know of it can tell it from nothing. */
const pages = ['/settings', '/tokens', '/access-log'] as const
const forms = ['/settings', '/self-audit', '/tokens', '/tokens/revoke'] as const

describe('who may', () => {
  test.each([
    ['ona', [200, 200, 200], [422, 422, 422, 303]],
    ['mel', [200, 403, 200], [403, 403, 403, 403]],
    ['out', [404, 404, 404], [404, 404, 404, 404]],
    ['nil', [404, 404, 404], [404, 404, 404, 404]],
    ['oth', [404, 404, 404], [404, 404, 404, 404]],
  ])('%s gets %j of pages, %j of forms', async (login, shown, sent) => {
    const world = await aSettingsWorld()
    const browser = await world.as(login)
    const visits = []
    for (const page of pages) visits.push(await browser.visit(world.path + page))
    const sendings = []
    for (const form of forms) sendings.push(await browser.send(world.path + form, {}))
    expect(visits.map(({ status }) => status)).toEqual(shown)
    expect(sendings.map(({ status }) => status)).toEqual(sent)
    const nowhere = (await browser.visit('/accounts/4711/settings')).body
    for (const { status, body } of [...visits, ...sendings]) {
      if (status === 404) expect(body).toBe(nowhere)
    }
    expect(await settingsOf(world)).toMatchObject({ open: true, selfAudit: null })
    expect(await world.store.tenant(acme).read(({ tokens }) => tokens.list())).toEqual([])
  })

  test.each(pages)('who is not signed in comes from %s to the sign-in, and back', async (page) => {
    const world = await aSettingsWorld()
    const { status, headers } = await aBrowser(world).visit(world.path + page)
    expect([302, 303]).toContain(status)
    expect(headers.get('location')).toBe(
      `/sign-in?return_to=${encodeURIComponent(world.path + page)}`,
    )
  })

  test.each(forms)('a form to %s that is not of this session changes nothing', async (form) => {
    const world = await aSettingsWorld()
    const owner = await world.as('ona')
    const before = await logOf(world)
    const body = String(new URLSearchParams({ ...untouched, open: 'no', name: 'x', days: '30' }))
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const headers of [
      { ...type, 'sec-fetch-site': 'cross-site' },
      { ...type, 'sec-fetch-site': 'same-origin' },
    ]) {
      const { status } = await owner.visit(world.path + form, { method: 'POST', headers, body })
      expect(status).toBe(403)
    }
    expect(await logOf(world)).toEqual(before)
  })
})
