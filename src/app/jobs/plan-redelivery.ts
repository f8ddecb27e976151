import { accessEvents } from './access-events.ts'
import type { Missed, RedeliveryState } from './redelivery-state.ts'
import { tuning } from './tuning.ts'

/** What these tell no later reading of GitHub finds. */
const toldOnce: ReadonlySet<string> = new Set([
  ...accessEvents,
  'check_run',
  'github_app_authorization',
])

/**
 * What of the missed deliveries to ask for now, by guid. As long as things come in, what is due: first what
 * nothing else tells, then what was asked for least. As
 * long as nobody answers, one in a look; as long as we refuse them, one in an hour: they show when that is over, and then all the
 * others are due at once.
 */
export function chooseMissed({ way, missed, probedAt }: RedeliveryState, now: number): string[] {
  const all = Object.entries(missed).toSorted(([, one], [, other]) => byNeed(one, other))
  const due = all.filter(([, { next }]) => next <= now)
  const chosen =
    way === 'open'
      ? due.slice(0, tuning.redeliveriesAtOnce)
      : way === 'silent'
        ? due.slice(0, 1)
        : all.slice(0, now - probedAt >= tuning.refusedAgain ? 1 : 0)
  return chosen.map(([guid]) => guid)
}

function byNeed(one: Missed, other: Missed): number {
  return (
    Number(toldOnce.has(other.event)) - Number(toldOnce.has(one.event)) ||
    one.times - other.times ||
    one.since - other.since
  )
}

/** As many of the missed as are remembered: what no reading of GitHub finds before all else, which reconciling reads anyway. */
export function mostNeeded(
  missed: readonly (readonly [string, Missed])[],
): RedeliveryState['missed'] {
  const inOrder = missed.toSorted(([, one], [, other]) => byNeed(one, other))
  return Object.fromEntries(inOrder.slice(0, tuning.missedRemembered))
}

/** The state once these have been asked for. */
export function afterAsking(
  state: RedeliveryState,
  chosen: readonly string[],
  now: number,
): RedeliveryState {
  const missed = { ...state.missed }
  for (const guid of chosen) {
    const one = missed[guid]
    if (one === undefined) continue
    const wait = Math.min(tuning.redeliverAgain * 2 ** one.times, tuning.logKept)
    missed[guid] = { ...one, times: one.times + 1, next: now + wait }
  }
  const isProbe = state.way === 'refusing' && chosen.length > 0
  return { ...state, missed, ...(isProbe ? { probedAt: now } : {}) }
}
