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
  describeReverts,
  describeSizes,
  describeWeeks,
  findShareStep,
  funnelWindow,
  type GateThresholds,
  gateThresholds,
  isClone,
  METHOD_VERSION,
  mergedHours,
  mergeWindow,
  snapToMonday,
} from '../comparison/index.ts'
import {
  coveragePart,
  funnelPart,
  mergedPart,
  quantileParts,
  revertParts,
  sizeParts,
  weekParts,
} from './described-parts.ts'
import { integrityMeasures } from './integrity-measures.ts'
import { leftOutParts } from './left-out-parts.ts'
import { reportDefinitions } from './report-definitions.ts'
import { REPORT_VERSION, type Report } from './report-document.ts'
import { reportHeadline } from './report-headline.ts'
import { reportNotes } from './report-notes.ts'
import { reportRepositories } from './report-repositories.ts'
import { reportWarnings } from './report-warnings.ts'
import { peopleBand, roundCount, wholePercent } from './rounding.ts'
import { stateComparisons } from './state-comparison.ts'
import { timeText } from './times.ts'

/** What a report is made of. */
export interface ReportInput {
  readonly table: ChangeTable
  /** Monday 00:00 UTC of the snapshot to show: what `publishedAsOf` gave for the time asked for. */
  readonly asOf: number
  readonly askedFor: number
  readonly scope: {
    readonly kind: Report['scope']['kind']
    /** Of a repository its `owner/name`, under which the table may hold others beside it. */
    readonly name: string
    readonly synthetic: boolean
  }
  readonly thresholds?: GateThresholds | undefined
}

/**
 * Makes the report document: gated, rounded and in words. A function of what it is given alone: the same table, as-of time
 * and settings give the same report wherever it is made.
 */
export function buildReport(input: ReportInput): Report {
  const { table, asOf, scope, thresholds = gateThresholds } = input
  const repository = repositoryOf(table, scope)
  const described: Described = { table, asOf, repository }
  const compared = compareOutcomes(table, { asOf, repository, thresholds })
  const comparisons = stateComparisons(compared, thresholds)
  const weeks = describeWeeks(described, thresholds)
  const report = {
    version: REPORT_VERSION,
    method: METHOD_VERSION,
    registry: table.registries.toSorted().join(', ') || 'nothing read',
    scope: scopePart(table, scope),
    asOf: timeText(asOf),
    kept: keptPart(input),
    headline: reportHeadline(comparisons, thresholds),
    cohorts: cohortParts(describeCohorts(described, thresholds)),
    comparisons,
    quantiles: quantileParts(describeQuantiles(described, thresholds)),
    merged: mergedPart(mergedHours, describeMerged(described, thresholds)),
    reverts: revertParts(describeReverts(described, thresholds)),
    weeks: weekParts(weeks),
    funnel: funnelPart(funnelWindow(asOf), describeFunnel(described, thresholds)),
    coverage: coveragePart(mergeWindow(asOf), describeCoverage(described, thresholds)),
    sizes: sizeParts(describeSizes(described, thresholds)),
    integrity: integrityMeasures(describeIntegrity(described, thresholds)),
    repositories:
      repository === undefined && table.repositories.length > 1
        ? reportRepositories(table, asOf, thresholds)
        : [],
    excluded: leftOutParts(describeLeftOut(described, thresholds)),
    warnings: reportWarnings({
      table,
      asOf,
      isClone: isClone(table),
      limits: describeLimits(described, thresholds),
      step: findShareStep(weeks),
      comparisons,
    }),
    notes: [...reportNotes],
    settings: {
      people: thresholds.people,
      changes: thresholds.changes,
      largestPersonPercent: wholePercent(thresholds.personShare),
    },
  } satisfies Omit<Report, 'definitions'>
  return { ...report, definitions: reportDefinitions(report) }
}

/** The repository's number, where the table holds others too. */
function repositoryOf(
  { repositories }: ChangeTable,
  { kind, name }: ReportInput['scope'],
): number | undefined {
  if (kind === 'organisation' || repositories.length < 2) return undefined
  return repositories.indexOf(name)
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

function cohortParts({ assisted, other }: ReturnType<typeof describeCohorts>): Report['cohorts'] {
  return {
    assisted: assisted && cohortPart('AI recorded', assisted),
    other: other && cohortPart('no AI recorded', other),
  }
}

function cohortPart(label: string, { changes, people }: CohortSize) {
  return { label, changes: roundCount(changes), people: peopleBand(people) }
}
