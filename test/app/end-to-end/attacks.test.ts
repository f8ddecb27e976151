import { beforeAll, describe, expect, test } from 'vitest'
import { buildReport } from '../../../src/report/document/build-report.ts'
import { renderJson } from '../../../src/report/json-report.ts'
import { aChangeTable, changesOfPeople, monday, type Row } from '../../support/a-change-table.ts'
import { type AccessWorld, anAccessWorld, publish } from '../../support/access-world.ts'
import { anAccount, aPullRequest, aRepository } from '../../support/fake-github/index.ts'
import { signIn, type TestBrowser, type Visit } from '../../support/sign-in.ts'

// What a member would try who wants to know more than is shown, over HTTP alone: in addresses, in errors, in sizes, in what changes
// from one look to the next. What follows from numbers is in test/report/disclosure.test.ts and disclosure-attacks.test.ts, over weeks in
// test/comparison/disclosure/published-snapshot.test.ts and test/app/snapshots/random-lives.test.ts.

const day = 86_400_000
const acme = anAccount('acme', { type: 'Organization' })
const mel = anAccount('mel')
const nowhere = 999_999_999

/** Both groups of a repository: so many people each, and changes of which the numbers are known. */
function rowsOf(
  repository: string,
  { people, changes, hours }: Readonly<Record<'people' | 'changes' | 'hours', number>>,
): Row[] {
  return (['aiRecorded', 'noneRecorded'] as const).flatMap((group) =>
    changesOfPeople({ changes, people, prefix: `${repository} ${group}` }, (index) => ({
      group,
      repository: `acme/${repository}`,
      readyAt: monday - 20 * day - (index % 80) * day,
      hours: hours + (index % 9),
      rounds: 1 + (index % 3),
    })),
  )
}

/** Numbers of hidden groups that nothing else here has. */
const planted = { people: 2, changes: 347, hours: 173 }
const contents = {
  wide: rowsOf('wide', { people: 12, changes: 260, hours: 5 }),
  broad: rowsOf('broad', { people: 14, changes: 300, hours: 9 }),
  hush: rowsOf('hush', planted),
  hash: rowsOf('hash', { people: 3, changes: 21, hours: 2 }),
} as const
const names = Object.keys(contents) as (keyof typeof contents)[]
const ids = { wide: 5_001, broad: 5_002, hush: 5_003, hash: 5_004 } as const

/** An organisation whose reports were made of these changes, as one of its members sees it. */
async function aWorld(): Promise<{ world: AccessWorld; browser: TestBrowser }> {
  const repositories = names.map((name) => {
    const own = name === 'wide' ? [aPullRequest({ number: 1, author: mel })] : []
    const about = { owner: acme, name, id: ids[name], private: true }
    const one = aRepository({ ...about, pullRequests: own })
    one.collaborators.mel = 'read'
    return one
  })
  const world = await anAccessWorld({
    now: monday + 10 * 3_600_000,
    repositories,
    users: [mel],
    memberships: [{ organization: 'acme', login: 'mel', role: 'member', state: 'active' }],
  })
  for (const { scope, repositoryId, report } of reports) {
    await publish(world, acme, { scope, repositoryId, report })
  }
  return { world, browser: await signIn(world, 'mel') }
}

let reports: { scope: 'organisation' | 'repository'; repositoryId: number; report: string }[]

beforeAll(() => {
  const table = aChangeTable(Object.values(contents).flat())
  const about = { table, asOf: monday, askedFor: monday }
  reports = [
    {
      scope: 'organisation',
      repositoryId: 0,
      report: renderJson(
        buildReport({ ...about, scope: { kind: 'organisation', name: 'acme', synthetic: false } }),
      ),
    },
    ...names.map((name) => {
      const repository = table.repositories.indexOf(`acme/${name}`)
      const scope = {
        kind: 'repository',
        name: `acme/${name}`,
        repository,
        synthetic: false,
      } as const
      const report = renderJson(buildReport({ ...about, scope }))
      return { scope: 'repository' as const, repositoryId: ids[name], report }
    }),
  ]
})

/** Every address below one of an account or a repository at which there may be numbers. */
const below = [
  '',
  '/report.html',
  '/report.json',
  '/report.csv',
  ...['/report', '/snapshots', '/snapshots/2026-06-22', '/coverage'].map((path) => `api${path}`),
]

function addressOf(path: string, repository?: number, account: number = acme.id): string {
  const [, api, rest = ''] = /^(api)?(.*)$/.exec(path) ?? []
  const scope = repository === undefined ? '' : `/repositories/${repository}`
  return `${api === undefined ? '' : '/api/v1'}/accounts/${account}${scope}${rest}`
}

/** Everything of an answer that somebody could compare, but for what is a clock or counts requests. */
function told({ status, headers, body }: Visit) {
  const { date: _, ratelimit: __, ...rest } = Object.fromEntries(headers)
  return { status, headers: rest, body }
}

describe('in addresses', () => {
  const parameters = [
    ...['sort=people', 'sort=-changes', 'order=desc', 'orderby=1', 'group_by=person', 'by=author'],
    ...['person=1', 'author=mel', 'user=1', 'login=mel', 'team=core', 'exclude=mel', 'q=mel'],
    ...['from=2026-06-20', 'to=2026-06-21', 'since=2026-06-20', 'until=2026-06-21', 'days=1'],
    ...['window=7', 'tz=Pacific/Auckland', 'timezone=%2B14:00', 'locale=ar', 'fields=people'],
    ...['people=1', 'changes=1', 'largestPersonPercent=100', 'debug=1', 'repository=5003'],
    ...['cohort=aiRecorded', 'tier=E1', 'tool=claude-code', 'format=raw', 'include=hidden'],
  ]

  test('nothing sorts, filters, groups, moves a window or lowers a threshold', async () => {
    const { world, browser } = await aWorld()
    for (const repository of [undefined, ids.hush]) {
      for (const path of below) {
        const address = addressOf(path, repository)
        const expected = told(await browser.visit(address))
        for (const parameter of parameters) {
          world.app.clock.move(1_000)
          const given = told(await browser.visit(`${address}?${parameter}`))
          expect.soft(given, `${address}?${parameter}`).toEqual(expected)
        }
      }
    }
  }, 60_000)

  test('no day is there but a published Monday, in no zone and by no other name', async () => {
    const { world, browser } = await aWorld()
    const around = Array.from({ length: 29 }, (_, index) =>
      new Date(monday + (index - 14) * day).toISOString().slice(0, 10),
    ).filter((one) => one !== '2026-06-22')
    const odd = [
      ...['2026-06-22T00:00:00Z', '2026-06-22T00:00:00+14:00', '2026-06-21T12:00:00-12:00'],
      ...['2026-06-22Z', '20260622', '2026-W26-1', '2026-6-22', '+002026-06-22', ' 2026-06-22'],
      ...[
        '2026-06-22 ',
        String(monday),
        'latest',
        'today',
        '0',
        '-1',
        'NaN',
        '2026-06-22,2026-06-15',
      ],
    ]
    for (const one of [...around, ...odd]) {
      world.app.clock.move(1_000)
      const asked = encodeURIComponent(one)
      for (const path of ['', '/report.json']) {
        const at = (account: number) =>
          browser.visit(`${addressOf(path, undefined, account)}?as-of=${asked}`)
        const { status, body } = await at(acme.id)
        expect.soft([status, body], one).toEqual([404, (await at(nowhere)).body])
      }
      const { status } = await browser.visit(addressOf(`api/snapshots/${asked}`))
      expect.soft(status, one).toBe(404)
    }
    expect((await browser.visit(`${addressOf('')}?as-of=2026-06-22`)).status).toBe(200)
  }, 60_000)
})

describe('in what is hidden', () => {
  test('what the gate hides is in no format and no answer', async () => {
    const { browser } = await aWorld()
    const wide = await browser.visit(addressOf('/report.json', ids.wide))
    expect(wide.status).toBe(200)
    const numbers = [
      planted.changes,
      345,
      350,
      2 * planted.changes,
      690,
      695,
      planted.hours,
      170,
      177,
    ]
    const told = new RegExp(`(?<![\\w.#-])(?:${numbers.join('|')})(?![\\w%-])`)
    expect(told.test('"changes": 345,') && told.test('<td>173</td>')).toBe(true)
    for (const path of below) {
      for (const repository of [ids.hush, ids.hash]) {
        const { body } = await browser.visit(addressOf(path, repository))
        expect.soft(told.exec(body)?.[0], `${path} of ${repository}`).toBeUndefined()
      }
    }
    const { body } = await browser.visit('/api/v1/accounts')
    const list = await browser.visit(`/api/v1/accounts/${acme.id}/repositories`)
    expect(told.test(body + list.body)).toBe(false)
    // Of the whole, the hidden ones are told by no name beside a number.
    const whole = JSON.parse((await browser.visit(addressOf('/report.json'))).body)
    expect(JSON.stringify(whole.repositories)).not.toMatch(/hush|hash/)
  })

  test('two hidden repositories differ in their names alone: in bytes, sizes, tags and errors', async () => {
    const { world, browser } = await aWorld()
    for (const path of below) {
      world.app.clock.move(60_000)
      const [one, other] = [
        told(await browser.visit(addressOf(path, ids.hush))),
        told(await browser.visit(addressOf(path, ids.hash))),
      ]
      expect(one.body, path).not.toContain('id="statements"')
      const renamed = (text: string) =>
        text.replaceAll('hush', 'hash').replaceAll(String(ids.hush), String(ids.hash))
      expect(renamed(one.body), path).toBe(renamed(other.body))
      expect(one.body.length, path).toBe(other.body.length)
      const { etag: _, ...headers } = one.headers
      const { etag: __, ...others } = other.headers
      expect([one.status, headers], path).toEqual([other.status, others])
    }
  })
})

/** All that was counted, of which nothing may change once it is published; who reads it decides which repositories are named. */
async function numbersOf(browser: TestBrowser): Promise<readonly unknown[]> {
  const bodies = []
  for (const path of ['/report.json', 'api/report', 'api/snapshots/2026-06-22']) {
    const { status, body } = await browser.visit(addressOf(path))
    expect(status, path).toBe(200)
    const { repositories: _, readings: __, ...numbers } = JSON.parse(body)
    bodies.push(numbers)
  }
  for (const path of ['api/coverage', 'api/snapshots']) {
    bodies.push((await browser.visit(addressOf(path))).body)
  }
  return bodies
}

describe('in what was published before and after', () => {
  test('a repository was removed: the week stays as it was, and the repository was never there', async () => {
    const { world, browser } = await aWorld()
    const before = await numbersOf(browser)
    await world.store
      .tenant(acme.id)
      .write(null, ({ repositories }) => repositories.remove(ids.wide, world.app.clock.now))
    expect(await numbersOf(browser)).toEqual(before)
    for (const path of below) {
      world.app.clock.move(60_000)
      const gone = told(await browser.visit(addressOf(path, ids.wide)))
      expect(gone, path).toEqual(told(await browser.visit(addressOf(path, nowhere))))
      const { body } = await browser.visit(addressOf(path))
      expect(body, path).not.toContain('acme/wide')
    }
  })

  test('a person erased their data: every published number stays', async () => {
    const { world, browser } = await aWorld()
    const before = await numbersOf(browser)
    const erased = await browser.send('/mine/erase', { account: 'all', confirmed: 'yes' })
    expect(erased.status).toBe(200)
    expect(await numbersOf(await signIn(world, 'mel'))).toEqual(before)
  })
})

test('whoever knows all but one of a group learns no number of that one: counts are in fives, people in bands', async () => {
  const { browser } = await aWorld()
  for (const repository of [undefined, ids.wide, ids.broad]) {
    const { cohorts } = JSON.parse((await browser.visit(addressOf('api/report', repository))).body)
    for (const group of [cohorts.aiRecorded, cohorts.noneRecorded].filter((one) => one !== null)) {
      expect(group.changes % 5).toBe(0)
      expect(group.people).toMatch(/^(?:5-9|10-19|20\+)$/)
    }
  }
})
