import { aLabel, writeTime } from './builders.ts'
import { type Account, findLabel, type PullRequest, type Repository, sameName } from './state.ts'

/** Who changes labels, and when, in milliseconds since the epoch. */
export interface Actor {
  readonly account: Account
  readonly now: number
}

/** Puts a label on a pull request, unless it is there. One that the repository lacks is made, in the default colour. */
export function putLabel(
  repository: Repository,
  pullRequest: PullRequest,
  name: string,
  actor: Actor,
): void {
  if (pullRequest.labels.some((label) => sameName(label, name))) return
  const label = findLabel(repository, name) ?? aLabel(name)
  if (!repository.labels.includes(label)) repository.labels.push(label)
  pullRequest.labels.push(label.name)
  recordEvent(repository, pullRequest, 'labeled', label, actor)
}

/** Takes a label off a pull request. False when it was not there. */
export function takeLabel(
  repository: Repository,
  pullRequest: PullRequest,
  name: string,
  actor: Actor,
): boolean {
  const index = pullRequest.labels.findIndex((label) => sameName(label, name))
  if (index === -1) return false
  pullRequest.labels.splice(index, 1)
  recordEvent(
    repository,
    pullRequest,
    'unlabeled',
    findLabel(repository, name) ?? aLabel(name),
    actor,
  )
  return true
}

function recordEvent(
  repository: Repository,
  pullRequest: PullRequest,
  type: 'labeled' | 'unlabeled',
  { name, color }: { name: string; color: string },
  { account, now }: Actor,
): void {
  const ids = repository.pullRequests.flatMap(({ labelEvents }) => labelEvents.map(({ id }) => id))
  const createdAt = writeTime(now)
  pullRequest.labelEvents.push({
    id: Math.max(0, ...ids) + 1,
    type,
    label: { name, color },
    actor: account,
    createdAt,
  })
  pullRequest.updatedAt = createdAt
}
