import type { Actor, PullRequestRecord, RecordedReview } from '../record.ts'
import type { Repository } from './cast.ts'
import { reviewBot } from './marks.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'
import { isoTime } from './write-commits.ts'

type Reviews = Pick<PullRequestRecord, 'threads' | 'reviewComments'> & {
  readonly reviews: RecordedReview[]
}

const botDelay = 180_000

/** Who reviewed what: rounds of one or two people, and a bot where the repository has one. */
export function writeReviews(
  plan: Plan,
  { rounds, commits }: Timeline,
  about: {
    readonly repository: Repository
    readonly reviewers: readonly string[]
    readonly until: number
  },
  random: Random,
): Reviews {
  const { reviewers, repository, until } = about
  const written: Reviews = { reviews: [], threads: [], reviewComments: [] }
  const add = (by: Actor, state: RecordedReview['state'], at: number, head: string) => {
    const id = random.below(2 ** 31)
    const submittedAt = isoTime(at)
    written.reviews.push({ id, by, state, submittedAt, dismissedAt: null, commit: head })
    const threads = state === 'approved' ? 0 : Math.min(5, random.poisson(1))
    for (let thread = 0; thread < threads; thread += 1) {
      const comment = random.below(2 ** 31)
      const comments = 1 + random.below(3)
      written.reviewComments?.push({ id: comment, by, at: submittedAt, commit: head })
      written.threads?.push({
        id: String(comment),
        openedBy: by,
        openedAt: submittedAt,
        comments,
        resolved: random.chance(0.9),
      })
    }
  }
  const opened = commits.findLast(({ later }) => !later)?.sha ?? ''
  const botAt = plan.readyAt + botDelay
  const endsBefore = Math.min(plan.endedAt, until)
  if (repository.botReviews && isWork(plan) && botAt < endsBefore && random.chance(0.7))
    add(reviewBot, 'commented', botAt, opened)
  const [first, second = first] = reviewers
  if (first === undefined) return written
  for (const { at, head, last } of rounds) {
    const approves = last && plan.ending === 'merged' && random.chance(0.95)
    const asks = !last && random.chance(0.45)
    const state = approves ? 'approved' : asks ? 'changes-requested' : 'commented'
    add({ kind: 'person', person: first }, state, at, head)
    if (second !== undefined && random.chance(0.2))
      add({ kind: 'person', person: second }, last ? 'approved' : 'commented', at, head)
  }
  return written
}

function isWork({ kind }: Plan): boolean {
  return kind === 'change' || kind === 'reland'
}
