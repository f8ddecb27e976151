import * as z from 'zod/mini'

/** What a run is about: a pull request, a commit that may have come from one, or nothing. */
export type Target =
  | { readonly kind: 'pull-request'; readonly number: number }
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'nothing'; readonly because: string }

const PullRequestEvent = z.object({
  pull_request: z.object({ number: z.int().check(z.positive()) }),
})
const MergeGroupEvent = z.object({ merge_group: z.object({ head_ref: z.string() }) })
const PushEvent = z.object({
  after: z.string(),
  deleted: z.catch(z.boolean(), false),
  ref: z.string(),
})

/** GitHub names a merge queue's branches so; the payload does not give the number otherwise. */
const queueBranch = /\/pr-(\d+)-[0-9a-f]{40,64}$/

/** Finds what the event is about. A number given as an input counts for any event. */
export function findTarget(eventName: string, payload: unknown, given: number | undefined): Target {
  if (given !== undefined) return { kind: 'pull-request', number: given }
  switch (eventName) {
    case 'pull_request':
    case 'pull_request_target': {
      const event = PullRequestEvent.safeParse(payload)
      return event.success
        ? { kind: 'pull-request', number: event.data.pull_request.number }
        : nothing('the event names no pull request')
    }
    case 'merge_group': {
      const event = MergeGroupEvent.safeParse(payload)
      const number = event.success
        ? queueBranch.exec(event.data.merge_group.head_ref)?.[1]
        : undefined
      return number === undefined
        ? nothing('the merge group names no pull request')
        : { kind: 'pull-request', number: Number(number) }
    }
    case 'push': {
      const event = PushEvent.safeParse(payload)
      if (!event.success || event.data.deleted || !event.data.ref.startsWith('refs/heads/')) {
        return nothing('nothing was pushed to a branch')
      }
      return { kind: 'commit', sha: event.data.after }
    }
    case 'workflow_dispatch':
      return nothing('the input pull-request was not given, and this event names none')
    default:
      return nothing(
        `the event ${JSON.stringify(eventName.slice(0, 50))} is not one that this Action reads; the input pull-request makes it read one all the same`,
      )
  }
}

function nothing(because: string): Target {
  return { kind: 'nothing', because }
}
