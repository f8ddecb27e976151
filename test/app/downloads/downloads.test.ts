import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Library } from '../../../src/app/library/library.ts'
import { renderCsv } from '../../../src/report/csv/csv-report.ts'
import { type Report, ReportSchema } from '../../../src/report/document/report-document.ts'
import { renderHtml } from '../../../src/report/html/html-report.ts'
import { renderJson } from '../../../src/report/json-report.ts'
import { exampleReport } from '../../report/example-report.ts'
import { temporaryDirectory } from '../../support/git-repository.ts'
import { maliciousTexts } from '../../support/malicious-inputs.ts'
import { aMemoryAccount, aMemoryLibrary } from '../../support/memory-library.ts'
import { readCsv } from '../../support/read-csv.ts'
import { type ServedLibrary, serveLibrary } from '../../support/serve-library.ts'
import { fullAccount, shown, standings } from '../pages/page-states.ts'

let served: ServedLibrary

beforeAll(async () => {
  served = await serveLibrary()
})

afterAll(() => served?.stop())

async function open(path: string, library: Library | undefined) {
  served.show(library)
  const { status, headers, ...response } = await read(`${served.address}${path}`)
  return { status, headers, body: response.body }
}

async function read(address: string) {
  const response = await fetch(address, { redirect: 'manual' })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

const full = aMemoryLibrary([fullAccount])
const real = { ...exampleReport(), scope: { ...exampleReport().scope, synthetic: false } }
const earlier = exampleReport({ asOf: '2026-06-15T00:00:00Z', scope: real.scope })

describe('the report of a page, as a file', () => {
  test.each([
    ['html', 'text/html; charset=utf-8', renderHtml],
    ['json', 'application/json; charset=utf-8', renderJson],
    ['csv', 'text/csv; charset=utf-8; header=present', renderCsv],
  ] as const)('%s', async (format, type, render) => {
    const { status, headers, body } = await open(`/accounts/21/report.${format}`, full)
    expect([status, headers.get('content-type')]).toEqual([200, type])
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="what-shipped-harbour-lights-2026-06-22.${format}"`,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toBe(render(real))
    const asked = await open(`/accounts/21/report.${format}?as-of=2026-06-15`, full)
    expect(asked.body).toBe(render(earlier))
    expect(asked.headers.get('content-disposition')).toContain('-2026-06-15.')
    const ofOne = await open(`/accounts/21/repositories/301/report.${format}`, full)
    expect(ofOne.headers.get('content-disposition')).toBe(
      `attachment; filename="what-shipped-harbour-lights-api-2026-06-15.${format}"`,
    )
  })

  test.each([
    '/accounts/99/report.csv',
    '/accounts/021/report.csv',
    '/accounts/21/report.xml',
    '/accounts/21/report.csv?as-of=',
    '/accounts/21/report.csv?as-of=2026-06-08',
    '/accounts/21/report.csv?as-of=2026-06-15T00:00:00Z',
    '/accounts/21/repositories/999/report.json',
    '/accounts/21/repositories/302/report.json',
    '/accounts/99/repositories/301/report.html',
  ])('%s is the page that is not there', async (path) => {
    const nowhere = await open('/nowhere', full)
    const { status, headers, body } = await open(path, full)
    expect(status).toBe(404)
    expect(headers.get('content-disposition')).toBeNull()
    expect(body).toBe(nowhere.body)
  })

  test.each(standings.map((one) => [one.kind, one] as const))(
    'there is none where the page shows none: %s',
    async (_kind, standing) => {
      const library = aMemoryLibrary([aMemoryAccount({ standing })])
      expect((await open('/accounts/21/report.csv', library)).status).toBe(404)
    },
  )

  test('nor of the whole for an outsider', async () => {
    const library = aMemoryLibrary([{ ...fullAccount, role: 'outsider' }])
    expect((await open('/accounts/21/report.csv', library)).status).toBe(404)
    expect((await open('/accounts/21/repositories/301/report.csv', library)).status).toBe(200)
  })

  test('whoever is signed out signs in first, and comes back to it', async () => {
    const path = '/accounts/21/report.csv?as-of=2026-06-15'
    const { status, headers } = await open(path, undefined)
    expect([status, headers.get('location')]).toEqual([
      302,
      `/sign-in?return_to=${encodeURIComponent(path)}`,
    ])
  })
})

/** Everything that people name, named like that. */
function named(text: string): Library {
  const report: Report = {
    ...real,
    scope: { ...real.scope, name: text === '' ? 'x' : text },
    repositories: real.repositories.map((one) => ({ ...one, name: text === '' ? 'x' : text })),
    warnings: [{ code: 'test', text: text === '' ? 'x' : text }],
  }
  return aMemoryLibrary([aMemoryAccount({ name: text, standing: shown(report) })])
}

const formula = /^[=+\-@\t\r＝＋－＠]/
const number = /^-?\d+(?:\.\d+)?$/

// More of them say nothing new here, and take long.
const texts = maliciousTexts.filter(({ text }) => text.length < 100_000)

describe('hostile names', () => {
  test('no cell of the CSV begins a formula (ASVS 5.0, 1.2.10)', async () => {
    const directory = temporaryDirectory()
    for (const { name, text } of texts) {
      const { status, headers, body } = await open('/accounts/21/report.csv', named(text))
      expect(status, name).toBe(200)
      expect(headers.get('content-disposition'), name).toMatch(
        /^attachment; filename="[A-Za-z0-9.-]{1,100}"$/,
      )
      expect(headers.get('set-cookie'), name).toBeNull()
      const file = join(directory, 'report.csv')
      writeFileSync(file, body)
      for (const row of readCsv(file)) {
        for (const cell of Object.values(row)) {
          if (!number.test(cell)) expect(cell, name).not.toMatch(formula)
        }
      }
    }
  })

  test('the JSON has the name as it is, and the HTML makes no element of it', async () => {
    const tags = (page: string) => (page.match(/<[a-z][a-z0-9]*/gi) ?? []).length
    const expected = tags((await open('/accounts/21/report.html', named('acme'))).body)
    for (const { name, text } of texts) {
      const library = named(text)
      const { body } = await open('/accounts/21/report.json', library)
      const report = ReportSchema.parse(JSON.parse(body))
      expect(report.scope.name, name).toBe(text === '' ? 'x' : text)
      const page = await open('/accounts/21/report.html', library)
      expect(tags(page.body), name).toBe(expected)
    }
  })
})
