import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quota } from '../../../src/app/api/api-routes.ts'
import { apiSchemas } from '../../../src/app/api/open-api.ts'
import { problems, problemType } from '../../../src/app/api/problems.ts'
import {
  AccountsSchema,
  DefinitionsSchema,
  NoReportSchema,
  ProblemSchema,
  RepositoriesSchema,
  SnapshotsSchema,
} from '../../../src/app/api/reply-schemas.ts'
import { AccessError } from '../../../src/app/library/access-error.ts'
import type { Library, Standing } from '../../../src/app/library/library.ts'
import { ReportSchema } from '../../../src/report/document/report-document.ts'
import { exampleReport } from '../../report/example-report.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'
import { aMemoryAccount, aMemoryLibrary, aPerson } from '../../support/memory-library.ts'
import { answerChecker, publishedOpenApi } from '../../support/open-api-checks.ts'
import { type ServedLibrary, servedAt, serveLibrary } from '../../support/serve-library.ts'
import { fullAccount, shown, standings } from '../pages/page-states.ts'

let served: ServedLibrary

beforeAll(async () => {
  served = await serveLibrary()
})

afterAll(() => served?.stop())

const full = aMemoryLibrary([fullAccount])
const wrongWith = answerChecker(publishedOpenApi())
let readers = 0

/** Each library is somebody else's, so that no test uses up what another may ask. */
function ofSomebody(library: Library): Library {
  readers += 1
  return { ...library, viewer: { ...aPerson, userId: readers } }
}

/** Asks, and holds the answer against what OpenAPI says of it. */
async function ask(path: string, library: Library | undefined, init: RequestInit = {}) {
  served.show(library && ofSomebody(library))
  const response = await fetch(`${served.address}/api/v1${path}`, { redirect: 'manual', ...init })
  const body = await response.text()
  if ((init.method ?? 'GET') === 'GET') expect(wrongWith(response.url, response, body)).toEqual([])
  return { status: response.status, headers: response.headers, body }
}

async function json(path: string, library: Library = full): Promise<unknown> {
  const { status, headers, body } = await ask(path, library)
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
  return JSON.parse(body)
}

const ofAccounts = [
  '/accounts/ID/report',
  '/accounts/ID/snapshots',
  '/accounts/ID/snapshots/2026-06-22',
  '/accounts/ID/coverage',
  '/accounts/ID/repositories',
  '/accounts/ID/repositories/301/report',
  '/accounts/ID/repositories/301/snapshots',
  '/accounts/ID/repositories/301/snapshots/2026-06-22',
  '/accounts/ID/repositories/301/coverage',
]

describe('what it gives', () => {
  test('accounts, by number, without what pages keep to themselves', async () => {
    const library = aMemoryLibrary([aMemoryAccount({ id: 22, name: 'lighthouse' }), fullAccount])
    const { accounts, next } = AccountsSchema.parse(await json('/accounts', library))
    expect(accounts.map(({ id, name }) => [id, name])).toEqual([
      [21, 'harbour-lights'],
      [22, 'lighthouse'],
    ])
    expect(next).toBeNull()
  })

  test('repositories with what there is to show of each', async () => {
    const { repositories } = RepositoriesSchema.parse(await json('/accounts/21/repositories'))
    expect(repositories.map(({ id, standing }) => [id, standing])).toEqual([
      [301, 'shown'],
      [302, 'awaited'],
      [303, 'empty'],
      [304, 'shown'],
      [305, 'hidden'],
    ])
  })

  test('the report of the page, and a part of it', async () => {
    const report = ReportSchema.parse(await json('/accounts/21/report'))
    expect(report).toEqual({
      ...exampleReport(),
      scope: { ...exampleReport().scope, synthetic: false },
    })
    const { Coverage } = await apiSchemas()
    const coverage = Coverage.parse(await json('/accounts/21/coverage'))
    expect(coverage.coverage).toEqual(report.coverage)
    expect(coverage.reading).toBe(report.readings.coverage)
    const ofRepository = ReportSchema.parse(await json('/accounts/21/repositories/301/report'))
    expect(ofRepository.scope.kind).toBe('repository')
    Coverage.parse(await json('/accounts/21/repositories/301/coverage'))
  })

  test('each published Monday', async () => {
    const { snapshots } = SnapshotsSchema.parse(await json('/accounts/21/snapshots'))
    expect(snapshots.map(({ day }) => day)).toEqual(['2026-06-22', '2026-06-15', '2026-06-01'])
    for (const { day } of snapshots) {
      const report = ReportSchema.parse(await json(`/accounts/21/snapshots/${day}`))
      expect(report.asOf.slice(0, 10)).toBe(day)
    }
    const path = '/accounts/21/repositories/301/snapshots'
    const [only] = SnapshotsSchema.parse(await json(path)).snapshots
    ReportSchema.parse(await json(`${path}/${only?.day}`))
  })

  test('definitions and its own description, to everybody', async () => {
    const definitions = await ask('/definitions', undefined)
    expect(
      DefinitionsSchema.parse(JSON.parse(definitions.body)).definitions.length,
    ).toBeGreaterThan(9)
    const description = await ask('/openapi.json', undefined)
    expect(JSON.parse(description.body)).toEqual(publishedOpenApi())
    for (const { headers } of [definitions, description]) {
      expect(headers.get('cache-control')).toBe('no-cache')
    }
  })
})

describe('where there is no report', () => {
  test.each(standings.map((one, index) => [`${index} ${one.kind}`, one] as const))(
    '%s: says why',
    async (_name, standing) => {
      const library = aMemoryLibrary([
        aMemoryAccount({
          standing,
          repositories: [{ id: 301, name: 'a/b', visibility: 'private', standing }],
        }),
      ])
      for (const path of ofAccounts.filter((one) => /report$|coverage$/.test(one))) {
        const { status, body } = await ask(path.replace('ID', '21'), library)
        const told = NoReportSchema.parse(JSON.parse(body))
        expect([status, told.type]).toEqual([404, problemType('no-report')])
        const due = 'due' in standing ? { due: new Date(standing.due).toISOString() } : {}
        expect(told.standing).toEqual({ ...standing, ...due })
      }
      const { body } = await ask('/accounts/21/snapshots', library)
      expect(SnapshotsSchema.parse(JSON.parse(body)).snapshots).toEqual([])
    },
  )
})

describe('what is not there and what is not the viewer’s', () => {
  const notThere = { type: problemType('not-found'), ...problems['not-found'] }

  test.each([
    ...ofAccounts.flatMap((path) =>
      ['99', '0', '021', '21x', '2.1e1', '99999999999999999999', 'harbour-lights'].map((id) =>
        path.replace('ID', id),
      ),
    ),
    '/accounts/21/repositories/999/report',
    '/accounts/21/repositories/0301/report',
    '/accounts/21/snapshots/2026-06-08',
    '/accounts/21/snapshots/2026-06-22T00:00:00Z',
    '/accounts/21/snapshots/22',
  ])('%s', async (path) => {
    const { status, headers, body } = await ask(path, full)
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toBe(
      JSON.stringify({
        type: notThere.type,
        title: notThere.title,
        status: 404,
        detail: notThere.detail,
      }),
    )
  })

  test('an outsider gets nothing of the whole, and the same answer', async () => {
    const library = aMemoryLibrary([{ ...fullAccount, role: 'outsider' }])
    const expected = (await ask('/accounts/99/report', library)).body
    for (const path of ofAccounts.filter((one) => !one.includes('repositories'))) {
      const { status, body } = await ask(path.replace('ID', '21'), library)
      expect([status, body], path).toEqual([404, expected])
    }
    expect((await ask('/accounts/21/repositories/301/report', library)).status).toBe(200)
    expect((await ask('/accounts/21/repositories', library)).status).toBe(200)
  })

  test('an address of no route', async () => {
    served.show(undefined)
    const response = await fetch(`${served.address}/api/v1/nowhere`)
    expect(ProblemSchema.parse(await response.json()).type).toBe(notThere.type)
  })
})

describe('who is nobody', () => {
  test.each(['/accounts', ...ofAccounts.map((path) => path.replace('ID', '21'))])(
    '%s asks to sign in',
    async (path) => {
      const { status, headers, body } = await ask(path, undefined)
      expect([status, headers.get('www-authenticate')]).toEqual([
        401,
        'Bearer realm="What Shipped"',
      ])
      expect(ProblemSchema.parse(JSON.parse(body)).type).toBe(problemType('unauthorized'))
    },
  )
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is not allowed', async (method) => {
  for (const path of ['/accounts', '/definitions', '/accounts/21/report']) {
    const { status, headers, body } = await ask(path, full, { method })
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect(ProblemSchema.parse(JSON.parse(body)).type).toBe(problemType('method-not-allowed'))
    expect(headers.get('access-control-allow-origin')).toBeNull()
  }
})

describe('what fails', () => {
  const failing = (error: Error): Library => ({
    ...aMemoryLibrary([]),
    account: () => Promise.reject(error),
    accounts: () => Promise.reject(error),
  })

  test('tells nothing of what happened, which is in the log', async () => {
    const { status, body } = await ask('/accounts', failing(new Error('canary: on fire')))
    expect(status).toBe(500)
    expect(ProblemSchema.parse(JSON.parse(body)).type).toBe(problemType('failed'))
    expect(body).not.toContain('canary')
    expect(served.logged.at(-1)).toBe('page-failed')
  })

  test('GitHub does not answer: try later', async () => {
    const error = new AccessError('unavailable', new Error('canary'))
    const { status, headers, body } = await ask('/accounts/21/report', failing(error))
    expect([status, headers.get('retry-after')]).toEqual([503, '60'])
    expect(body).not.toContain('canary')
  })

  test('GitHub takes the person’s token no more: sign in again', async () => {
    const error = new AccessError('signed-out', new Error('canary'))
    expect((await ask('/accounts/21/report', failing(error))).status).toBe(401)
  })

  test('before a route is reached, too', async () => {
    const broken = await serveLibrary({
      access: {
        viewer: () => Promise.reject(new Error('canary: no database')),
        routes: new (await import('hono')).Hono(),
      },
    })
    const response = await fetch(`${broken.address}/api/v1/accounts`)
    const body = await response.text()
    await broken.stop()
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(body).toContain(problemType('failed'))
    expect(body).not.toContain('canary')
  })
})

describe('caches', () => {
  test('an answer has a tag of its bytes, by which the next one is empty', async () => {
    const paths = ofAccounts.map((one) => one.replace('ID', '21'))
    const there = paths.filter((one) => !one.includes('301/snapshots/'))
    for (const path of ['/accounts', '/definitions', '/openapi.json', ...there]) {
      const first = await ask(path, full)
      const tag = first.headers.get('etag') ?? ''
      expect(tag).toBe(`"${createHash('sha256').update(first.body).digest('base64url')}"`)
      const isPublic = path === '/definitions' || path === '/openapi.json'
      expect(first.headers.get('cache-control')).toBe(isPublic ? 'no-cache' : 'private, no-cache')
      expect(first.headers.get('vary')).toBe(isPublic ? null : 'Authorization, Cookie')
      for (const given of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const again = await ask(path, full, { headers: { 'if-none-match': given } })
        expect([again.status, again.headers.get('etag')], `${path} ${given}`).toEqual([304, tag])
        expect(again.headers.get('content-type')).toBeNull()
      }
      const other = await ask(path, full, { headers: { 'if-none-match': '"other"' } })
      expect(other.status).toBe(200)
    }
  })

  test('a tag opens nothing', async () => {
    const { headers } = await ask('/accounts/21/report', full)
    const init = { headers: { 'if-none-match': headers.get('etag') ?? '' } }
    expect((await ask('/accounts/21/report', undefined, init)).status).toBe(401)
    expect((await ask('/accounts/21/report', aMemoryLibrary([]), init)).status).toBe(404)
  })

  test('HEAD has the headers of GET', async () => {
    const { headers } = await ask('/accounts/21/report', full)
    const head = await ask('/accounts/21/report', full, { method: 'HEAD' })
    expect([head.status, head.body]).toEqual([200, ''])
    expect(head.headers.get('etag')).toBe(headers.get('etag'))
  })

  test('every answer keeps the browser from taking it for something else', async () => {
    for (const path of ['/accounts', '/nowhere-at-all']) {
      served.show(ofSomebody(full))
      const { headers } = await fetch(`${served.address}/api/v1${path}`)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })
})

describe('pages of lists', () => {
  const many = aMemoryLibrary(
    Array.from({ length: 7 }, (_, index) => aMemoryAccount({ id: 41 - index, name: `n${index}` })),
  )

  test('follow one another by link', async () => {
    const seen: number[] = []
    let path: string | undefined = '/accounts?limit=3'
    while (path !== undefined) {
      const { headers, body } = await ask(path, many)
      const page = AccountsSchema.parse(JSON.parse(body))
      seen.push(...page.accounts.map(({ id }) => id))
      const [, next] = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '') ?? []
      expect(next === undefined).toBe(page.next === null)
      if (page.next !== null) expect(next).toBe(`/accounts?limit=3&cursor=${page.next}`)
      path = next
    }
    expect(seen).toEqual([35, 36, 37, 38, 39, 40, 41])
  })

  test('go on where they were when what they ended with is gone', async () => {
    const first = SnapshotsSchema.parse(await json('/accounts/21/snapshots?limit=1'))
    expect(first.next).toBe('2026-06-22')
    const rest = aMemoryLibrary([
      { ...fullAccount, standing: shown(exampleReport({ asOf: '2026-06-29T00:00:00Z' })) },
    ])
    const second = await json(`/accounts/21/snapshots?cursor=${first.next}`, rest)
    const days = SnapshotsSchema.parse(second).snapshots.map(({ day }) => day)
    expect(days).toEqual(['2026-06-15', '2026-06-01'])
  })

  test.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1e1',
    'limit=',
    'cursor=',
    'cursor=../x',
    'cursor=%00',
  ])('%s is no way to ask, whoever’s the account is', async (query) => {
    for (const path of ['/accounts', '/accounts/21/snapshots', '/accounts/99/repositories']) {
      const { status, body } = await ask(`${path}?${query}`, many)
      expect(status).toBe(400)
      expect(ProblemSchema.parse(JSON.parse(body)).type).toBe(problemType('invalid-parameter'))
    }
  })
})

test.each([
  '/accounts?cursor=2026-06-22',
  '/accounts/21/repositories?cursor=2026-06-22',
  '/accounts/21/snapshots?cursor=21',
])('%s is the cursor of another list', async (path) => {
  expect((await ask(path, full)).status).toBe(400)
})

describe('how often', () => {
  test('it says what is left, and then to wait; somebody else is not kept waiting', async () => {
    const library = ofSomebody(full)
    served.show(library)
    const address = `${served.address}/api/v1/accounts`
    const policy = `"default";q=${quota.requests};w=${quota.seconds}`
    for (let left = quota.requests - 1; left >= 0; left -= 1) {
      const { status, headers } = await fetch(address, { method: 'HEAD' })
      const told = [status, headers.get('ratelimit'), headers.get('ratelimit-policy')]
      expect(told).toEqual([200, `"default";r=${left};t=${quota.seconds}`, policy])
    }
    const refused = await fetch(address)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe(String(quota.seconds))
    expect(refused.headers.get('ratelimit')).toBe(`"default";r=0;t=${quota.seconds}`)
    const body = await refused.text()
    expect(wrongWith(address, refused, body)).toEqual([])
    expect(JSON.parse(body)).toMatchObject({ 'violated-policies': ['default'] })
    expect((await ask('/accounts', full)).status).toBe(200)
  })
})

test('hostile names are text, and end no header', async () => {
  for (const { name: title, text } of maliciousTexts) {
    const standing: Standing = {
      kind: 'shown',
      builtAt: servedAt,
      report: exampleReport({ headline: 'x' }),
    }
    const account = aMemoryAccount({
      name: text,
      standing,
      repositories: [{ id: 1, name: text, visibility: 'public', standing }],
    })
    const library = aMemoryLibrary([account])
    const accounts = AccountsSchema.parse(await json('/accounts', library))
    expect(accounts.accounts[0]?.name, title).toBe(text)
    const entries = RepositoriesSchema.parse(await json('/accounts/21/repositories', library))
    expect(entries.repositories[0]?.name, title).toBe(text)
  }
})
