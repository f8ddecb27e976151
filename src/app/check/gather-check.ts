import type { Change, PullRequestRecord } from '../../delivery/index.ts'
import { changeFacts } from '../../delivery/index.ts'
import { assessChange, type KnownMarks, toolName } from '../../provenance/index.ts'
import {
  type CheckContents,
  loadReports,
  type ScopeStatement,
  type ShownDeclaration,
} from '../../report/index.ts'
import type { Correction, Facts, Snapshot, StoredRepository } from '../../store/index.ts'
import { nextSnapshotDue } from '../jobs/next-snapshot-due.ts'
import { type AccountSettings, readAccountSettings } from '../settings/account-settings.ts'
import { meetsSettings } from '../settings/meets-settings.ts'
import { isCorrectable, saidCorrections } from './decide-declaration.ts'

/** What a check is made from beside the facts. */
export interface Gathering {
  readonly marks: KnownMarks
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Web address of GitHub, without a slash at its end. */
  readonly webUrl: string
  /** Whether the whole organisation's statement is shown in this repository. */
  readonly showsOrganisation: boolean
}

/**
 * What the check of a pull request tells, out of what is kept: this change alone, and the latest published statements. What
 * lies between a change and its author's other changes is asked of nothing here.
 */
export async function gatherCheck(
  facts: Facts,
  {
    repository,
    record,
    change,
    corrections,
  }: {
    readonly repository: StoredRepository
    readonly record: PullRequestRecord
    readonly change: Change
    readonly corrections: readonly Correction[]
  },
  { marks, now, webUrl, showsOrganisation }: Gathering,
): Promise<CheckContents> {
  const mergedAt = record.merge === null ? null : Date.parse(record.merge.at)
  const settings = await readAccountSettings(facts)
  return {
    assessment: assessChange(changeFacts(record), marks),
    change,
    declarations: saidCorrections(corrections).map((correction) =>
      shownDeclaration(correction, change),
    ),
    open: isCorrectable(mergedAt, now),
    missing: missingParts(record),
    statements: settings.open
      ? [
          await repositoryStatement(facts, repository, settings, now),
          ...(showsOrganisation ? [await organisationStatement(facts, settings, now)] : []),
        ]
      : [],
    repositoryUrl: `${webUrl}/${repository.name}`,
    toolName: (id) => toolName(id, marks),
  }
}

/** What somebody said, as it is shown beside the change. */
export function shownDeclaration(
  { claim, role, saidAt, undoneAt }: Correction,
  change: Change,
): ShownDeclaration {
  return {
    claim,
    by: role,
    at: new Date(saidAt).toISOString(),
    undoneAt: undoneAt === null ? null : new Date(undoneAt).toISOString(),
    after: startBefore(saidAt, change),
  }
}

function startBefore(time: number, { readyAt, mergedAt }: Change): ShownDeclaration['after'] {
  if (mergedAt !== null && time > Date.parse(mergedAt)) return 'merged'
  return readyAt !== null && time > Date.parse(readyAt) ? 'ready' : null
}

const listNames: Readonly<Record<PullRequestRecord['truncated'][number], string>> = {
  commits: 'commits',
  reviews: 'reviews',
  reviewComments: 'review comments',
  threads: 'review threads',
  timeline: 'events',
  labels: 'labels',
  files: 'changed files',
}

function missingParts({ truncated, commits }: PullRequestRecord): string[] {
  return [
    ...(commits === null ? ['Its commits could not be read.'] : []),
    ...truncated.map((list) => `GitHub did not give all of its ${listNames[list]}.`),
  ]
}

async function repositoryStatement(
  facts: Facts,
  { id, backfilledAt, read, total }: StoredRepository,
  settings: AccountSettings,
  now: number,
): Promise<ScopeStatement> {
  const published = await toPublished(await facts.snapshots.latest('repository', id), settings)
  if (published !== undefined) return { scope: 'repository', state: published }
  return {
    scope: 'repository',
    state: backfilledAt === null ? { kind: 'reading', read: read ?? 0, total } : awaited(now),
  }
}

async function organisationStatement(
  facts: Facts,
  settings: AccountSettings,
  now: number,
): Promise<ScopeStatement> {
  const published = await toPublished(await facts.snapshots.latest('organisation', 0), settings)
  if (published !== undefined) return { scope: 'organisation', state: published }
  const active = (await facts.repositories.list()).filter(({ state }) => state === 'active')
  if (active.every(({ backfilledAt }) => backfilledAt !== null)) {
    return { scope: 'organisation', state: awaited(now) }
  }
  const totals = active.map(({ total }) => total)
  return {
    scope: 'organisation',
    state: {
      kind: 'reading',
      read: sumOf(active.map(({ read }) => read ?? 0)),
      total: totals.includes(null) ? null : sumOf(totals.map((total) => total ?? 0)),
    },
  }
}

/** The first may be made sooner, once the last of the repositories is read. */
function awaited(now: number): ScopeStatement['state'] {
  return { kind: 'awaited', due: new Date(nextSnapshotDue(now)).toISOString() }
}

/**
 * Undefined also where a newer version of the App wrote it, beside which this one still runs, and where the owners ask more of a group
 * by now than when it was made.
 */
async function toPublished(
  snapshot: Snapshot | undefined,
  settings: AccountSettings,
): Promise<ScopeStatement['state'] | undefined> {
  if (snapshot === undefined) return undefined
  const { parseReport } = await loadReports()
  const report = parseReport(snapshot.report)
  if (report === undefined || !meetsSettings(report, settings)) return undefined
  return { kind: 'published', report }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
