/** How often one reader may ask. */
export interface Quota {
  readonly requests: number
  readonly seconds: number
}

/** What is left to a reader. */
export interface Allowance {
  readonly isSpent: boolean
  /** Requests left, this one not among them. */
  readonly left: number
  /** Seconds until all of them are there again, at least 1. */
  readonly reset: number
}

const most = 10_000

/**
 * Counts requests by reader, in this process: from a reader's first request on for as long as the quota says, then anew.
 *
 * @param now milliseconds since the epoch
 */
export function createRateLimit(
  { requests, seconds }: Quota,
  now: () => number,
): (reader: string) => Allowance {
  const counted = new Map<string, { readonly until: number; used: number }>()
  return (reader) => {
    const at = now()
    const before = counted.get(reader)
    const window =
      before === undefined || before.until <= at ? { until: at + seconds * 1_000, used: 0 } : before
    window.used += 1
    // Who asked longest ago is forgotten first.
    counted.delete(reader)
    counted.set(reader, window)
    const [oldest] = counted.keys()
    if (counted.size > most && oldest !== undefined) counted.delete(oldest)
    return {
      isSpent: window.used > requests,
      left: Math.max(0, requests - window.used),
      reset: Math.ceil((window.until - at) / 1_000),
    }
  }
}
