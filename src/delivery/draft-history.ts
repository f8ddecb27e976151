import type { PullRequestRecord } from './record.ts'
import { timeOf, timeOrNull } from './recorded-time.ts'

/** How a change went between draft and ready. */
export interface DraftHistory {
  /** First time that it was ready, milliseconds since the epoch; `never`, or null where that cannot be known. */
  readonly ready: number | 'never' | null
  /** Milliseconds in draft after that, up to the merge or the last close; an open one up to the reading. null: not told. */
  readonly redraft: number | null
  readonly redrafted: boolean
  readonly draftAtMerge: boolean
  /** The opening is taken for the time at which it became ready. */
  readonly approximate: boolean
}

interface Turn {
  readonly at: number
  /** Times that it was made ready in this second, less the times that it was made a draft. */
  readonly balance: number
  readonly madeReady: boolean
}

/** Reads the draft events. What the first of them does tells how it was opened where the source does not. */
export function draftHistory(record: PullRequestRecord): DraftHistory {
  const opened = timeOrNull(record.createdAt)
  const merged = timeOrNull(record.merge?.at ?? null)
  const turns = turnsOf(record).filter(({ at }) => merged === null || at <= merged)
  const cut = record.draftEvents === null || record.truncated.includes('timeline')
  const asDraft = record.openedAsDraft ?? openedAs(turns)
  const unsure = { redraft: null, redrafted: false, draftAtMerge: false }
  if (opened === null) return { ready: null, ...unsure, approximate: false }
  if (asDraft === null) return { ready: opened, ...unsure, approximate: true }
  const firstTurn = turns.find(({ madeReady }) => madeReady)?.at
  const ready = asDraft ? (firstTurn ?? (cut ? null : 'never')) : opened
  if (ready === null) return { ready, ...unsure, approximate: true }
  const end = merged ?? lastClose(record) ?? timeOf(record.readAt)
  const { redraft, redrafted, inDraft } = follow(turns, asDraft, ready, end)
  return {
    ready,
    redraft: cut ? null : redraft,
    redrafted,
    draftAtMerge: merged !== null && inDraft && !cut,
    approximate: asDraft && cut,
  }
}

/** The turns after it was first ready. Turns that change nothing are passed over. */
function follow(
  turns: readonly Turn[],
  asDraft: boolean,
  ready: number | 'never',
  end: number,
): { readonly redraft: number; readonly redrafted: boolean; readonly inDraft: boolean } {
  let draftSince = asDraft ? Number.NEGATIVE_INFINITY : null
  let redraft = 0
  let redrafted = false
  for (const { at, balance } of turns) {
    if (balance > 0 && draftSince !== null) {
      if (ready !== 'never' && draftSince >= ready) redraft += at - draftSince
      draftSince = null
    } else if (draftSince === null ? balance < 0 : balance === 0 && at === ready) {
      draftSince = at
      redrafted = true
    }
  }
  const inDraft = draftSince !== null
  if (draftSince !== null && ready !== 'never' && draftSince >= ready) {
    redraft += Math.max(0, end - draftSince)
  }
  return { redraft, redrafted, inDraft }
}

function turnsOf({ draftEvents }: PullRequestRecord): Turn[] {
  if (draftEvents === null || draftEvents.length === 0) return []
  const bySecond = Map.groupBy(draftEvents, ({ at }) => timeOf(at))
  return Array.from(bySecond, ([at, events]) => ({
    at,
    balance: events.reduce((sum, { to }) => sum + (to === 'ready' ? 1 : -1), 0),
    madeReady: events.some(({ to }) => to === 'ready'),
  })).toSorted((one, other) => one.at - other.at)
}

function openedAs([first]: readonly Turn[]): boolean | null {
  return first === undefined || first.balance === 0 ? null : first.balance > 0
}

function lastClose({ state, closes }: PullRequestRecord): number | null {
  if (state !== 'closed' || closes === null || closes.length === 0) return null
  return Math.max(...closes.map(({ at }) => timeOf(at)))
}
