import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { styleSheet } from '../../../src/app/pages/style-sheet.ts'
import { everyDefinition } from '../../../src/report/document/every-definition.ts'
import { cloneReport, exampleReport } from '../../report/example-report.ts'
import { findForbiddenWords, findWordsThatJudge } from '../../support/forbidden-words.ts'
import { aMemoryAccount, aMemoryLibrary } from '../../support/memory-library.ts'
import { type ServedLibrary, serveLibrary } from '../../support/serve-library.ts'
import { fullAccount, pageStates, shown } from './page-states.ts'

let served: ServedLibrary

beforeAll(async () => {
  served = await serveLibrary()
})

afterAll(() => served?.stop())

type State = (typeof pageStates)[keyof typeof pageStates]

function open(path: string, library: State['library']): Promise<Response> {
  served.show(library)
  return fetch(served.address + path, { redirect: 'manual' })
}

const full = aMemoryLibrary([fullAccount])

/** What a reader sees of a page. */
function words(page: string): string {
  return page
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')
}

describe.each(Object.entries(pageStates))('%s', (name, state) => {
  test('has one heading of the first level, and no script', async () => {
    const response = await open(state.path, state.library)
    expect(response.status).toBe('status' in state ? state.status : 200)
    const page = await response.text()
    expect(page.match(/<h1/g)).toHaveLength(1)
    expect(page).not.toMatch(/<script|javascript:|style="|canary/)
    expect(page.match(/<main /g)).toHaveLength(1)
  })

  test('judges nobody and claims no cause', async () => {
    const text = words(await (await open(state.path, state.library)).text())
    expect(findForbiddenWords(text)).toEqual([])
    // There it is said what must not be said.
    if (name !== 'not for') expect(findWordsThatJudge(text)).toEqual([])
  })
})

/** For each state: what is the case, and what comes next. */
const said: Readonly<Record<string, readonly [what: string, next: string]>> = {
  'no account': ['no account that you belong to has this App installed', 'press Install'],
  'the App suspended': ['An owner suspended or removed it', 'the pages are back'],
  'closed, to an owner': [
    'closed for everybody, the owners too',
    'You are an owner: open them again',
  ],
  'organisation 0: reading': [
    'So far 12 of 40 repositories, with 3,412 pull requests',
    'a day after the installation at the latest',
  ],
  'repository 0: reading': ['So far 3,412 pull requests', 'as soon as this repository is read'],
  'organisation 1: awaited': ['due on 23 June 2026, 00:00 UTC', 'Come back then'],
  'organisation 2: awaited': ['the report is being made', 'Load this page again'],
  'organisation 3: empty': ['no pull requests of the last months', 'the next report counts them'],
  'organisation 4: hidden': ['from 5 people and 20 changes on', 'Reports are made every Monday'],
  'repository 4: hidden': ['from 5 people and 20 changes on', 'counted in the report of the whole'],
  'organisation 5: closed': ['closed for everybody, the owners too', 'Ask an owner'],
  'organisation 6: unreadable': ['written by another version', 'made on a Monday'],
  'an outsider': ['for members of harbour-lights', 'shows it to you as it does to them'],
  'not there': ['Nothing is to be found', 'ask whoever gave it to you'],
  failed: ['It is in its log', 'Try again'],
}

test.each(Object.entries(said))(
  '%s says what is the case and what comes next',
  async (name, expected) => {
    const state = pageStates[name as keyof typeof pageStates]
    const text = words(await (await open(state.path, state.library)).text())
    for (const part of expected) expect(text).toContain(part)
  },
)

describe('who may see a page', () => {
  test.each(['/accounts/21', '/accounts/21/repositories/301?as-of=2026-06-15', '/accounts/x'])(
    'nobody who is signed out sees %s, but comes back to it',
    async (path) => {
      const response = await open(path, undefined)
      expect(response.status).toBe(302)
      expect(response.headers.get('location')).toBe(
        `/sign-in?return_to=${encodeURIComponent(path)}`,
      )
    },
  )

  test.each([
    '/accounts/99',
    '/accounts/0',
    '/accounts/021',
    '/accounts/21x',
    '/accounts/2.1e1',
    '/accounts/99999999999999999999',
    '/accounts/harbour-lights',
    '/accounts/99/repositories/301',
    '/accounts/21/repositories/999',
    '/accounts/21/repositories/0301',
    '/accounts/21?as-of=2026-06-08',
    '/accounts/21?as-of=2026-06-22T00:00:00Z',
    '/accounts/21?as-of=',
    '/accounts/21/repositories/302?as-of=2026-06-22',
    '/nowhere',
  ])('%s is the same page that is not there', async (path) => {
    const response = await open(path, full)
    expect(response.status).toBe(404)
    served.show(undefined)
    expect(await response.text()).toBe(await (await fetch(`${served.address}/nowhere`)).text())
  })

  test('an outsider gets no week of the whole', async () => {
    const library = aMemoryLibrary([{ ...fullAccount, role: 'outsider' }])
    expect((await open('/accounts/21?as-of=2026-06-15', library)).status).toBe(404)
    expect((await open('/accounts/21/repositories/301', library)).status).toBe(200)
  })
})

describe('the first page', () => {
  test('leads who sees one account straight to it', async () => {
    const response = await open('/', full)
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('/accounts/21')
  })

  test('names no account to who is signed out', async () => {
    const page = await (await open('/', undefined)).text()
    expect(page).toContain('href="/sign-in"')
    expect(page).toContain('Not for judging people')
    expect(page).not.toContain('harbour-lights')
  })
})

test('the first page says so where nobody can sign in', async () => {
  const without = await serveLibrary({ signIn: false })
  const page = await (await fetch(without.address)).text()
  await without.stop()
  expect(page).not.toContain('href="/sign-in"')
  expect(words(page)).toContain('sets CLIENT_ID , CLIENT_SECRET and PUBLIC_URL')
})

describe('an organisation', () => {
  test('has its verdicts first, and all parts of its report', async () => {
    const page = await (await open('/accounts/21', full)).text()
    const { headline } = exampleReport()
    expect(page.indexOf(headline)).toBeLessThan(page.indexOf('id="statements"'))
    const ids = [...page.matchAll(/<h2 id="([a-z-]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual(
      'statements comparisons merged revert-rates weeks durations funnel coverage sizes integrity repositories limits definitions readable files'.split(
        ' ',
      ),
    )
    expect(new Set(page.match(/ id="[^"]+"/g)).size).toBe(page.match(/ id="[^"]+"/g)?.length)
  })

  test('links its repositories by number, with their states', async () => {
    const page = await (await open('/accounts/21', full)).text()
    for (const [id, state] of [
      [301, 'private · report'],
      [302, 'public · first report to come'],
      [303, 'internal · no pull requests'],
      [305, 'private · too few to show'],
    ] as const) {
      expect(page).toMatch(
        new RegExp(`<a href="/accounts/21/repositories/${id}">[^<]*</a> <span>${state}</span>`),
      )
    }
  })

  test('lists them by name and nothing else, and links those of them that a report names', async () => {
    const library = aMemoryLibrary([
      { ...fullAccount, repositories: fullAccount.repositories.toReversed() },
    ])
    const page = await (await open('/accounts/21', library)).text()
    expect(page).toBe(await (await open('/accounts/21', full)).text())
    expect(page).toContain(
      '<span class="name"><a href="/accounts/21/repositories/301">harbour-lights/api</a></span>',
    )
    expect(page).toContain('<span class="name">harbour-lights/web</span>')
  })

  test('links its weeks and files, also those of an earlier week', async () => {
    const newest = await (await open('/accounts/21', full)).text()
    expect(newest).toContain('<a href="/accounts/21" aria-current="page">22 June 2026</a>')
    expect(newest).toContain('<a href="/accounts/21?as-of=2026-06-15">15 June 2026</a>')
    expect(newest).toContain('href="/accounts/21/report.csv"')
    const earlier = await (await open('/accounts/21?as-of=2026-06-15', full)).text()
    expect(earlier).toContain('This is an earlier report')
    expect(earlier).toContain('As of 15 June 2026')
    expect(earlier).toContain('href="/accounts/21/report.csv?as-of=2026-06-15"')
    // The newest week is no earlier one, however it is asked for.
    expect(await (await open('/accounts/21?as-of=2026-06-22', full)).text()).toBe(newest)
  })

  test('announces changes of its settings, the newest in sight', async () => {
    const page = await (await open('/accounts/21', full)).text()
    expect(words(page)).toContain('20 June 2026 An owner changed a setting. Tracked branches')
    expect(page.indexOf('People in a group')).toBeGreaterThan(page.indexOf('1 more change of'))
  })

  test('names nobody but the viewer, and offers an outsider nothing of the whole', async () => {
    const page = await (await open('/accounts/21', full)).text()
    expect(page.match(/a-reader/g)).toHaveLength(1)
    expect(page).toContain('/accounts/21/access-log')
    const library = aMemoryLibrary([{ ...fullAccount, role: 'outsider' }])
    const outside = await (await open('/accounts/21', library)).text()
    expect(outside).not.toMatch(/access-log|\/settings"|id="statements"|report\.csv/)
  })

  test('says on every page that it is made up where it is', async () => {
    const library = aMemoryLibrary(
      [{ ...fullAccount, synthetic: true, standing: shown(exampleReport()) }],
      { kind: 'local' },
    )
    for (const path of ['/accounts/21', '/accounts/21/repositories/302']) {
      expect(await (await open(path, library)).text()).toContain('Synthetic example')
    }
    expect(await (await open('/accounts/21', full)).text()).not.toContain('Synthetic')
  })
})

test('all definitions are on their page, and those of a report link to it', async () => {
  const page = words(await (await open('/definitions', undefined)).text())
  for (const { term, text } of everyDefinition()) {
    expect(page).toContain(`${term} ${text}`)
  }
  const report = await (await open('/accounts/21', full)).text()
  expect(report).toContain('<a href="/method#reverts">')
  expect(report).not.toContain('docs/')
  const method = await (await open('/method', undefined)).text()
  for (const id of ['evidence', 'hidden', 'reverts']) expect(method).toContain(`<h2 id="${id}"`)
})

test('what fails is in the log, and on no page', async () => {
  const { path, library } = pageStates.failed
  const before = served.logged.length
  expect(await (await open(path, library)).text()).not.toMatch(/canary|Error| at /)
  expect(served.logged.slice(before)).toEqual(['page-failed'])
})

/** Bytes that go over the wire for a browser. */
function transferred(path: string): Promise<{ bytes: number; encoding: string | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip, deflate, br' }
    request(served.address + path, { headers, agent: false }, (response) => {
      buffer(response).then(
        ({ length }) => resolve({ bytes: length, encoding: response.headers['content-encoding'] }),
        reject,
      )
    })
      .on('error', reject)
      .end()
  })
}

describe('what is transferred', () => {
  test('is under 150 kB for an organisation of 1,000 repositories, with the style sheet', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({
      id: 1_000 + index,
      name: `harbour-lights/repository-${(index * 7_919) % 100_003}`,
      visibility: 'private' as const,
      standing: shown(cloneReport()),
    }))
    served.show(aMemoryLibrary([{ ...fullAccount, repositories: many }]))
    const page = await transferred('/accounts/21')
    const style = await transferred(styleSheet.path)
    expect(page.encoding).toBe('gzip')
    expect(page.bytes + style.bytes).toBeLessThan(150_000 / 2)
  })

  test('is not compressed where somebody could put in what comes back beside a secret', async () => {
    served.show(undefined)
    expect((await transferred('/')).encoding).toBeUndefined()
  })

  test('of the style sheet is kept by browsers, under a name that changes with it', async () => {
    const { headers } = await fetch(served.address + styleSheet.path)
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(styleSheet.path).toMatch(/^\/style-[0-9a-f]{16}\.css$/)
    expect((await fetch(`${served.address}/style-0000000000000000.css`)).status).toBe(404)
  })
})

test('an account without a number of its own repositories says so', async () => {
  const page = await (await open('/accounts/21', aMemoryLibrary([aMemoryAccount()]))).text()
  expect(page).toContain('There is none that this App reads')
})
