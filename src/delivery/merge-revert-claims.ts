import type { PartMerger } from './part-merger.ts'
import type { PullRequestRecord, RevertClaim } from './record.ts'

const claimPlaces = [
  'branch',
  'title',
  'description',
  'message',
  'content',
  'correction',
] as const satisfies readonly RevertClaim['in'][]

/**
 * What each place says, as the newest reading of that place found it. Corrections stand in several texts: that there is none
 * can be said only by who read all of them.
 */
export function mergeRevertClaims(parts: PartMerger): RevertClaim[] {
  return claimPlaces.flatMap((place) => {
    const found = parts.newest(
      `revertClaims.${place}`,
      (record) => claimsIn(record, place),
      ({ claims, readMessage }) =>
        Number(place !== 'correction' || claims.length > 0 || readMessage),
    )
    return found?.claims ?? []
  })
}

interface ClaimsRead {
  readonly claims: RevertClaim[]
  readonly readMessage: boolean
}

/** Null where this record could not read that place. */
function claimsIn(record: PullRequestRecord, place: RevertClaim['in']): ClaimsRead | null {
  const claims = record.revertClaims.filter((claim) => claim.in === place)
  if (claims.length === 0 && !couldRead(record, place)) return null
  return { claims, readMessage: couldRead(record, 'message') }
}

function couldRead(record: PullRequestRecord, place: RevertClaim['in']): boolean {
  switch (place) {
    case 'branch':
      return record.head.name !== null || record.head.longLived !== null
    case 'title':
      return record.titleKeys !== null
    case 'description':
      return record.description !== null
    case 'message':
      return typeof record.merge?.message === 'string'
    case 'correction':
      return record.labels !== null || couldRead(record, 'message')
    case 'content':
      return false
  }
}
