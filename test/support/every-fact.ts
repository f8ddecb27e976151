import { deriveLasting } from '../../src/comparison/index.ts'
import { type DeliveryRecord, deriveChange } from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'
import type { Facts } from '../../src/store/index.ts'
import { aRecord, aSha, hour, personKey } from './a-record.ts'
import { someTime } from './stores.ts'

const marks = indexRegistry(shippedRegistry())

/** A merged pull request, its revert, and a commit on the branch that brings it back. */
export const linkedRecords: readonly DeliveryRecord[] = [
  aRecord({ number: 7 }),
  aRecord({
    number: 8,
    revertClaims: [
      {
        in: 'description',
        kind: 'revert',
        partial: false,
        aside: false,
        shas: [],
        numbers: [7],
        titles: [],
        coverage: null,
      },
    ],
  }),
  {
    record: 'branch-commit',
    version: 1,
    source: 'github',
    repository: { id: 1, name: 'octo/widgets' },
    sha: aSha('reland'),
    committedAt: hour(100),
    branchTracked: true,
    bot: null,
    titleKeys: null,
    size: null,
    revertClaims: [
      {
        in: 'message',
        kind: 'reland',
        partial: false,
        aside: false,
        shas: [aSha('merge 7')],
        numbers: [],
        titles: [],
        coverage: null,
      },
    ],
  },
]

/** A row or more in every table of a tenant. */
export async function writeEveryFact(facts: Facts): Promise<void> {
  await facts.repositories.upsert({
    id: 1,
    name: 'octo/widgets',
    visibility: 'private',
    defaultBranch: 'main',
    archived: false,
  })
  await facts.repositories.setReading(1, { watermark: someTime, checkpoint: 'page 2' })
  for (const record of linkedRecords) {
    const headSha = record.record === 'pull-request' ? record.head.sha : null
    await facts.records.put(record, { headSha })
  }
  const asOf = hour(24 * 60)
  const known = { marks, reverts: [], revertRole: null }
  const seventh = aRecord({ number: 7 })
  await facts.changes.put(deriveChange(seventh, { ...known, asOf }), deriveLasting(seventh, known))
  await facts.reverts.replace(1, 7, [
    {
      rung: 'R1',
      confidence: 0.95,
      at: hour(90),
      by: { number: 8, sha: null },
      partial: false,
      bulk: false,
      restoredAt: hour(100),
      restoredBy: { number: null, sha: aSha('reland') },
      uncounted: null,
    },
  ])
  await facts.corrections.add({
    id: 'button',
    repositoryId: 1,
    number: 7,
    claim: 'unassisted',
    by: personKey('author'),
    role: 'author',
    saidAt: someTime,
  })
  await facts.people.forget(personKey('forgotten'))
  await facts.snapshots.put({
    scope: 'organisation',
    repositoryId: 0,
    asOf: someTime,
    repositories: [1, 2],
    methodVersion: '1',
    report: '{"report":true}',
    builtAt: someTime,
  })
  await facts.checks.put({
    repositoryId: 1,
    number: 7,
    headSha: aSha('first'),
    checkRunId: 5,
    digest: 'digest',
  })
  await facts.settings.put('{"canary":"setting"}')
  await facts.audit.add({
    at: someTime,
    actor: 99,
    action: 'read',
    subject: 'report',
    outcome: 'shown',
  })
  await facts.tokens.create('secret token', {
    name: 'export',
    createdBy: 99,
    createdAt: someTime,
    expiresAt: someTime + 1_000,
  })
}

/** What every reader of facts gives, as lists. */
export async function everyFact(
  facts: Facts,
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const [first] = linkedRecords
  if (first === undefined) throw new Error('there is no record')
  return {
    'repositories.list': await facts.repositories.list(),
    'repositories.get': some(await facts.repositories.get(1)),
    'records.get': some(await facts.records.get(1, 7)),
    'records.stream': await Array.fromAsync(facts.records.stream()),
    'records.related': await facts.records.related(first),
    'records.byHead': await facts.records.byHead(1, aSha('first')),
    'records.count': some((await facts.records.count()) || undefined),
    'changes.get': some(await facts.changes.get(1, 7)),
    'people.counts': await facts.people.counts(personKey('author')),
    'people.changes': await facts.people.changes(personKey('author'), {
      repositories: [1],
      limit: 10,
      skip: 0,
    }),
    'people.records': some((await facts.people.records(personKey('author'))) || undefined),
    'people.said': await facts.people.said(personKey('author')),
    'people.keptKey':
      (await facts.people.keptKey(personKey('forgotten'))) === personKey('forgotten') ? [] : ['0'],
    'changes.pages': await Array.fromAsync(facts.changes.pages()),
    'reverts.of': await facts.reverts.of(1, 7),
    'corrections.of': await facts.corrections.of(1, 7),
    'snapshots.latest': some(await facts.snapshots.latest('organisation', 0)),
    'snapshots.list': await facts.snapshots.list('organisation', 0),
    'snapshots.at': some(await facts.snapshots.at('organisation', 0, someTime)),
    'checks.get': some(await facts.checks.get(1, 7)),
    'settings.get': some(await facts.settings.get()),
    'audit.list': await facts.audit.list(10),
    'tokens.find': some(await facts.tokens.find('secret token')),
    'tokens.list': await facts.tokens.list(),
  }
}

function some<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value]
}
