import {
  type ChangeTable,
  type CohortSize,
  compareOutcomes,
  type Described,
  describeCohorts,
  describeCoverage,
  describeFunnel,
  describeIntegrity,
  describeLeftOut,
  describeLimits,
  describeMerged,
  describeQuantiles,
  describeReadings,
  describeReverts,
  describeSizes,
  describeUnread,
  describeWeeks,
  findShareStep,
  funnelWindow,
  type GateThresholds,
  gateThresholds,
  isClone,
  METHOD_VERSION,
  mergeWindow,
  readinessWindow,
  reportedWindow,
  snapToMonday,
  toldUntil,
} from '../../comparison/index.ts'
import { inShownGroups } from './both-groups.ts'
import { coveragePart } from './coverage-part.ts'
import { funnelPart, mergedPart, revertPart, sizePart, weekParts } from './described-parts.ts'
import { withEnough } from './enough.ts'
import { followedGroup, gateText, hiddenGroup } from './gate-words.ts'
import { integrityPart } from './integrity-measures.ts'
import { leftOutParts } from './left-out-parts.ts'
import { warnOfMissing } from './missing-parts.ts'
import { quantileParts } from './quantile-parts.ts'
import { reportDefinitions } from './report-definitions.ts'
import { REPORT_VERSION, type Report } from './report-document.ts'
import { reportHeadline } from './report-headline.ts'
import { reportNotes } from './report-notes.ts'
import { reportReadings, type Unread } from './report-readings.ts'
import { reportRepositories } from './report-repositories.ts'
import { reportWarnings } from './report-warnings.ts'
import { windowPart } from './rounded-value.ts'
import { peopleBand, roundCount, wholePercent } from './rounding.ts'
import { type SelfAuditAnswers, writeSelfAudit } from './self-audit.ts'
import { stateComparisons } from './state-comparison.ts'
import { timeText } from './times.ts'

/** What a report is made of. */
export interface ReportInput {
  readonly table: ChangeTable
  /** Monday 00:00 UTC of the snapshot to show: what `publishedAsOf` gave for the time asked for. */
  readonly asOf: number
  readonly askedFor: number
  /**
   * Monday of the report that was published last, where it is known: of several repositories only those are shown beside each
   * other that may follow it.
   */
  readonly lastPublished?: number | undefined
  /** The repositories, by number, whose own reports are published beside this one, where that is known: no others are shown. */
  readonly released?: ReadonlySet<number> | undefined
  readonly scope: {
    readonly kind: Report['scope']['kind']
    /** Of a repository its `owner/name`. */
    readonly name: string
    /** Of a repository its number in the table, where that holds several: of two, one may have got the other's old name. */
    readonly repository?: number | undefined
    readonly synthetic: boolean
  }
  readonly thresholds?: GateThresholds | undefined
  /** What the owners of an account answered about the use of the numbers; null: nothing yet; absent: there is no account. */
  readonly selfAudit?: SelfAuditAnswers | null | undefined
}

/**
 * Makes the report document: gated, rounded and in words. A function of what it is given alone: the same table, as-of time
 * and settings give the same report wherever it is made.
 *
 * @throws RangeError where the scope is a repository, and the table holds several and not the one of that number
 */
export function buildReport(input: ReportInput): Report {
  const { table, asOf, scope, lastPublished, released, thresholds = gateThresholds } = input
  const repository = repositoryOf(table, scope)
  const described: Described = { table, asOf, repository }
  const compared = compareOutcomes(table, { asOf, repository, thresholds })
  const weeks = describeWeeks(described, thresholds)
  const sizes = describeCohorts(described, thresholds)
  const window = reportedWindow(described)
  const [ready, merged] = [readinessWindow(asOf), mergeWindow(asOf)]
  const clone = isClone(table)
  const cohorts = {
    window: windowPart(window),
    clock: clone ? 'merged' : 'ready',
    ...inShownGroups(sizes, cohortPart),
  } as const
  // One repository among several may also be hidden for what the others would leave.
  const tooSmall = repository === undefined ? hiddenGroup(cohorts) : undefined
  const areShown = cohorts.aiRecorded !== null && cohorts.noneRecorded !== null
  const whyHidden = gateText(thresholds, areShown ? followedGroup : tooSmall)
  const parts = {
    quantiles: quantileParts({ ready, merged }, describeQuantiles(described, thresholds)),
    merged: mergedPart(ready, describeMerged(described, thresholds)),
    reverts: revertPart(describeReverts(described, thresholds)),
    weeks: weekParts(weeks),
    funnel: funnelPart(funnelWindow(asOf), describeFunnel(described, thresholds)),
    coverage: coveragePart(merged, describeCoverage(described, thresholds)),
    sizes: sizePart(window, describeSizes(described, thresholds)),
  }
  const comparisons = withEnough(stateComparisons(compared, thresholds), compared, {
    weeks: parts.weeks,
    merged: parts.merged,
    cohorts,
    asOf,
  })
  const report = {
    version: REPORT_VERSION,
    method: METHOD_VERSION,
    registry: table.registries.toSorted().join(', ') || 'nothing read',
    scope: scopePart(table, scope),
    asOf: timeText(asOf),
    kept: keptPart(input),
    headline: reportHeadline(comparisons, whyHidden),
    cohorts,
    comparisons,
    ...parts,
    integrity: integrityPart(window, describeIntegrity(described, thresholds)),
    repositories:
      repository === undefined && table.repositories.length > 1
        ? reportRepositories({ table, asOf, thresholds, lastPublished, released })
        : [],
    excluded: leftOutParts(describeLeftOut(described, thresholds)),
    warnings: [
      ...reportWarnings({
        table,
        asOf,
        isClone: clone,
        readings: describeReadings(described),
        limits: describeLimits(described, thresholds),
        unread: describeUnread(described, thresholds),
        step: findShareStep(weeks, toldUntil(described)),
        comparisons,
      }),
      ...warnOfMissing({
        parts,
        isClone: clone,
        isOneOfSeveral: repository !== undefined,
        thresholds,
      }),
    ],
    notes: [...reportNotes],
    ...selfAuditPart(input),
    settings: {
      people: thresholds.people,
      changes: thresholds.changes,
      largestPersonPercent: wholePercent(thresholds.personShare),
    },
  } satisfies Unread
  return {
    ...report,
    readings: reportReadings(report),
    definitions: reportDefinitions(report),
  }
}

/** The repository's number, where the table holds others too. */
function repositoryOf(
  { repositories }: ChangeTable,
  { kind, repository }: ReportInput['scope'],
): number | undefined {
  if (kind === 'organisation' || repositories.length < 2) return undefined
  if (repository === undefined || repositories[repository] === undefined) {
    throw new RangeError(
      `The table holds ${repositories.length} repositories and none of number ${repository}: name the one to report on by its number in the table`,
    )
  }
  return repository
}

function scopePart(
  { repositories, sources }: ChangeTable,
  { kind, name, synthetic }: ReportInput['scope'],
): Report['scope'] {
  const count = kind === 'repository' ? 1 : Math.max(1, repositories.length)
  return { kind, name, repositories: count, synthetic, sources: sources.toSorted() }
}

function keptPart({ asOf, askedFor }: ReportInput): Report['kept'] {
  const due = snapToMonday(askedFor)
  if (asOf >= due) return null
  return {
    since: timeText(due),
    reason:
      'Too few people stand behind what came in or went out since: the two reports could be subtracted.',
  }
}

/** Not there at all where there is no account. */
function selfAuditPart({ selfAudit }: ReportInput): Pick<Report, 'selfAudit'> {
  if (selfAudit === undefined) return {}
  return { selfAudit: selfAudit && writeSelfAudit(selfAudit) }
}

function cohortPart({ changes, people }: CohortSize) {
  return { changes: roundCount(changes), people: peopleBand(people) }
}
