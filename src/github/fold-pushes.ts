import { type PullRequestRecord, type Recording, recordActor } from '../delivery/index.ts'
import type { DeliveryOf } from './delivery-schema.ts'

type Push = NonNullable<PullRequestRecord['pushes']>[number]

/** The pushes that `synchronize` tells, the oldest first. Whether one was forced it does not say. */
export function foldPushes(
  deliveries: readonly DeliveryOf<'pull_request'>[],
  recording: Recording,
): Push[] {
  const pushes = deliveries.flatMap(({ payload }): Push[] => {
    const { action, before, after, sender, pull_request: pullRequest } = payload
    if (action !== 'synchronize') return []
    const by =
      sender &&
      recordActor({ id: sender.id, login: sender.login, bot: sender.type === 'Bot' }, recording)
    return [
      {
        at: pullRequest.updated_at,
        head: after ?? pullRequest.head.sha,
        before: before ?? null,
        forced: null,
        by: by ?? null,
      },
    ]
  })
  return [...Map.groupBy(pushes, ({ at }) => at).values()].flatMap(chained)
}

/** Pushes within one second, each after the one that it was put upon. */
function chained(pushes: readonly Push[]): Push[] {
  const rest = [...pushes]
  const ordered: Push[] = []
  while (rest.length > 0) {
    const first = rest.findIndex(({ before }) => !rest.some(({ head }) => head === before))
    ordered.push(...rest.splice(Math.max(first, 0), 1))
  }
  return ordered
}
