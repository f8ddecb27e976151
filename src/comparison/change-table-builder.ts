import { type Change, type ExclusionReason, outcomes, sizeBands } from '../delivery/index.ts'
import {
  assistances,
  type ChangeTable,
  cohort,
  exclusions,
  flagBit,
  tiers,
  unknown,
} from './change-table.ts'
import { GrowingColumn, Numbering } from './columns.ts'
import { orderBy } from './order-by.ts'

/** Lays changes out in columns; excluded ones are only counted. */
export function tabulate(changes: Iterable<Change>): ChangeTable {
  const builder = new ChangeTableBuilder()
  for (const change of changes) builder.add(change)
  return builder.finish()
}

/** Takes one change at a time, so that a million need not be held, and keeps of each what `ChangeTable` has. */
export class ChangeTableBuilder {
  readonly #columns = createColumns()
  readonly #excluded = createExcluded()
  readonly #people = new Numbering<string>()
  readonly #repositories = new Repositories()
  readonly #sources = new Set<Change['source']>()
  readonly #registries = new Set<string>()
  #size = 0
  #asOf = Number.NaN
  #latestReadAt = Number.NaN
  #futureDated = 0

  add(change: Change): void {
    const readAt = Date.parse(change.readAt)
    this.#asOf = later(this.#asOf, Date.parse(change.asOf))
    this.#latestReadAt = later(this.#latestReadAt, readAt)
    this.#sources.add(change.source)
    this.#registries.add(change.registry)
    const repository = this.#repositories.numberOf(change.repository, readAt)
    if (change.exclusion !== null) {
      this.#exclude(change, change.exclusion, repository)
      return
    }
    this.#size += 1
    this.#columns.repository.push(repository)
    this.#columns.person.push(this.#people.numberOf(change.responsible.key))
    this.#addTimes(change, readAt)
    this.#addCohorts(change)
    this.#addReview(change)
    this.#addFate(change)
  }

  /**
   * The table, person by person: most of what is worked out goes through it that way, and memory is fastest in a row. The
   * builder may go on: a later table then has more.
   */
  finish(): ChangeTable {
    const excluded = finish(this.#excluded)
    const order = orderBy(this.#columns.person.finish())
    return {
      size: this.#size,
      asOf: this.#asOf,
      latestReadAt: this.#latestReadAt,
      sources: [...this.#sources].sort(),
      registries: [...this.#registries].sort(),
      futureDated: this.#futureDated,
      excluded: { size: excluded.reason.length, ...excluded },
      repositories: this.#repositories.names,
      people: this.#people.keys,
      ...finish(this.#columns, order),
    }
  }

  #exclude(change: Change, exclusion: ExclusionReason, repository: number): void {
    const { reason, readyAt, mergedAt } = this.#excluded
    reason.push(exclusions.indexOf(exclusion))
    this.#excluded.repository.push(repository)
    readyAt.push(timeOf(change.readyAt))
    mergedAt.push(timeOf(change.mergedAt))
  }

  #addTimes(change: Change, readAt: number): void {
    const columns = this.#columns
    const times = [change.openedAt, change.readyAt, change.mergedAt, change.closedAt].map(timeOf)
    const [opened, ready, merged, closed] = times as [number, number, number, number]
    if (times.some((time) => time > readAt)) this.#futureDated += 1
    columns.openedAt.push(opened)
    columns.readyAt.push(ready)
    columns.mergedAt.push(merged)
    columns.closedAt.push(closed)
    columns.revertedAt.push(timeOf(change.reverted?.at ?? null))
    columns.readAt.push(readAt)
    columns.pickupSeconds.push(amount(change.pickupSeconds))
    columns.reviewSeconds.push(amount(change.reviewSeconds))
    columns.mergeWaitSeconds.push(amount(change.mergeWaitSeconds))
    columns.authoredToMergedSeconds.push(amount(change.authoredToMergedSeconds))
  }

  #addCohorts({ exposure: { atReady, atMerge }, ...change }: Change): void {
    const columns = this.#columns
    columns.cohortAtReady.push(cohortOf(atReady))
    columns.cohortAtMerge.push(cohortOf(atMerge))
    columns.unassistedAtReady.push(Number(atReady?.assistance === 'unassisted'))
    columns.unassistedAtMerge.push(Number(atMerge?.assistance === 'unassisted'))
    columns.assistance.push(assistances.indexOf(change.assistance))
    columns.tier.push(change.tier === null ? unknown : tiers.indexOf(change.tier))
    columns.agentAuthored.push(Number(change.agentAuthored))
    columns.aiAfterStart.push(answer(change.aiAfterStart))
    columns.band.push(change.size === null ? unknown : sizeBands.indexOf(change.size.band))
  }

  #addReview({ review }: Change): void {
    const columns = this.#columns
    columns.rounds.push(amount(review.rounds))
    columns.changesRequested.push(amount(review.changesRequested))
    columns.laterPushes.push(amount(review.laterPushes))
    columns.laterLines.push(amount(review.laterLines))
    columns.threads.push(amount(review.threads?.byPeople ?? null))
    columns.reviewed.push(answer(review.byAnotherPerson))
  }

  #addFate(change: Change): void {
    const columns = this.#columns
    const { redraftSeconds, outcome } = change
    columns.redrafted.push(answer(redraftSeconds === null ? null : redraftSeconds > 0))
    columns.outcome.push(outcome === null ? unknown : outcomes.indexOf(outcome))
    columns.surviving.push(answer(change.surviving))
    columns.truncated.push(Number(change.truncated.length > 0))
    columns.unreadable.push(Number(change.unreadable.length > 0))
    columns.flags.push(change.flags.reduce((bits, flag) => bits | flagBit(flag), 0))
  }
}

const decimals = () => new GrowingColumn((length) => new Float64Array(length))
const integers = () => new GrowingColumn((length) => new Int32Array(length))
const bytes = () => new GrowingColumn((length) => new Uint8Array(length))

function createColumns() {
  return {
    repository: integers(),
    person: integers(),
    openedAt: decimals(),
    readyAt: decimals(),
    mergedAt: decimals(),
    closedAt: decimals(),
    revertedAt: decimals(),
    readAt: decimals(),
    pickupSeconds: decimals(),
    reviewSeconds: decimals(),
    mergeWaitSeconds: decimals(),
    authoredToMergedSeconds: decimals(),
    cohortAtReady: bytes(),
    cohortAtMerge: bytes(),
    unassistedAtReady: bytes(),
    unassistedAtMerge: bytes(),
    assistance: bytes(),
    tier: bytes(),
    agentAuthored: bytes(),
    aiAfterStart: bytes(),
    band: bytes(),
    rounds: decimals(),
    changesRequested: decimals(),
    laterPushes: decimals(),
    laterLines: decimals(),
    threads: decimals(),
    reviewed: bytes(),
    redrafted: bytes(),
    outcome: bytes(),
    surviving: bytes(),
    truncated: bytes(),
    unreadable: bytes(),
    flags: integers(),
  }
}

function finish<Columns extends Record<string, { finish(order?: Int32Array): unknown }>>(
  columns: Columns,
  order?: Int32Array,
) {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column.finish(order)]),
  ) as { [Name in keyof Columns]: ReturnType<Columns[Name]['finish']> }
}

function createExcluded() {
  return {
    reason: bytes(),
    repository: integers(),
    readyAt: decimals(),
    mergedAt: decimals(),
  }
}

/** Repositories by GitHub's number, which survives renames; each has the name of its last reading. */
class Repositories {
  readonly #numbers = new Numbering<string | number>()
  readonly #names: { name: string; readAt: number }[] = []

  get names(): string[] {
    return this.#names.map(({ name }) => name)
  }

  numberOf({ id, name }: Change['repository'], readAt: number): number {
    const number = this.#numbers.numberOf(id ?? name ?? 'unknown')
    const known = this.#names[number]
    if (known === undefined) this.#names.push({ name: name ?? String(id ?? 'unknown'), readAt })
    else if (name !== null && readAt > known.readAt) this.#names[number] = { name, readAt }
    return number
  }
}

function cohortOf(exposure: Change['exposure']['atReady']): number {
  if (exposure === null || exposure.group === 'set-aside') return cohort.setAside
  return exposure.group === 'ai-recorded' ? cohort.aiRecorded : cohort.noneRecorded
}

function timeOf(time: string | null): number {
  return time === null ? Number.NaN : Date.parse(time)
}

function amount(value: number | null): number {
  return value ?? Number.NaN
}

function answer(value: boolean | null): number {
  return value === null ? unknown : Number(value)
}

function later(one: number, other: number): number {
  return one >= other ? one : other
}
