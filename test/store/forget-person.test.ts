import { expect, test } from 'vitest'
import { deriveLasting } from '../../src/comparison/index.ts'
import { deriveChange, type PullRequestRecord } from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import type { Facts, Store } from '../../src/store/index.ts'
import { aCommit, aPerson, aRecord, hour, personKey } from '../support/a-record.ts'
import { aTenant } from '../support/a-tenant.ts'
import { everyRow } from '../support/every-row.ts'
import { describeStores, someTime, type TestEngine } from '../support/stores.ts'

const marks = indexRegistry(shippedRegistry())
const author = personKey('author')
const nobody = '0'.repeat(32)
const week = 7 * 24 * 60 * 60_000

async function put(facts: Facts, record: PullRequestRecord): Promise<void> {
  const known = { marks, reverts: [], revertRole: null }
  await facts.records.put(record, { headSha: record.head.sha })
  const change = deriveChange(record, { ...known, asOf: hour(24 * 60) })
  await facts.changes.put(change, deriveLasting(record, known))
}

async function publish({ snapshots }: Facts, asOf: number): Promise<void> {
  await snapshots.put({
    scope: 'organisation',
    repositoryId: 0,
    asOf,
    methodVersion: '1',
    repositories: [1],
    report: '{}',
    builtAt: asOf,
  })
}

/** Two changes of the author, and one of somebody else that the author reviewed and to which they pushed a commit. */
async function open(engine: TestEngine) {
  const location = await engine.location()
  const store: Store = await engine.open({ location })
  await store.tenants.upsert(aTenant({ id: 7 }))
  const tenant = store.tenant(7)
  const address = personKey('address of the author')
  const others = aRecord({
    number: 9,
    author: aPerson('other'),
    commits: [
      aCommit({
        author: { kind: 'person', person: address },
        message: `…\n\nCo-authored-by: <${author}@users.noreply.example>\n`,
      }),
    ],
  })
  await tenant.write(null, async (facts) => {
    await facts.repositories.upsert({
      ...{ id: 1, name: 'octo/widgets', visibility: 'private' },
      ...{ defaultBranch: 'main', archived: false },
    })
    for (const record of [aRecord({ number: 7 }), aRecord({ number: 8 }), others]) {
      await put(facts, record)
    }
    for (const [id, number, by] of [
      ['on their own', 7, author],
      ['on another', 9, author],
      ['of another', 9, personKey('other')],
    ] as const) {
      const said = { claim: 'assisted', role: 'writer', saidAt: someTime } as const
      await facts.corrections.add({ id, repositoryId: 1, number, by, ...said })
    }
  })
  return { store, location, tenant, others, address }
}

describeStores('a person’s own data', (engine) => {
  test('is found by their key alone, the newest first, a page at a time', async () => {
    const { tenant } = await open(engine)
    await tenant.write(null, (facts) =>
      put(facts, aRecord({ number: 12, createdAt: hour(500), merge: null, state: 'open' })),
    )
    const found = await tenant.read(async ({ people }) => ({
      counts: await people.counts(author),
      first: await people.changes(author, { repositories: [1], limit: 2, skip: 0 }),
      rest: await people.changes(author, { repositories: [1], limit: 2, skip: 2 }),
      elsewhere: await people.changes(author, { repositories: [2], limit: 2, skip: 0 }),
      none: await people.changes(author, { repositories: [], limit: 2, skip: 0 }),
      said: await people.said(author),
      ofNobody: await people.counts(personKey('who is not here')),
    }))
    expect(found.counts).toEqual([{ repositoryId: 1, changes: 3 }])
    expect(found.first.map(({ number }) => number)).toEqual([12, 8])
    expect(found.rest.map(({ number }) => number)).toEqual([7])
    expect([found.elsewhere, found.none, found.ofNobody]).toEqual([[], [], []])
    expect(found.said.map(({ id }) => id).toSorted()).toEqual(['on another', 'on their own'])
  })

  test('is theirs no more once it is erased, and stays counted where it was published', async () => {
    const { tenant, location, address } = await open(engine)
    const published = Date.parse(hour(24 * 30)) + week
    await tenant.write(null, (facts) => publish(facts, published))
    await tenant.write(null, (facts) =>
      put(facts, aRecord({ number: 10, createdAt: hour(24 * 50), merge: null, state: 'open' })),
    )
    const before = await tenant.read((facts) => Array.fromAsync(facts.changes.pages()))
    expect(await tenant.write(null, ({ people }) => people.forget(author))).toBe(3)
    const rows = await everyRow(location)
    expect(rows).not.toContain(author)
    expect(rows).not.toContain(address)
    expect(rows).toContain(personKey('other'))
    const after = await tenant.read(async (facts) => ({
      pages: await Array.fromAsync(facts.changes.pages()),
      counts: await facts.people.counts(author),
      said: await facts.corrections.of(1, 9),
      ownSaid: await facts.corrections.of(1, 7),
      records: await Promise.all([7, 8, 9, 10].map((number) => facts.records.get(1, number))),
      removed: await facts.records.removedAt(1, 7),
    }))
    expect(after.counts).toEqual([])
    expect(after.ownSaid).toEqual([])
    expect(after.said.map(({ id, by }) => [id, by]).toSorted()).toEqual([
      ['of another', personKey('other')],
      ['on another', nobody],
    ])
    expect(after.records.map((record) => record?.number)).toEqual([
      undefined,
      undefined,
      9,
      undefined,
    ])
    expect(after.removed).toBeNull()
    // Two that were published stay, both somebody's, without a number; the new one is gone.
    const [whole] = before
    const [page] = after.pages
    expect(whole?.places.map(({ number }) => number)).toEqual([7, 8, 9, 10])
    expect(page?.places.map(({ number }) => number)).toEqual([null, null, 9])
    expect(page?.part.people).toHaveLength(2)
    expect(page?.part.people).not.toContain(nobody)
    const [first, second] = page?.part.columns.person ?? []
    expect(first).toBe(second)
    // Not the moment at which it was erased: the access log has that.
    expect([...(page?.part.lasting.knownUntil ?? [])].slice(0, 2)).toEqual([published, published])
  })

  test('does not come back with a later reading, neither of their changes nor of others’', async () => {
    const { tenant, location, others, address } = await open(engine)
    const another = aRecord({ number: 11, author: aPerson('other') })
    await tenant.write(null, async (facts) => {
      await facts.people.forget(author)
      const own = await facts.people.withoutForgotten(aRecord({ number: 7 }))
      expect(own.author).toEqual({ kind: 'person', person: nobody })
      await put(facts, own)
      await put(facts, await facts.people.withoutForgotten(others))
      expect(await facts.people.keptKey(author)).toBe(nobody)
      expect(await facts.people.keptKey(personKey('other'))).toBe(personKey('other'))
      const untouched = { ...another, commits: [], assignees: [] }
      const clean = { ...untouched, author: aPerson('other'), reviews: [], merge: null }
      expect(await facts.people.withoutForgotten(clean)).toBe(clean)
    })
    const rows = await everyRow(location)
    expect(rows).not.toContain(author)
    expect(rows).not.toContain(address)
  })

  test('leaves alone what another tenant has of them', async () => {
    const { store, tenant } = await open(engine)
    await store.tenants.upsert(aTenant({ id: 8, installationId: 80 }))
    const other = store.tenant(8)
    await other.write(null, (facts) => put(facts, aRecord({ number: 7 })))
    await tenant.write(null, ({ people }) => people.forget(author))
    await other.read(async ({ people }) => {
      expect(await people.counts(author)).toEqual([{ repositoryId: 1, changes: 1 }])
      expect(await people.keptKey(author)).toBe(author)
    })
  })
})
