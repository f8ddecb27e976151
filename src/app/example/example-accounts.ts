import { nextSnapshotDue } from '../jobs/next-snapshot-due.ts'
import { accountOfReports, type DocumentAccount } from '../library/document-library.ts'
import type { AccountState, Standing } from '../library/library.ts'
import type { ExampleReports } from './make-example.ts'

/**
 * The accounts of the example: two with reports, and of each other state one, with nothing behind it.
 *
 * @param now milliseconds since the epoch
 */
export function exampleAccounts(
  { busy, quiet }: ExampleReports,
  now: number,
): readonly DocumentAccount[] {
  const example = accountOfReports(busy, now)
  return [
    {
      ...example,
      repositories: [
        ...example.repositories,
        { name: 'example/archive', standing: { kind: 'unreadable' } },
        { name: 'example/launch-site', standing: { kind: 'awaited', due: nextSnapshotDue(now) } },
        {
          name: 'example/recommendations',
          standing: { kind: 'reading', repositories: { read: 0, all: 1 }, pullRequests: 1_240 },
        },
        { name: 'example/sandbox', standing: { kind: 'empty' } },
      ],
    },
    accountOfReports(quiet, now),
    without('example-closed', 'closed', { kind: 'closed' }),
    without('example-empty', 'open', { kind: 'empty' }),
    without('example-new', 'open', {
      kind: 'reading',
      repositories: { read: 3, all: 11 },
      pullRequests: 8_420,
    }),
    without('example-paused', 'suspended', {
      kind: 'reading',
      repositories: { read: 1, all: 2 },
      pullRequests: 310,
    }),
  ]
}

/** An account of which there are no reports. */
function without(name: string, state: AccountState, standing: Standing): DocumentAccount {
  return {
    name,
    synthetic: true,
    state,
    standing,
    // As of a real one, nothing of its repositories is shown then.
    repositories:
      state === 'suspended' ? [] : [{ name: `${name}/website`, standing: ofRepository(standing) }],
  }
}

function ofRepository(standing: Standing): Standing {
  return standing.kind === 'reading' ? { ...standing, repositories: { read: 0, all: 1 } } : standing
}
