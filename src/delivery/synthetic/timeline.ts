import type { Plan } from './plan.ts'
import { hour, wholeSecond } from './plan-change.ts'
import type { Random } from './random.ts'

/** When what happened on a pull request, up to the reading: milliseconds since the epoch. */
export interface Timeline {
  /** Of the commits that it was opened with, and of those after it was ready. */
  readonly commits: readonly {
    readonly at: number
    readonly sha: string
    readonly later: boolean
  }[]
  /** When which head was reviewed, one for each round, in order. */
  readonly rounds: readonly { readonly at: number; readonly head: string; readonly last: boolean }[]
}

/** Lays reviews and commits between ready and the end, in turn: each round is of a head of its own. */
export function layTimeline(plan: Plan, until: number, random: Random): Timeline {
  const { createdAt, readyAt, endedAt, rounds, markLater } = plan
  const before = Array.from({ length: 1 + Math.min(9, random.poisson(0.9)) }, () =>
    wholeSecond(createdAt - Math.exp(random.normal()) * hour),
  ).sort((one, other) => one - other)
  const more = markLater && rounds < 2 ? 1 : 0
  const laterCommits = Math.max(0, rounds - 1) + more
  const moments = Array.from({ length: rounds + laterCommits }, () =>
    wholeSecond(random.between(readyAt, endedAt)),
  ).sort((one, other) => one - other)
  const commits = before.map((at) => ({ at, sha: random.hex(40), later: false }))
  const reviewed: { at: number; head: string; last: boolean }[] = []
  let head = commits.at(-1)?.sha ?? ''
  for (const [index, at] of moments.entries()) {
    if (at > until) break
    if (index % 2 === 0 && rounds > 0) {
      reviewed.push({ at, head, last: reviewed.length === rounds - 1 })
    } else {
      head = random.hex(40)
      commits.push({ at, sha: head, later: true })
    }
  }
  return { commits, rounds: reviewed }
}
