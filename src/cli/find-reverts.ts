import { type Reverts, revertsOf } from '../comparison/index.ts'
import { claimedKeys, type DeliveryRecord, RevertLinks } from '../delivery/index.ts'
import { readAgain } from './derive-part.ts'
import { readLineAt } from './read-file-lines.ts'
import type { PartReading } from './read-part.ts'
import { readGroup } from './records-file.ts'
import type { Place, RecordsIndex } from './records-index.ts'

/** What lines are of one subject, and which are read in another way than as the one record in them; by their offsets. */
interface Lines {
  readonly index: RecordsIndex
  readonly exceptions: ReadonlyMap<number, readonly Place[] | null>
}

/**
 * What reverts which record and what it reverts, by the offset of its line. Only records that claim something and those that
 * they may name are read again, a few in a hundred: no other has to be known to link them.
 */
export function findReverts(
  file: number,
  readings: readonly PartReading[],
  { index, exceptions }: Lines,
): Map<number, Reverts> {
  const repositories = new Repositories(index)
  const concerned = new Map<number, DeliveryRecord>()
  const concern = (reading: PartReading, entry: number) => {
    const { offsets, lengths } = reading
    const [offset = 0, length = 0] = [offsets[entry], lengths[entry]]
    if (exceptions.has(offset) || concerned.has(offset)) return
    concerned.set(offset, readAgain(readLineAt(file, { offset, length })))
  }
  for (const [offset, places] of exceptions) {
    const merged = places && readGroup(file, places, () => {})
    if (merged) concerned.set(offset, merged)
  }
  for (const reading of readings) {
    for (const entry of [...reading.claiming, ...firstOfEach(reading.origin)]) {
      concern(reading, entry)
    }
  }
  const claimed = new Set<number>()
  for (const record of concerned.values()) {
    for (const key of claimedKeys(record)) claimed.add(key)
    const repository = repositories.numberOf(record.repository)
    for (const { numbers } of record.revertClaims)
      for (const number of numbers) claimed.add(numberKey(repository, number))
  }
  for (const reading of readings) {
    const own = reading.origins.map((origin) => repositories.numberOf(origin.repository))
    for (const entry of namedEntries(reading, own, claimed)) concern(reading, entry)
  }
  return linksOf(concerned)
}

/** A change's number in its repository, apart from all other keys, which are not negative. */
function numberKey(repository: number, number: number): number {
  return -1 - (repository * 2 ** 32 + number)
}

/** Numbers for repositories, each with one however it is written. */
class Repositories {
  readonly #index: RecordsIndex
  readonly #numbers = new Map<number | string, number>()

  constructor(index: RecordsIndex) {
    this.#index = index
  }

  numberOf(
    repository: DeliveryRecord['repository'] | PartReading['origins'][number]['repository'],
  ) {
    const key = this.#index.repositoryKey(repository)
    const number = this.#numbers.get(key) ?? this.#numbers.size
    this.#numbers.set(key, number)
    return number
  }
}

/** Where each origin comes first: which repository is which is for all origins together to tell. */
function firstOfEach(origin: readonly number[]): number[] {
  const seen = new Set<number>()
  return origin.flatMap((one, entry) => {
    if (one === -1 || seen.has(one)) return []
    seen.add(one)
    return [entry]
  })
}

function* namedEntries(
  { subjects, origin, keys, keyEnds }: PartReading,
  repositories: readonly number[],
  claimed: ReadonlySet<number>,
): Generator<number> {
  let key = 0
  for (const [entry, end = 0] of keyEnds.entries()) {
    const subject = subjects[entry]
    const repository = repositories[origin[entry] ?? -1]
    let isNamed =
      typeof subject === 'number' &&
      repository !== undefined &&
      claimed.has(numberKey(repository, subject))
    for (; key < end; key += 1) isNamed ||= claimed.has(keys[key] ?? Number.NaN)
    if (isNamed) yield entry
  }
}

function linksOf(concerned: ReadonlyMap<number, DeliveryRecord>): Map<number, Reverts> {
  const inOrder = [...concerned].toSorted(([one], [other]) => one - other)
  const links = new RevertLinks()
  for (const [, record] of inOrder) links.add(record)
  return new Map(
    inOrder.flatMap(([offset, record]) => {
      const reverts = revertsOf(record, links)
      return reverts.reverts.length === 0 && reverts.revertRole === null ? [] : [[offset, reverts]]
    }),
  )
}
