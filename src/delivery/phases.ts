import type { Clocks } from './clocks.ts'

/**
 * How long each part took, milliseconds. null: it did not happen, or cannot be known, which is not 0. For a merged change
 * pickup + review + merge wait + unphased is the cycle time exactly, with a missing phase counted as nothing.
 */
export interface Phases {
  /** Ready → merged: the headline. */
  readonly cycle: number | null
  /** Ready → first review by another person. */
  readonly pickup: number | null
  /** First review → last approval. */
  readonly review: number | null
  /** Last approval → merged. */
  readonly mergeWait: number | null
  /** The part of the merge wait spent in the queue. */
  readonly queueWait: number | null
  /** What of the cycle time lies in no phase. */
  readonly unphased: number | null
  /** Opened → ready. */
  readonly draft: number | null
  /** First commit → opened, by clients' clocks. */
  readonly codingSpan: number | null
  readonly openToMerge: number | null
  /** First commit → merged, by clients' clocks: all that a clone knows. */
  readonly authoredToMerged: number | null
}

/** The spans between a change's anchors. None is negative, whatever the clocks said. */
export function readPhases(clocks: Clocks): Phases {
  const { firstCommit, opened, ready, firstReview, lastApproval, queued, merged } = clocks
  const cycle = span(ready, merged)
  const pickup = span(ready, firstReview)
  const review = span(firstReview, lastApproval)
  const mergeWait = span(lastApproval, merged)
  const inQueue = queued === null || lastApproval === null ? null : Math.max(queued, lastApproval)
  return {
    cycle,
    pickup,
    review,
    mergeWait,
    queueWait: span(inQueue, merged),
    unphased: cycle === null ? null : cycle - (pickup ?? 0) - (review ?? 0) - (mergeWait ?? 0),
    draft: span(opened, ready),
    codingSpan: span(firstCommit, opened),
    openToMerge: span(opened, merged),
    authoredToMerged: span(firstCommit, merged),
  }
}

function span(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : Math.max(0, to - from)
}
