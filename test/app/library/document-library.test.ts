import { beforeAll, describe, expect, test } from 'vitest'
import { type ExampleReports, makeExample } from '../../../src/app/example/make-example.ts'
import {
  accountOfReports,
  createDocumentLibrary,
} from '../../../src/app/library/document-library.ts'
import { ReportSchema } from '../../../src/report/document/report-document.ts'
import type { Report } from '../../../src/report/index.ts'

const builtAt = Date.parse('2026-11-18T09:00:00Z')
const asOf = Date.parse('2026-11-16T00:00:00Z')
let example: ExampleReports

beforeAll(async () => {
  example = await makeExample(asOf)
}, 120_000)

const whole = { kind: 'organisation' } as const
const one = (id: number) => ({ kind: 'repository', id }) as const

describe('over the reports of an organisation', () => {
  test('everything is the local viewer’s, as an owner, and nothing else is there', async () => {
    const library = createDocumentLibrary([accountOfReports(example.busy, builtAt)])
    expect(library.viewer).toEqual({ kind: 'local' })
    const [account, ...others] = await library.accounts()
    expect(others).toEqual([])
    expect(account).toMatchObject({
      id: 1,
      name: 'example',
      role: 'owner',
      synthetic: true,
      state: 'open',
    })
    expect(await library.account(1)).toBe(account)
    for (const id of [0, 2, -1, 1.5, Number.NaN]) {
      expect(await library.account(id)).toBeUndefined()
      expect(await account?.repository(id === 2 ? 6 : id)).toBeUndefined()
    }
    expect(await account?.announcements()).toEqual([])
    expect(await account?.accessLog({ limit: 10 })).toEqual([])
  })

  test('each report is found by its scope and its Monday alone', async () => {
    const [account] = await createDocumentLibrary([
      accountOfReports(example.busy, builtAt),
    ]).accounts()
    const [all, ...others] = example.busy
    const methodVersion = all.method
    expect(await account?.standing(whole)).toEqual({ kind: 'shown', report: all, builtAt })
    expect(await account?.weeks(whole)).toEqual([{ asOf, builtAt, methodVersion }])
    expect(await account?.report(whole, asOf)).toBe(all)
    expect(await account?.report(whole, asOf - 1)).toBeUndefined()
    const entries = (await account?.repositories()) ?? []
    expect(entries.map(({ id, name }) => [id, name])).toEqual(
      others.map(({ scope }, index) => [index + 1, scope.name]),
    )
    for (const { id } of entries) {
      expect(await account?.report(one(id), asOf)).toBe(others[id - 1])
      expect((await account?.repository(id))?.standing).toBe('shown')
    }
  })

  test('a repository of which nothing is told is hidden, and has no weeks', async () => {
    const [account] = await createDocumentLibrary([
      accountOfReports(example.quiet, builtAt),
    ]).accounts()
    const entries = (await account?.repositories()) ?? []
    expect(entries.map(({ name, standing }) => [name, standing])).toEqual([
      ['example-small/docs-site', 'shown'],
      ['example-small/scripts', 'hidden'],
      ['example-small/tools', 'hidden'],
    ])
    expect(await account?.standing(one(2))).toEqual({ kind: 'hidden' })
    expect(await account?.weeks(one(2))).toEqual([])
    expect(await account?.report(one(2), asOf)).toBeUndefined()
  })
})

describe('over the report of one repository', () => {
  const alone = (scope: Partial<Report['scope']>): Report =>
    ReportSchema.parse({ ...example.busy[1], scope: { ...example.busy[1]?.scope, ...scope } })

  test.each([
    ['acme/widgets', 'acme'],
    ['widgets', 'widgets'],
  ])('%s is the whole of %s', async (name, owner) => {
    const report = alone({ name, synthetic: false })
    const [account] = await createDocumentLibrary([accountOfReports([report], builtAt)]).accounts()
    expect(account).toMatchObject({ name: owner, synthetic: false })
    expect((await account?.repositories())?.map((entry) => entry.name)).toEqual([name])
    expect(await account?.standing(one(1))).toEqual({ kind: 'shown', report, builtAt })
    expect(await account?.standing(whole)).toEqual({ kind: 'shown', report, builtAt })
  })
})
