import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ChangeTable,
  ChangeTableBuilder,
  cohort,
  exclusions,
  flagBit,
  joinTable,
  tabulate,
  tiers,
  unknown,
} from '../../../src/comparison/index.ts'
import { orderBy } from '../../../src/comparison/numbers/order-by.ts'
import { unread } from '../../../src/comparison/table/change-table.ts'
import { toolCodes } from '../../../src/comparison/table/tool-codes.ts'
import { type Change, deriveChange, outcomes, sizeBands } from '../../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../../src/provenance/index.ts'
import { aMarkedCommit, aRecord, aReview, aSha, hour, personKey } from '../../support/a-record.ts'

const marks = indexRegistry(shippedRegistry())
const asOf = hour(24 * 60)

function aChange(changes: Partial<Change> = {}): Change {
  const record = aRecord({
    commits: [aMarkedCommit()],
    reviews: [aReview({ submittedAt: hour(3), commit: aSha('first') })],
  })
  return { ...deriveChange(record, { marks, reverts: [], revertRole: null, asOf }), ...changes }
}

test('one row holds what the comparison reads of a change', () => {
  const change = aChange({ flags: ['redrafted', 'late-label'], redraftSeconds: 60 })
  const table = tabulate([change])
  expect(row(table, 0)).toEqual({
    repository: 0,
    person: 0,
    readyAt: Date.parse(change.readyAt ?? ''),
    mergedAt: Date.parse(change.mergedAt ?? ''),
    closedAt: Number.NaN,
    revertedAt: Number.NaN,
    readAt: Date.parse(change.readAt),
    pickupSeconds: change.pickupSeconds,
    reviewSeconds: change.reviewSeconds ?? Number.NaN,
    mergeWaitSeconds: change.mergeWaitSeconds ?? Number.NaN,
    authoredToMergedSeconds: change.authoredToMergedSeconds,
    cohortAtReady: cohort.aiRecorded,
    cohortAtMerge: cohort.aiRecorded,
    unassistedAtReady: 0,
    unassistedAtMerge: 0,
    assistance: 0,
    tier: tiers.indexOf('E2'),
    tool: toolCodes.indexOf('claude-code'),
    aiAfterStart: 0,
    band: sizeBands.indexOf(change.size?.band ?? '0-9'),
    rounds: change.review.rounds,
    changesRequested: change.review.changesRequested,
    laterPushes: change.review.laterPushes,
    laterLines: change.review.laterLines ?? Number.NaN,
    threads: change.review.threads?.byPeople ?? Number.NaN,
    reviewed: 1,
    redrafted: 1,
    outcome: outcomes.indexOf('merged'),
    surviving: 1,
    truncated: 0,
    unreadable: 0,
    flags: flagBit('redrafted') | flagBit('late-label'),
  })
  expect(table).toMatchObject({
    size: 1,
    asOf: Date.parse(asOf),
    sources: ['github'],
    registries: [marks.version],
    repositories: ['octo/widgets'],
    people: [personKey('author')],
    futureDated: 0,
  })
})

test('what is not known is not 0, and what is set aside is in neither cohort', () => {
  const [change] = [aChange()]
  const table = tabulate([
    {
      ...change,
      exposure: { atReady: null, atMerge: { ...known(change), group: 'set-aside' } },
      aiAfterStart: null,
      tier: null,
      size: null,
      readyAt: null,
      pickupSeconds: null,
      outcome: null,
      surviving: null,
      redraftSeconds: null,
      review: { ...change.review, rounds: null, byAnotherPerson: null, threads: null },
    },
  ])
  expect(row(table, 0)).toMatchObject({
    readyAt: Number.NaN,
    pickupSeconds: Number.NaN,
    cohortAtReady: cohort.setAside,
    cohortAtMerge: cohort.setAside,
    aiAfterStart: unknown,
    tier: unknown,
    band: unknown,
    rounds: Number.NaN,
    threads: Number.NaN,
    reviewed: unknown,
    redrafted: unknown,
    outcome: unknown,
    surviving: unknown,
  })
})

test('excluded changes are counted with their time and are no rows', () => {
  const table = tabulate([
    aChange(),
    aChange({ exclusion: 'bot' }),
    aChange({ exclusion: 'revert' }),
  ])
  expect(table.size).toBe(1)
  expect(table.excluded.size).toBe(2)
  expect(Array.from(table.excluded.reason, (reason) => exclusions[reason])).toEqual([
    'bot',
    'revert',
  ])
  expect(table.excluded.mergedAt[0]).toBe(table.mergedAt[0])
})

test('rows come person by person, however many there are and in whatever order they came', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 300, size: 'max' }), (owners) => {
      const change = aChange()
      const builder = new ChangeTableBuilder()
      for (const [number, owner] of owners.entries()) {
        const responsible = { key: `p${owner}`, basis: 'author' as const }
        builder.add({ ...change, responsible, pickupSeconds: number })
      }
      const table = builder.finish()
      expect([...table.person]).toEqual([...table.person].sort((one, other) => one - other))
      const found = Array.from(table.pickupSeconds, (number, index) => [
        number,
        table.people[table.person[index] ?? -1],
      ])
      expect(found.sort(([one = 0], [other = 0]) => Number(one) - Number(other))).toEqual(
        owners.map((owner, number) => [number, `p${owner}`]),
      )
    }),
    { numRuns: 20 },
  )
})

test('a repository keeps its number when it is renamed, and has its last name', () => {
  const table = tabulate([
    aChange({ repository: { id: 7, name: 'octo/new' }, readAt: hour(200) }),
    aChange({ repository: { id: 7, name: 'octo/old' }, readAt: hour(100) }),
    aChange({ repository: { id: null, name: 'octo/other' } }),
  ])
  expect(table.repositories).toEqual(['octo/new', 'octo/other'])
  expect([...table.repository]).toEqual([0, 0, 1])
})

test.each<[Change['source'], Change['unreadable'], keyof typeof unread]>([
  ['github', [], 'nothing'],
  ['github', ['diffs'], 'nothing'],
  ['github', ['blobs', 'diffs'], 'notes'],
  ['github', ['blobs', 'contents', 'diffs'], 'contents'],
  ['git', ['blobs', 'diffs'], 'nothing'],
])('of %s, without %j: %s is missing for a report', (source, unreadable, expected) => {
  const table = tabulate([aChange({ source, unreadable })])
  expect(table.unreadable).toEqual(Uint8Array.of(unread[expected]))
})

test('a part holds the rows that are asked for, in their order, and tells of no others', () => {
  const builder = new ChangeTableBuilder()
  const of = (key: string, changes: Partial<Change>) =>
    aChange({ responsible: { key, basis: 'author' }, ...changes })
  builder.add(of('a', { readAt: hour(900), source: 'git', registry: 'other' }))
  builder.add(of('b', { readAt: hour(800), repository: { id: 7, name: 'octo/last' } }))
  builder.add(of('c', { readAt: hour(700), repository: { id: 7, name: 'octo/first' } }))
  builder.add(of('b', { readAt: hour(600), exclusion: 'bot' }))
  expect(builder.size).toBe(4)
  const table = joinTable([builder.part(Int32Array.of(2, 1, 3))])
  expect(table).toMatchObject({
    size: 2,
    people: ['c', 'b'],
    repositories: ['octo/last', 'octo/widgets'],
    sources: ['github'],
    registries: [marks.version],
    latestReadAt: Date.parse(hour(800)),
  })
  expect([...table.readAt]).toEqual([hour(700), hour(800)].map((time) => Date.parse(time)))
  expect(table.excluded.size).toBe(1)
})

test('a time after the reading is a wrong clock', () => {
  const table = tabulate([aChange({ readAt: hour(1), mergedAt: hour(2) }), aChange()])
  expect(table.futureDated).toBe(1)
})

test('a table of nothing', () => {
  const table = tabulate([])
  expect(table.size).toBe(0)
  expect(table.asOf).toBeNaN()
  expect(table.latestReadAt).toBeNaN()
})

test('sorting by a number keeps what is equal as it came', () => {
  expect([...orderBy(Int32Array.of(2, 0, 2, 1))]).toEqual([1, 3, 0, 2])
  expect([...orderBy(new Int32Array(0))]).toEqual([])
})

function known({ exposure }: Change) {
  if (exposure.atReady === null) throw new Error('The change of these tests became ready')
  return exposure.atReady
}

/** The columns of one row. */
function row(table: ChangeTable, index: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, column]) =>
      ArrayBuffer.isView(column) ? [[name, (column as Float64Array)[index]]] : [],
    ),
  )
}
