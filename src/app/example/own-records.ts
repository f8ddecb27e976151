import { type PullRequestRecord, syntheticOrganisation } from '../../delivery/index.ts'
import { busyTeams } from './example-teams.ts'

/** As many as fill a page. */
const most = 30

/**
 * The newest pull requests of one made-up person in the example, the newest first: what such a person would find on the page of
 * their own changes.
 *
 * @param asOf Monday 00:00 UTC, milliseconds since the epoch: until then it all happened
 */
export function exampleOwnRecords(asOf: number): readonly PullRequestRecord[] {
  const until = new Date(asOf).toISOString()
  const byPerson = new Map<string, PullRequestRecord[]>()
  for (const team of busyTeams.slice(0, 1)) {
    for (const record of syntheticOrganisation({ ...team, asOf: until })) {
      if (record.record !== 'pull-request' || record.author?.kind !== 'person') continue
      const { person } = record.author
      const own = byPerson.get(person) ?? []
      byPerson.set(person, own)
      own.push(record)
    }
  }
  const [busiest = []] = [...byPerson.values()].sort((one, other) => other.length - one.length)
  return busiest.slice(-most).reverse()
}
