import type { Actor, PullRequestRecord } from '../delivery/index.ts'
import { type ActorNode, labelledBy, type Viewer } from './actor-node.ts'
import type { TimelineItem } from './records-schema.ts'

type Name = TimelineItem['__typename']
type Item<Of extends Name> = Extract<TimelineItem, { readonly __typename: Of }>

const turns: Partial<Record<Name, 'draft' | 'ready'>> = {
  ReadyForReviewEvent: 'ready',
  ConvertToDraftEvent: 'draft',
}

const queueActions: Partial<
  Record<Name, 'queued' | 'unqueued' | 'auto-merge-on' | 'auto-merge-off'>
> = {
  AddedToMergeQueueEvent: 'queued',
  RemovedFromMergeQueueEvent: 'unqueued',
  AutoMergeEnabledEvent: 'auto-merge-on',
  AutoMergeDisabledEvent: 'auto-merge-off',
}

/** Milliseconds between a merge and the event that closes the pull request with it. */
const mergeAndClose = 5_000

/** What a pull request's timeline tells, in the lists of a record. Its items come from the oldest on. */
export class Timeline {
  readonly #items: readonly TimelineItem[]

  constructor(items: readonly TimelineItem[]) {
    this.#items = items
  }

  /** When each event of these kinds was. */
  times(...names: readonly Name[]): { at: string }[] {
    return this.#items
      .filter(({ __typename }) => names.includes(__typename))
      .map(({ createdAt }) => ({ at: iso(createdAt) }))
  }

  /** What the first turn changed tells how it was opened; undefined: there was none, and it is as it was. */
  openedAsDraft(): boolean | undefined {
    const first = this.draftEvents()[0]
    return first && first.to === 'ready'
  }

  draftEvents(): NonNullable<PullRequestRecord['draftEvents']> {
    return this.#items.flatMap(({ __typename, createdAt }) => {
      const to = turns[__typename]
      return to === undefined ? [] : [{ at: iso(createdAt), to }]
    })
  }

  queueEvents(): PullRequestRecord['queueEvents'] {
    return this.#items.flatMap(({ __typename, createdAt }) => {
      const action = queueActions[__typename]
      return action === undefined ? [] : [{ at: iso(createdAt), action }]
    })
  }

  labelEvents(viewer: Viewer): PullRequestRecord['labelEvents'] {
    return this.#items.flatMap((item) =>
      item.__typename === 'LabeledEvent' || item.__typename === 'UnlabeledEvent'
        ? [
            {
              label: item.label.name,
              action: item.__typename === 'LabeledEvent' ? 'added' : 'removed',
              by: labelledBy(item.actor, viewer, { reading: true }),
              at: iso(item.createdAt),
            },
          ]
        : [],
    )
  }

  /** The force pushes: GitHub tells of no others afterwards. */
  pushes(record: (actor: ActorNode | null) => Actor): PullRequestRecord['pushes'] {
    return this.#of('HeadRefForcePushedEvent').flatMap(
      ({ createdAt, actor, beforeCommit, afterCommit }) =>
        afterCommit
          ? [
              {
                at: iso(createdAt),
                head: afterCommit.oid,
                before: beforeCommit?.oid ?? null,
                forced: true,
                by: record(actor),
              },
            ]
          : [],
    )
  }

  /** Whether the new head of a force push is gone, so that `pushes` has not all of them. */
  lacksPushes(): boolean {
    return this.#of('HeadRefForcePushedEvent').some(({ afterCommit }) => !afterCommit)
  }

  /** Author dates of heads that were pushed away, milliseconds since the epoch; merges count as no work. */
  formerDates(): number[] {
    return this.#of('HeadRefForcePushedEvent').flatMap(({ beforeCommit }) =>
      beforeCommit?.authoredDate === undefined || beforeCommit.parents.totalCount > 1
        ? []
        : [beforeCommit.authoredDate],
    )
  }

  /** GitHub closes what it merges, which is no close of its own. */
  closes(mergedAt: number | null): PullRequestRecord['closes'] {
    return this.#of('ClosedEvent')
      .filter(({ createdAt }) => mergedAt === null || createdAt < mergedAt - mergeAndClose)
      .map(({ createdAt }) => ({ at: iso(createdAt) }))
  }

  dismissalOf(review: number): Item<'ReviewDismissedEvent'> | undefined {
    return this.#of('ReviewDismissedEvent').find((event) => event.review?.fullDatabaseId === review)
  }

  #of<Of extends Name>(name: Of): Item<Of>[] {
    return this.#items.filter((item): item is Item<Of> => item.__typename === name)
  }
}

/** GitHub's times are whole seconds of our age, so that none is out of range. */
export function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z')
}
