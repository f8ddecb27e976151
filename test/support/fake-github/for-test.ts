import { expect, onTestFinished } from 'vitest'
import { type FakeGitHub, type FakeGitHubOptions, startFakeGitHub } from './start-fake-github.ts'

/** A fake GitHub for one test: closed when the test ends, which fails if the fake had to answer as GitHub would not. */
export async function fakeGitHubForTest(options: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  const github = await startFakeGitHub(options)
  onTestFinished(async () => {
    await github.close()
    expect(github.contractErrors).toEqual([])
  })
  return github
}

/** A reply. `Body` is what the test takes it for, where it reads on in it; elsewhere `expect` judges it. */
export interface Answer<Body> {
  readonly status: number
  readonly headers: Headers
  /** Parsed when it is JSON, else the text. */
  readonly body: Body
}

export interface RestInit {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A plain request with the token; `path` may also be a whole URL, as links are. */
export async function callRest<Body = unknown>(
  github: FakeGitHub,
  path: string,
  { method = 'GET', body, headers = {} }: RestInit = {},
): Promise<Answer<Body>> {
  const response = await fetch(path.startsWith('http') ? path : github.apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${github.state.token}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  }
}

export function callGraphql<Body = unknown>(
  github: FakeGitHub,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer<Body>> {
  return callRest(github, github.graphqlUrl, { method: 'POST', body: { query, variables } })
}
