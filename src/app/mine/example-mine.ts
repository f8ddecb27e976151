import { snapToMonday } from '../../comparison/index.ts'
import { indexRegistry, shippedRegistry } from '../../provenance/index.ts'
import { exampleOwnRecords } from '../example/own-records.ts'
import { tellRecord } from './own-changes.ts'
import type { OwnChangeView, OwnPage } from './own-page.ts'

/** What a made-up person of the example would see of their own changes; made once. */
export function exampleMine(now: () => number): () => Promise<OwnPage> {
  let made: Promise<OwnPage> | undefined
  return () => {
    made ??= make(snapToMonday(now()))
    return made
  }
}

/** @param asOf a Monday, milliseconds since the epoch: until then it all happened */
async function make(asOf: number): Promise<OwnPage> {
  const marks = indexRegistry(shippedRegistry())
  const changes: OwnChangeView[] = []
  for (const record of exampleOwnRecords(asOf)) {
    changes.push({
      repository: record.repository.name ?? 'example/repository',
      number: record.number,
      openedAt: record.createdAt === null ? null : Date.parse(record.createdAt),
      url: null,
      told: await tellRecord(record, { corrections: [], reverts: [] }, { marks, now: asOf }),
      correctable: record.merge === null,
    })
  }
  const account = { id: 1, name: 'example', shown: changes.length, hidden: 0, declared: 0 }
  return { accounts: [account], changes, number: 1, hasMore: false }
}
