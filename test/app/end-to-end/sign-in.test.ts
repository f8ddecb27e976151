import { describe, expect, test } from 'vitest'
import { anAppWorld } from '../../support/app-process-world.ts'
import { anAccount, aRepository } from '../../support/fake-github/index.ts'
import { aBrowser, signIn, throughGitHub } from '../../support/sign-in.ts'
import { describePostgres } from '../../support/stores.ts'

const acme = anAccount('acme', { type: 'Organization' })
const publicUrl = 'https://shipped.example.com'

async function aWorld(engine: 'sqlite' | 'postgres') {
  const world = await anAppWorld({ engine, repositories: [aRepository({ owner: acme })] })
  const { github, app } = world
  github.state.users.push(anAccount('ada'))
  github.state.memberships.push({
    organization: 'acme',
    login: 'ada',
    role: 'admin',
    state: 'active',
  })
  const environment = {
    CLIENT_ID: app.clientId,
    CLIENT_SECRET: app.clientSecret,
    PUBLIC_URL: publicUrl,
  }
  const start = async (more: Record<string, string> = {}) => {
    const process = world.start('both', { ...environment, ...more })
    return { process, place: { address: await process.listening, publicUrl, github } }
  }
  return { ...world, start }
}

describe('the App as it is started', () => {
  test('signs an owner in, shows the account, and writes neither token nor name to its log', async () => {
    const world = await aWorld('sqlite')
    const { process, place } = await world.start()
    await world.settled(process)
    const browser = await signIn(place, 'ada')
    const page = await browser.visit(`/accounts/${acme.id}`)
    expect([page.status, page.body.includes('acme')]).toEqual([200, true])
    const [token] = world.github.state.userTokens
    expect(process.output()).not.toMatch(/\bada\b|ghu_|__Host-/)
    expect(process.output()).not.toContain(token?.token)
    expect((await browser.send('/sign-out')).status).toBe(303)
    expect((await browser.visit(`/accounts/${acme.id}`)).status).toBe(302)
  }, 60_000)

  test('says so where signing in is not set up', async () => {
    const world = await aWorld('sqlite')
    const { place } = await world.start({ CLIENT_ID: '', CLIENT_SECRET: '' })
    for (const path of ['/sign-in', '/sign-in/callback?code=x&state=y']) {
      const { status, body } = await aBrowser(place).visit(path)
      expect([status, body.includes('Signing in is not set up')]).toEqual([503, true])
    }
  }, 60_000)
})

describePostgres('two replicas', () => {
  test('one begins a sign-in and the other ends it, without a key between them', async () => {
    const world = await aWorld('postgres')
    const one = await world.start()
    const two = await world.start()
    await world.settled(two.process)
    const begun = aBrowser(one.place)
    const location = (await begun.visit('/sign-in')).headers.get('location') ?? ''
    const [user] = world.github.state.users
    const back = await throughGitHub(one.place, location, user?.id ?? 0)
    const browser = aBrowser(two.place)
    for (const [name, value] of begun.cookies) browser.cookies.set(name, value)
    expect((await browser.visit(back)).status).toBe(303)
    const here = aBrowser(one.place)
    for (const [name, value] of browser.cookies) here.cookies.set(name, value)
    expect((await here.visit(`/accounts/${acme.id}`)).status).toBe(200)
    const third = await world.start({
      SESSION_KEY: Buffer.from('kkkkkkkkabcdefghijklmnopqrstuvwx').toString('base64'),
    })
    const there = aBrowser(third.place)
    for (const [name, value] of browser.cookies) there.cookies.set(name, value)
    expect((await there.visit(`/accounts/${acme.id}`)).status).toBe(302)
  }, 90_000)
})
