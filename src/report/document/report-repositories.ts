import {
  type ChangeTable,
  compareRepositories,
  type EstimatedDifference,
  type GateThresholds,
  gateThresholds,
  type RepositoryComparison,
  refreshedRepositories,
} from '../../comparison/index.ts'
import type { Report } from './report-document.ts'
import { roundDifference } from './round-difference.ts'

export interface RepositoriesInput {
  readonly table: ChangeTable
  readonly asOf: number
  readonly thresholds: GateThresholds
  /** The Monday of the report that was published last, where it is known. */
  readonly lastPublished?: number | undefined
  /** Those that are published by themselves, by number, where that is known. */
  readonly released?: ReadonlySet<number> | undefined
}

/** The repositories of which any difference is shown, by name: numbers and intervals, without verdicts. */
export function reportRepositories({
  table,
  asOf,
  thresholds,
  lastPublished,
  released,
}: RepositoriesInput): Report['repositories'] {
  const may = released ?? refreshed(table, asOf, { thresholds, lastPublished })
  const isHeld = (repository: number) => !may.has(repository)
  return compareRepositories(table, { asOf, thresholds, isHeld })
    .filter(({ cycleTime, reviewRounds, reverts }) => cycleTime ?? reviewRounds ?? reverts)
    .map((compared) => ({
      name: table.repositories[compared.repository] ?? String(compared.repository),
      comparisons: differencesOf(compared),
    }))
    .sort((one, next) => (one.name < next.name ? -1 : 1))
}

/** Under raised thresholds one may seem to have been hidden that an earlier report has shown. */
function refreshed(
  table: ChangeTable,
  asOf: number,
  { thresholds, lastPublished }: Pick<RepositoriesInput, 'thresholds' | 'lastPublished'>,
): ReadonlySet<number> {
  const byOwn = refreshedRepositories(table, asOf, { thresholds, lastPublished })
  if (thresholds === gateThresholds) return byOwn
  return byOwn.intersection(refreshedRepositories(table, asOf, { lastPublished }))
}

function differencesOf({
  cycleTime,
  reviewRounds,
  reverts,
}: RepositoryComparison): Report['repositories'][number]['comparisons'] {
  const rounded = (difference: EstimatedDifference | null) =>
    difference && roundDifference(difference, 'per-1000')
  return [
    { outcome: 'cycle-time', estimate: rounded(cycleTime) },
    { outcome: 'review-rounds', estimate: rounded(reviewRounds) },
    { outcome: 'reverts', estimate: rounded(reverts) },
  ]
}
