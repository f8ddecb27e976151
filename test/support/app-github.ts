import { connectGitHub, connectRest, type GitHubApi } from '../../src/github/index.ts'
import { fakeGitHubForTest } from './fake-github/for-test.ts'
import {
  type Account,
  type App,
  anAccount,
  anApp,
  anInstallation,
  aRepository,
  type FakeGitHub,
  type FakeGitHubOptions,
  type Installation,
  minute,
  type Repository,
  signAs,
} from './fake-github/index.ts'

/** A clock that stands still until it is set. */
export interface TestClock {
  /** Milliseconds since the epoch. */
  now: number
  /** @param time ISO 8601 */
  set(time: string): void
}

/** A GitHub with an App on it, installed once. */
export interface AppGitHub {
  readonly github: FakeGitHub
  readonly app: App
  readonly account: Account
  readonly repository: Repository
  readonly installation: Installation
  readonly clock: TestClock
  /** As the App itself. */
  readonly appApi: GitHubApi
  /** As an installation, with a token of its own: default the one that is there. */
  installationApi(installation?: Installation): Promise<GitHubApi>
}

export interface AppGitHubInit
  extends Omit<FakeGitHubOptions, 'apps' | 'installations' | 'now' | 'repositories'> {
  readonly account?: Account
  readonly app?: Partial<App>
  readonly installation?: Partial<Installation>
  /** Default: one, `widgets`. They belong to the account, and become part of the fake as they are. */
  readonly repositories?: readonly Repository[]
  /** Where the clock stands, ISO 8601. */
  readonly at?: string
}

/** An App's GitHub for one test: closed when the test ends, which fails if the fake had to answer as GitHub would not. */
export async function appGitHub(init: AppGitHubInit = {}): Promise<AppGitHub> {
  const account = init.account ?? anAccount('acme', { type: 'Organization' })
  const app = anApp(init.app)
  const installation = anInstallation(app, account, init.installation)
  const repositories = [...(init.repositories ?? [aRepository({ owner: account })])]
  const [repository] = repositories
  if (repository === undefined)
    throw new RangeError('an installation of this kind has a repository')
  const clock: TestClock = {
    now: Date.parse(init.at ?? minute(0)),
    set: (time) => {
      clock.now = Date.parse(time)
    },
  }
  const { app: _, installation: _also, at: _at, account: _account, ...options } = init
  const github = await fakeGitHubForTest({
    ...options,
    apps: [app],
    installations: [installation],
    repositories,
    now: () => clock.now,
  })
  const connect = (token: string) =>
    connectGitHub(connectRest({ token, baseUrl: github.apiUrl }), {
      sleep: async () => {},
      now: () => clock.now,
      random: () => 0,
    })
  return {
    github,
    app,
    account,
    repository,
    installation,
    clock,
    appApi: connect(signAs(app, Date.now())),
    installationApi: async (which = installation) => connect(await mintToken(github, app, which)),
  }
}

/** A token of an installation, as any client gets one. */
export async function mintToken(
  { apiUrl }: FakeGitHub,
  app: App,
  { id }: Installation,
): Promise<string> {
  const response = await fetch(`${apiUrl}/app/installations/${id}/access_tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${signAs(app, Date.now())}` },
  })
  const { token } = (await response.json()) as { token?: string }
  if (token === undefined) throw new Error(`no token: GitHub answered ${response.status}`)
  return token
}
