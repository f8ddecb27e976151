import type { RecordedCommit } from '../record.ts'
import { dependabot, releasePlease, traces, webFlow } from './marks.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** Share of the commits of an assisted change, after the first, that carry the mark too. */
const markedAgain = 0.7

/** The commits of a pull request as a record keeps them: nothing of their messages but marks and trailers. */
export function writeCommits(
  plan: Plan,
  { commits }: Timeline,
  person: string,
  random: Random,
): RecordedCommit[] {
  const { trailer, note, agent: opener } = traces[plan.mark]
  const agent =
    plan.kind === 'dependencies' ? dependabot : plan.kind === 'release' ? releasePlease : opener
  const own = { kind: 'person', person } as const
  let marked = 0
  return commits.map(({ at, sha, later }) => {
    const mayCarry = plan.markLater ? later : true
    const carries =
      mayCarry && (marked === 0 || plan.mark === 'none-declared' || random.chance(markedAgain))
    if (carries) marked += 1
    const trailers = [
      ...(opener === undefined ? [] : [`Co-authored-by: person <${person}@person.invalid>`]),
      ...(carries && trailer !== undefined ? [trailer] : []),
    ]
    return {
      sha,
      parents: 1,
      authoredAt: isoTime(at),
      committedAt: isoTime(at),
      seenAt: null,
      author: agent?.identity ?? own,
      committer: agent === undefined ? own : webFlow,
      authorAccount: agent?.account ?? own,
      verified: agent !== undefined || random.chance(0.4),
      message: trailers.length === 0 ? '…\n' : `…\n\n${trailers.join('\n')}\n`,
      notes: carries && note !== undefined ? { ...note } : {},
    }
  })
}

/** A time as records write it, to the second. */
export function isoTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
