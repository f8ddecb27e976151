import {
  type Change,
  type CountedChange,
  outcomes,
  parseTime,
  readCounted,
  sizeBands,
} from '../../delivery/index.ts'
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
import { Numbering } from './columns.ts'
import { joinTable, nobody, sources, type TablePart } from './join-table.ts'
import { growingColumns, makeColumns, rowColumns } from './row-columns.ts'
import { toolCode } from './tool-codes.ts'

/** Lays changes out in columns; excluded ones are only counted. */
export function tabulate(changes: Iterable<Change>): ChangeTable {
  const builder = new ChangeTableBuilder()
  for (const change of changes) builder.add(change)
  return builder.finish()
}

/** Takes one change at a time, so that a million need not be held, and keeps of each what `ChangeTable` has. */
export class ChangeTableBuilder {
  readonly #columns = growingColumns()
  readonly #people = new Numbering<string>()
  readonly #registries = new Numbering<string>()
  readonly #repositories = new Map<string, number>()
  readonly #known: Change['repository'][] = []
  #size = 0

  /** Number of changes so far, excluded ones among them. */
  get size(): number {
    return this.#size
  }

  add(change: Change): void {
    this.addCounted(readCounted(change))
  }

  addCounted(change: CountedChange): void {
    this.#size += 1
    const columns = this.#columns
    const { exclusion, responsible } = change
    const readAt = parseTime(change.readAt)
    columns.asOf.push(change.asOf)
    columns.source.push(sources.indexOf(change.source))
    columns.registry.push(this.#registries.numberOf(change.registry))
    columns.repository.push(this.#repositoryOf(change))
    columns.exclusion.push(exclusion === null ? unknown : exclusions.indexOf(exclusion))
    columns.person.push(exclusion === null ? this.#people.numberOf(responsible.key) : nobody)
    this.#addTimes(change, readAt)
    this.#addCohorts(change)
    this.#addReview(change)
    this.#addFate(change)
  }

  /**
   * What there is so far, for `joinTable`.
   *
   * @param rows which changes and in what order, by how many were added before each; absent: all of them as they came
   */
  part(rows?: Int32Array): TablePart {
    return {
      registries: this.#registries.keys,
      people: this.#people.keys,
      repositories: this.#known,
      columns: makeColumns(rowColumns, (name) => this.#columns[name].finish(rows)),
    }
  }

  /** The table of all. The builder may go on: a later table then has more. */
  finish(): ChangeTable {
    return joinTable([this.part()])
  }

  #repositoryOf({ repository }: CountedChange): number {
    const key = `${repository.id} ${repository.name}`
    const known = this.#repositories.get(key)
    if (known !== undefined) return known
    this.#repositories.set(key, this.#known.length)
    return this.#known.push(repository) - 1
  }

  #addTimes(change: CountedChange, readAt: number): void {
    const columns = this.#columns
    const opened = amount(change.openedAt)
    const ready = amount(change.readyAt)
    const merged = amount(change.mergedAt)
    const closed = amount(change.closedAt)
    const isFuture = opened > readAt || ready > readAt || merged > readAt || closed > readAt
    columns.futureDated.push(Number(isFuture))
    columns.readyAt.push(ready)
    columns.mergedAt.push(merged)
    columns.closedAt.push(closed)
    columns.revertedAt.push(amount(change.reverted?.at ?? null))
    columns.readAt.push(readAt)
    columns.pickupSeconds.push(amount(change.pickupSeconds))
    columns.reviewSeconds.push(amount(change.reviewSeconds))
    columns.mergeWaitSeconds.push(amount(change.mergeWaitSeconds))
    columns.authoredToMergedSeconds.push(amount(change.authoredToMergedSeconds))
  }

  #addCohorts(change: CountedChange): void {
    const columns = this.#columns
    const { atReady, atMerge } = change.exposure
    columns.cohortAtReady.push(cohortOf(atReady))
    columns.cohortAtMerge.push(cohortOf(atMerge))
    columns.unassistedAtReady.push(Number(atReady?.assistance === 'unassisted'))
    columns.unassistedAtMerge.push(Number(atMerge?.assistance === 'unassisted'))
    columns.assistance.push(assistances.indexOf(change.assistance))
    columns.tier.push(change.tier === null ? unknown : tiers.indexOf(change.tier))
    columns.tool.push(toolCode(change))
    columns.aiAfterStart.push(answer(change.aiAfterStart))
    columns.band.push(change.size === null ? unknown : sizeBands.indexOf(change.size.band))
  }

  #addReview({ review }: CountedChange): void {
    const columns = this.#columns
    columns.rounds.push(amount(review.rounds))
    columns.changesRequested.push(amount(review.changesRequested))
    columns.laterPushes.push(amount(review.laterPushes))
    columns.laterLines.push(amount(review.laterLines))
    columns.threads.push(amount(review.threads?.byPeople ?? null))
    columns.reviewed.push(answer(review.byAnotherPerson))
  }

  #addFate(change: CountedChange): void {
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

function cohortOf(exposure: Change['exposure']['atReady']): number {
  if (exposure === null || exposure.group === 'set-aside') return cohort.setAside
  return exposure.group === 'ai-recorded' ? cohort.aiRecorded : cohort.noneRecorded
}

/** Differences of heads are read for no report. What a clone lacks is the size, which is not known then. */
function unreadOf({ source, unreadable }: CountedChange): number {
  if (unreadable.includes('contents')) return unread.contents
  return source !== 'git' && unreadable.includes('blobs') ? unread.notes : unread.nothing
}

function amount(value: number | null): number {
  return value ?? Number.NaN
}

function answer(value: boolean | null): number {
  return value === null ? unknown : Number(value)
}
