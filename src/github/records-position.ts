import type { Position } from './records-checkpoint.ts'

export type CreatedPosition = Extract<Position, { part: 'created' }>
export type UpdatedPosition = Extract<Position, { part: 'updated' }>
export type BranchPartPosition = Extract<Position, { part: 'branch' }>

/** A pass over what changed takes so much less time than the one before that more are never needed. */
const maximumPasses = 20

/** By creation where all are asked for, else by last change down to `since`, milliseconds since the epoch. */
export function firstPosition(since: number | undefined): CreatedPosition | UpdatedPosition {
  return since === undefined
    ? { part: 'created', cursor: null, read: 0 }
    : { part: 'updated', cursor: null, read: 0, ...pass(1, since), given: '' }
}

/** Another pass over what changed during this one; undefined once one finds nothing. */
export function nextPass(done: UpdatedPosition): UpdatedPosition | undefined {
  const isLast = (done.pass > 1 && !done.found) || done.pass === maximumPasses
  if (isLast) return undefined
  return { ...done, cursor: null, ...pass(done.pass + 1, done.newest ?? done.floor) }
}

function pass(number: number, floor: number) {
  return { pass: number, floor, newest: null, found: false }
}
