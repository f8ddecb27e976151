import { compare } from './canonical-text.ts'
import type { PullRequestRecord } from './record.ts'

/** From what, and when, a part of a record was read. */
export interface Reading {
  readonly source: PullRequestRecord['source']
  readonly readAt: string
}

/** The poorest first: where two were read at the same time, the richer one is believed. */
const sources = ['git', 'webhooks', 'github'] as const satisfies readonly Reading['source'][]

export function compareSources(one: Reading['source'], other: Reading['source']): number {
  return sources.indexOf(one) - sources.indexOf(other)
}

/** Sorts times as records write them: with or without fractions of a second. */
export function compareTimes(one: string, other: string): number {
  return Date.parse(one) - Date.parse(other) || compare(one, other)
}

/** The reading that a part of this record came from. */
export function readingOf(record: PullRequestRecord, part: string): Reading {
  return record.mergedFrom?.parts[part] ?? { source: record.source, readAt: record.readAt }
}

/**
 * Which reading tells more truly how something is: GitHub's own word before that of a clone, which may be old although it
 * was read today; then the later one.
 */
export function compareReadings(one: Reading, other: Reading): number {
  return (
    Number(one.source !== 'git') - Number(other.source !== 'git') ||
    compareTimes(one.readAt, other.readAt) ||
    compareSources(one.source, other.source)
  )
}
