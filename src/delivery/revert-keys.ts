import { hashNumber, keyNumber } from './key-numbers.ts'
import type { DeliveryRecord } from './record.ts'

/** Where each kind of key begins, so that no two kinds meet: hashes have 28 bits, titles and their starts 48. */
const titles = 2 ** 49
const starts = 2 ** 50

/**
 * By what a revert may name a record, beside its number, as numbers of one kind. Of many records few are named at all: where
 * none of its keys is claimed, nor its number, nothing reverts it.
 */
export function nameKeys(record: DeliveryRecord): number[] {
  if (record.record === 'pull-request' && record.merge === null) return []
  const keys = record.record === 'branch-commit' ? [hashNumber(record.sha)] : pullKeys(record)
  const { titleKeys } = record
  if (titleKeys === null) return keys
  keys.push(titles + keyNumber(titleKeys.whole), titles + keyNumber(titleKeys.bare))
  const [start] = titleKeys.start
  if (start !== undefined) keys.push(starts + keyNumber(start))
  return keys
}

function pullKeys({ merge, commits }: Extract<DeliveryRecord, { record: 'pull-request' }>) {
  const keys = (commits ?? []).map(({ sha }) => hashNumber(sha))
  if (merge?.commit != null) keys.push(hashNumber(merge.commit))
  return keys
}

/** The keys that a record claims, and its own hash where it is a commit that a pull request may have brought. */
export function claimedKeys(record: DeliveryRecord): number[] {
  const claimed = record.revertClaims.flatMap(({ shas, titles: named }) => [
    ...shas.map(hashNumber),
    ...named.flatMap(({ whole, bare, start: [start] }) => [
      ...[whole, bare].filter((key) => key !== null).map((key) => titles + keyNumber(key)),
      ...(start === undefined ? [] : [starts + keyNumber(start)]),
    ]),
  ])
  return record.record === 'branch-commit' ? [hashNumber(record.sha), ...claimed] : claimed
}
