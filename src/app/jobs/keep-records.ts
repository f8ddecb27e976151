import { deriveLasting, linkReverts } from '../../comparison/index.ts'
import {
  type DeliveryRecord,
  deriveChange,
  mergeRecords,
  type PullRequestRecord,
} from '../../delivery/index.ts'
import type { KnownMarks } from '../../provenance/index.ts'
import type { Facts } from '../../store/index.ts'
import { withDeclarations } from '../check/with-declarations.ts'
import { lastLabelledElsewhere } from '../labels/labelled-elsewhere.ts'

export interface KeepOptions {
  readonly marks: KnownMarks
  /** Milliseconds since the epoch: until now whatever happened was told, by deliveries and by reconciling. */
  readonly now: number
}

/**
 * Puts what was read beside what is kept, and derives the changes anew whose facts hang on it: their own, and those that it
 * reverts or that revert it.
 */
export async function keepRecords(
  facts: Facts,
  records: readonly DeliveryRecord[],
  options: KeepOptions,
): Promise<void> {
  const kept: DeliveryRecord[] = []
  for (const record of records) {
    if (record.record === 'branch-commit') {
      await facts.records.put(record, { headSha: null })
      kept.push(record)
      continue
    }
    const { merged } = await putBeside(facts, record)
    await facts.records.put(merged, { headSha: merged.head.sha })
    await keepLabelledElsewhere(facts, merged)
    kept.push(merged)
  }
  const derived = new Set<string>()
  for (const record of kept) {
    if (record.record === 'branch-commit' || !derived.has(nameOf(record))) {
      await deriveWithRelated(facts, record, options, derived)
    }
  }
}

/** The pull requests of which something is told that is not kept yet. */
export async function findNews(
  facts: Facts,
  records: readonly DeliveryRecord[],
): Promise<PullRequestRecord[]> {
  const news: PullRequestRecord[] = []
  for (const record of records) {
    if (record.record === 'branch-commit') continue
    const { before, merged } = await putBeside(facts, record)
    if (before === undefined || tellsMore(before, merged)) news.push(merged)
  }
  return news
}

/** What a record comes to together with what is kept, and that. */
async function putBeside(
  { records, corrections, people }: Facts,
  told: PullRequestRecord,
): Promise<{
  readonly before: PullRequestRecord | undefined
  readonly merged: PullRequestRecord
}> {
  const record = await people.withoutForgotten(told)
  const repositoryId = repositoryIdOf(record)
  const before = await records.get(repositoryId, record.number)
  const read = before === undefined ? record : mergeKept(before, record)
  return {
    before,
    merged: withDeclarations(read, await corrections.of(repositoryId, record.number)),
  }
}

/** Whose the labels of a repository are, any of its pull requests tells. */
async function keepLabelledElsewhere(
  { repositories }: Facts,
  record: PullRequestRecord,
): Promise<void> {
  const at = lastLabelledElsewhere(record)
  if (at === undefined) return
  const repositoryId = repositoryIdOf(record)
  const known = (await repositories.get(repositoryId))?.labelledElsewhereAt ?? 0
  if (at > known) await repositories.setReading(repositoryId, { labelledElsewhereAt: at })
}

/** What was made under another key cannot be put together with this: a tenant that was erased and came back has another. */
function mergeKept(before: PullRequestRecord, record: PullRequestRecord): PullRequestRecord {
  return before.keyId === record.keyId ? mergeRecords(before, record) : record
}

function tellsMore(before: PullRequestRecord, after: PullRequestRecord): boolean {
  const told = ({ readAt: _, mergedFrom: _origin, ...rest }: PullRequestRecord) =>
    JSON.stringify(rest)
  return told(before) !== told(after)
}

/** Reverts are told by the one that reverts, so that a record changes the facts of others. */
async function deriveWithRelated(
  facts: Facts,
  record: DeliveryRecord,
  { marks, now }: KeepOptions,
  derived: Set<string>,
): Promise<void> {
  const group = [record, ...(await facts.records.related(record))]
  const links = linkReverts(group)
  const asOf = new Date(now).toISOString()
  for (const one of group) {
    if (one.record === 'branch-commit') continue
    const reverts = links.linksTo(one)
    const derivation = { marks, reverts, revertRole: links.roleOf(one) }
    const change = deriveChange(one, { ...derivation, asOf, knownUntil: asOf })
    await facts.changes.put(change, deriveLasting(one, derivation))
    await facts.reverts.replace(repositoryIdOf(one), one.number, reverts)
    derived.add(nameOf(one))
  }
}

/** Those related to a record may be another repository's, under the same number. */
function nameOf(record: PullRequestRecord): string {
  return `${repositoryIdOf(record)}/${record.number}`
}

/** @throws Error where GitHub did not tell it, which the reader would have refused */
export function repositoryIdOf({ repository, number }: PullRequestRecord): number {
  if (repository.id === null) throw new Error(`the record of #${number} names no repository`)
  return repository.id
}
