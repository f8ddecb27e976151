import type {
  FakeGitHub,
  HistoryEvent,
  PullRequestHistory,
  Repository,
} from '../fake-github/index.ts'
import { LivePullRequest } from './live-pull-request.ts'

/** What happens in one repository. */
export interface Play {
  readonly repository: Repository
  readonly histories: readonly PullRequestHistory[]
}

/**
 * Lets histories of several repositories happen on a fake GitHub, all of them in the order of time, with the deliveries of each
 * step: `github.hooks.fate` says which of these arrive.
 *
 * @param at told of the time of each step before it, ISO 8601, to set a clock by
 */
export async function playOrganisation(
  github: FakeGitHub,
  plays: readonly Play[],
  at: (time: string) => void | Promise<void> = () => {},
): Promise<void> {
  const steps = plays
    .flatMap(({ repository, histories }) =>
      histories.flatMap((history) => stepsOf(github, repository, history)),
    )
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at))
  for (const step of steps) {
    await at(step.at)
    await step.happen()
  }
}

interface Step {
  readonly at: string
  readonly happen: () => Promise<void>
}

function stepsOf(
  github: FakeGitHub,
  repository: Repository,
  { events, ...opening }: PullRequestHistory,
): Step[] {
  let live: LivePullRequest | undefined
  const open = async () => {
    live = await LivePullRequest.open(github, repository, opening)
  }
  const happen = (event: HistoryEvent) => async () => {
    await live?.happens(event)
  }
  return [
    { at: opening.openedAt, happen: open },
    ...events.map((event) => ({ at: event.at, happen: happen(event) })),
  ]
}
