import { formTokenField } from '../../src/app/access/form-token-field.ts'
import type { FakeGitHub } from './fake-github/index.ts'

/** Where somebody signs in. */
export interface SignInPlace {
  /** Where the server listens. */
  readonly address: string
  /** What it calls itself: GitHub sends people back there. */
  readonly publicUrl: string
  readonly github: Pick<FakeGitHub, 'url' | 'state'>
}

/** What a browser does with one request. */
export interface Visit {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

export interface VisitInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A browser as far as cookies go: it follows nothing by itself. */
export interface TestBrowser {
  /** By name, of this server. */
  readonly cookies: Map<string, string>
  /** @param path of this server, or an address that begins as the server calls itself */
  visit(path: string, init?: VisitInit): Promise<Visit>
  /** Sends a form as a page of this server does, with the session's own token, which it looks up on the first page. */
  send(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Visit>
  /** What forms of this session carry. */
  formToken(): Promise<string>
}

/** A browser that has no cookies yet. */
export function aBrowser({ address, publicUrl }: SignInPlace): TestBrowser {
  const cookies = new Map<string, string>()

  async function visit(path: string, { method = 'GET', headers = {}, body }: VisitInit = {}) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const target = path.startsWith(publicUrl) ? path.slice(publicUrl.length) : path
    const response = await fetch(address + (target === '' ? '/' : target), {
      method,
      redirect: 'manual',
      headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { body }),
    })
    for (const line of response.headers.getSetCookie()) keep(line)
    return { status: response.status, headers: response.headers, body: await response.text() }
  }

  function keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '' || /;\s*max-age=0/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }

  async function formToken(): Promise<string> {
    const { body } = await visit('/not-for')
    const [, token] = new RegExp(`name="${formTokenField}" value="([^"]+)"`).exec(body) ?? []
    if (token === undefined) throw new Error('no form of this session: is anybody signed in?')
    return token
  }

  return {
    cookies,
    visit,
    formToken,
    send: async (path, fields = {}) => {
      const form = new URLSearchParams([[formTokenField, await formToken()]])
      for (const [name, values] of Object.entries(fields)) {
        for (const value of [values].flat()) form.append(name, value)
      }
      return visit(path, { method: 'POST', headers: ofThisServer(publicUrl), body: String(form) })
    },
  }
}

/** What a browser sends with a form of a page of this server. */
export function ofThisServer(publicUrl: string): Record<string, string> {
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
    origin: publicUrl,
  }
}

/** Where GitHub sends somebody who is asked there; nobody has to press anything at the fake one. */
export async function throughGitHub(
  { github }: SignInPlace,
  location: string,
  userId: number,
  { deny = false } = {},
): Promise<string> {
  if (!location.startsWith(`${github.url}/`)) throw new Error(`${location} is not GitHub`)
  const cookie = `fake_user=${userId}${deny ? '; fake_deny=1' : ''}`
  const response = await fetch(location, { redirect: 'manual', headers: { cookie } })
  const back = response.headers.get('location')
  if (back === null) throw new Error(`GitHub answered ${response.status}: ${await response.text()}`)
  return back
}

/**
 * Signs somebody in by real HTTP, as a browser does it: to GitHub, back, and in. With a browser that is given, this one goes on.
 *
 * @example
 * const world = await anAccessWorld({ … })
 * const browser = await signIn(world, 'ada')
 * expect((await browser.visit('/accounts/7')).status).toBe(200)
 */
export async function signIn(
  place: SignInPlace,
  login: string,
  browser: TestBrowser = aBrowser(place),
): Promise<TestBrowser> {
  const user = place.github.state.users.find((one) => one.login === login)
  if (user === undefined) throw new Error(`nobody is called ${login} at this GitHub`)
  const begun = await browser.visit('/sign-in')
  const back = await throughGitHub(place, begun.headers.get('location') ?? '', user.id)
  const entered = await browser.visit(back)
  if (entered.status !== 303) throw new Error(`nobody was signed in: ${entered.body}`)
  return browser
}
