import { type Change, sizeBands } from '../delivery/index.ts'

/** In which cohort a change is, as a number. */
export const cohort = { noneRecorded: 0, aiRecorded: 1, setAside: 2 } as const

/**
 * Changes as columns, one entry per change that counts: what the comparison reads of them and nothing else. Times are
 * milliseconds since the epoch; NaN stands for "not known" or "did not happen".
 */
export interface ChangeTable {
  readonly size: number
  /** Names of the repositories, or their numbers where they have none. */
  readonly repositories: readonly string[]
  readonly repository: Int32Array
  /** Keys of the responsible people: for counting them, never shown. */
  readonly people: readonly string[]
  readonly person: Int32Array
  readonly readyAt: Float64Array
  readonly mergedAt: Float64Array
  readonly revertedAt: Float64Array
  readonly cohortAtReady: Uint8Array
  readonly cohortAtMerge: Uint8Array
  /** 1: attested to be without AI when that clock started. */
  readonly unassistedAtReady: Uint8Array
  readonly unassistedAtMerge: Uint8Array
  /** Index of the size band; 255 where no size is known. */
  readonly band: Uint8Array
  readonly rounds: Float64Array
  /** 1 reviewed by another person before the merge, 0 not. */
  readonly reviewed: Float64Array
}

export const unknownBand = 255

/** Lays the changes that count out in columns; excluded ones are left out. */
export function tabulate(changes: Iterable<Change>): ChangeTable {
  const counted = [...changes].filter(({ exclusion }) => exclusion === null)
  const repositories = new Numbering()
  const people = new Numbering()
  const times = (read: (change: Change) => string | null) =>
    Float64Array.from(counted, (change) => {
      const time = read(change)
      return time === null ? Number.NaN : Date.parse(time)
    })
  const flags = (read: (change: Change) => boolean) =>
    Uint8Array.from(counted, (change) => (read(change) ? 1 : 0))
  return {
    size: counted.length,
    repository: Int32Array.from(counted, ({ repository: { name, id } }) =>
      repositories.numberOf(name ?? String(id)),
    ),
    person: Int32Array.from(counted, ({ responsible }) => people.numberOf(responsible.key)),
    readyAt: times(({ readyAt }) => readyAt),
    mergedAt: times(({ mergedAt }) => mergedAt),
    revertedAt: times(({ reverted }) => reverted?.at ?? null),
    cohortAtReady: Uint8Array.from(counted, ({ exposure }) => cohortOf(exposure.atReady)),
    cohortAtMerge: Uint8Array.from(counted, ({ exposure }) => cohortOf(exposure.atMerge)),
    unassistedAtReady: flags(({ exposure }) => exposure.atReady?.assistance === 'unassisted'),
    unassistedAtMerge: flags(({ exposure }) => exposure.atMerge?.assistance === 'unassisted'),
    band: Uint8Array.from(counted, ({ size }) =>
      size === null ? unknownBand : sizeBands.indexOf(size.band),
    ),
    rounds: Float64Array.from(counted, ({ review }) => review.rounds ?? Number.NaN),
    reviewed: Float64Array.from(counted, ({ review: { byAnotherPerson } }) =>
      byAnotherPerson === null ? Number.NaN : Number(byAnotherPerson),
    ),
    repositories: repositories.names,
    people: people.names,
  }
}

function cohortOf(exposure: Change['exposure']['atReady']): number {
  if (exposure === null || exposure.group === 'set-aside') return cohort.setAside
  return exposure.group === 'ai-recorded' ? cohort.aiRecorded : cohort.noneRecorded
}

/** Gives names numbers from 0, in the order in which they come. */
class Numbering {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.names.length)
    return this.names.push(name) - 1
  }
}
