import {
  aLabel,
  type FakeGitHub,
  type HistoryEvent,
  type PullRequest,
  type PullRequestHistory,
  playHistory,
  type Repository,
  tellOfRepository,
} from '../fake-github/index.ts'
import { deliveriesOfEvent, deliveryOfOpening, type RawDelivery } from './deliveries-of.ts'

/** A history that has only begun. */
export type Opening = Omit<PullRequestHistory, 'events'>

/**
 * A pull request on a fake GitHub that lives: each event changes the fake's state first, and then GitHub sends what it sends of
 * it to the Apps that may know. Whoever asks meanwhile finds the state, not the delivery.
 *
 * @example
 * const live = await LivePullRequest.open(github, repository, { number: 7, author, openedAt: minute(1), commits: [{}] })
 * await live.happens({ type: 'review', at: minute(9), by: reviewer, state: 'APPROVED' })
 * await live.happens({ type: 'merge', at: minute(20), method: 'squash' })
 */
export class LivePullRequest {
  readonly #github: FakeGitHub
  readonly #repository: Repository
  #history: PullRequestHistory
  /** The base branch's commit that its merge went onto. */
  #tip: string | undefined

  private constructor(github: FakeGitHub, repository: Repository, opening: Opening) {
    this.#github = github
    this.#repository = repository
    this.#history = { ...opening, events: [] }
  }

  static async open(
    github: FakeGitHub,
    repository: Repository,
    opening: Opening,
  ): Promise<LivePullRequest> {
    const live = new LivePullRequest(github, repository, opening)
    const { pullRequest } = playHistory(live.#history)
    repository.pullRequests.push(pullRequest)
    await live.#tell([deliveryOfOpening(live.#place, pullRequest)], pullRequest)
    return live
  }

  /** As the fake holds it now: another object after each event. */
  get now(): PullRequest {
    const { number } = this.#history
    const found = this.#repository.pullRequests.find((one) => one.number === number)
    if (found === undefined) throw new Error(`#${number} is gone from its repository`)
    return found
  }

  async happens(event: HistoryEvent): Promise<void> {
    const before = this.now
    if ('label' in event) this.#know(event.label)
    this.#history = { ...this.#history, events: [...this.#history.events, event] }
    const after = this.#play(event)
    const { pullRequests } = this.#repository
    pullRequests[pullRequests.indexOf(before)] = after
    await this.#tell(deliveriesOfEvent(this.#place, event, before, after), after)
  }

  get #place() {
    return { repository: this.#repository, urls: this.#github.urls }
  }

  #play(event: HistoryEvent): PullRequest {
    const { refs, commits, defaultBranch } = this.#repository
    const branch = `refs/heads/${defaultBranch}`
    if (event.type === 'merge') this.#tip = refs[branch]
    const { pullRequest, landed } = playHistory(this.#history, this.#tip)
    if (event.type === 'merge') {
      commits.push(...landed.slice(0, -1))
      const { base, mergeCommit } = pullRequest
      if (base.ref === defaultBranch && mergeCommit !== null) refs[branch] = mergeCommit.sha
    }
    return pullRequest
  }

  #know(name: string): void {
    const { labels } = this.#repository
    if (!labels.some((label) => label.name === name)) labels.push(aLabel(name))
  }

  async #tell(deliveries: readonly RawDelivery[], { author }: PullRequest): Promise<void> {
    for (const { event, payload } of deliveries) {
      const more = { ...(payload as object) }
      await tellOfRepository(this.#github, this.#repository, { event, sender: author, more })
    }
  }
}
