import { type Change, type ExclusionReason, outcomes, sizeBands } from '../../delivery/index.ts'
import { at } from '../strata/layout.ts'
import {
  assistances,
  type ChangeTable,
  cohort,
  exclusions,
  flagBit,
  tiers,
  unknown,
  unread,
} from './change-table.ts'
import { GrowingColumn, Numbering, type Numbers } from './columns.ts'
import { type KnownRepository, NamedRepositories } from './named-repositories.ts'
import { orderBy } from './order-by.ts'

/** Lays changes out in columns; excluded ones are only counted. */
export function tabulate(changes: Iterable<Change>): ChangeTable {
  const builder = new ChangeTableBuilder()
  for (const change of changes) builder.add(change)
  return builder.finish()
}

/** Changes laid out apart from the others of their table, as plain data. */
export interface TablePart {
  readonly size: number
  readonly asOf: number
  readonly latestReadAt: number
  readonly futureDated: number
  readonly sources: readonly Change['source'][]
  readonly registries: readonly string[]
  readonly people: readonly string[]
  readonly repositories: readonly KnownRepository[]
  readonly columns: ReturnType<typeof finish<ReturnType<typeof createColumns>>>
  readonly excluded: ReturnType<typeof finish<ReturnType<typeof createExcluded>>>
}

/** The table of changes that were laid out in parts: the same as if they had been added one after the other. */
export function joinTable(parts: Iterable<TablePart>): ChangeTable {
  const builder = new ChangeTableBuilder()
  for (const part of parts) builder.addPart(part)
  return builder.finish()
}

/** Takes one change at a time, so that a million need not be held, and keeps of each what `ChangeTable` has. */
export class ChangeTableBuilder {
  readonly #columns = createColumns()
  readonly #excluded = createExcluded()
  readonly #people = new Numbering<string>()
  readonly #repositories = new NamedRepositories()
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
    const repository = this.#repositories.numberOf({ ...change.repository, readAt })
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

  part(): TablePart {
    return {
      size: this.#size,
      asOf: this.#asOf,
      latestReadAt: this.#latestReadAt,
      futureDated: this.#futureDated,
      sources: [...this.#sources],
      registries: [...this.#registries],
      people: this.#people.keys,
      repositories: this.#repositories.known,
      columns: finish(this.#columns),
      excluded: finish(this.#excluded),
    }
  }

  addPart(part: TablePart): void {
    if (part.repositories.length === 0) return
    this.#size += part.size
    this.#asOf = later(this.#asOf, part.asOf)
    this.#latestReadAt = later(this.#latestReadAt, part.latestReadAt)
    this.#futureDated += part.futureDated
    for (const source of part.sources) this.#sources.add(source)
    for (const registry of part.registries) this.#registries.add(registry)
    const people = Int32Array.from(part.people, (key) => this.#people.numberOf(key))
    const repositories = Int32Array.from(part.repositories, (one) =>
      this.#repositories.numberOf(one),
    )
    const renumbered = (numbers: Int32Array, to: Int32Array) =>
      numbers.map((number) => at(to, number))
    append(this.#columns, {
      ...part.columns,
      person: renumbered(part.columns.person, people),
      repository: renumbered(part.columns.repository, repositories),
    })
    append(this.#excluded, {
      ...part.excluded,
      repository: renumbered(part.excluded.repository, repositories),
    })
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
    const [, ready, merged, closed] = times as [number, number, number, number]
    if (times.some((time) => time > readAt)) this.#futureDated += 1
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
    columns.unreadable.push(unreadOf(change))
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

function append<Name extends string>(
  columns: Readonly<Record<Name, { pushAll(values: Numbers): void }>>,
  part: Readonly<Record<Name, Numbers>>,
): void {
  for (const name of Object.keys(columns) as Name[]) columns[name].pushAll(part[name])
}

function createExcluded() {
  return {
    reason: bytes(),
    repository: integers(),
    readyAt: decimals(),
    mergedAt: decimals(),
  }
}

function cohortOf(exposure: Change['exposure']['atReady']): number {
  if (exposure === null || exposure.group === 'set-aside') return cohort.setAside
  return exposure.group === 'ai-recorded' ? cohort.aiRecorded : cohort.noneRecorded
}

/** Differences of heads are read for no report. What a clone lacks is the size, which is not known then. */
function unreadOf({ source, unreadable }: Change): number {
  if (unreadable.includes('contents')) return unread.contents
  return source !== 'git' && unreadable.includes('blobs') ? unread.notes : unread.nothing
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
