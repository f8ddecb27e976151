import { cohortsPass } from '../disclosure/cohort-gate.ts'
import { disclose, type GateThresholds, gateThresholds } from '../disclosure/disclosure-gate.ts'
import { disclosedRepositories } from '../disclosure/shown-rows.ts'
import { Comparable } from '../strata/comparable.ts'
import { at } from '../strata/layout.ts'
import { keep, outcomesOf, type Sample } from '../strata/sample.ts'
import type { ChangeTable } from '../table/change-table.ts'
import { splitByRepository } from '../table/split-by-repository.ts'
import { estimate } from './estimate.ts'
import type { Headline } from './headline.ts'
import { cycleTimeHeadline, revertsHeadline, reviewRoundsHeadline } from './headline-outcomes.ts'
import { outcomeContext } from './outcome-context.ts'
import { type EstimatedDifference, trustedDifference } from './trusted-difference.ts'

/** One repository of the breakdown: differences with intervals, and no verdict. null: not shown, or too little to compare. */
export interface RepositoryComparison {
  /** Number of the repository in the table. */
  readonly repository: number
  readonly cycleTime: EstimatedDifference | null
  readonly reviewRounds: EstimatedDifference | null
  readonly reverts: EstimatedDifference | null
}

export interface RepositoryOptions {
  readonly asOf: number
  readonly thresholds?: GateThresholds
  /** Whether a repository must stay hidden, however large it is; by its number. */
  readonly isHeld?: (repository: number) => boolean
}

/**
 * Compares the cohorts within each repository. Of every outcome only those repositories are shown that the gate lets pass,
 * and that leave nothing to be told by subtraction.
 *
 * @returns a row for every repository of the table, in its order
 */
export function compareRepositories(
  table: ChangeTable,
  { asOf, thresholds = gateThresholds, isHeld = () => false }: RepositoryOptions,
): RepositoryComparison[] {
  const context = outcomeContext(table, { asOf }, thresholds)
  const compare = (headline: Headline) => breakDown(headline, { asOf, thresholds, isHeld })
  const cycleTime = compare(cycleTimeHeadline(context))
  const reviewRounds = compare(reviewRoundsHeadline(context))
  const reverts = compare(revertsHeadline(context))
  return table.repositories.map((_, repository) => ({
    repository,
    cycleTime: cycleTime.get(repository) ?? null,
    reviewRounds: reviewRounds.get(repository) ?? null,
    reverts: reverts.get(repository) ?? null,
  }))
}

function breakDown(
  headline: Headline,
  { asOf, thresholds, isHeld }: Required<RepositoryOptions>,
): Map<number, EstimatedDifference> {
  const whole = headline.comparableAt(asOf).sample
  const parts = splitByRepository(whole)
  // A report of one repository alone shows a cohort where it is among these: no other is shown here.
  const shown = ([0, 1] as const).map((member) => {
    const { repository, person } = keep(whole, (i) => at(whole.assisted, i) === member)
    return disclosedRepositories(repository, person, thresholds)
  })
  const cells = Array.from(parts, ([repository, sample]) => ({
    id: String(repository),
    assisted: peopleOf(sample, 1),
    other: peopleOf(sample, 0),
    held: isHeld(repository) || !shown.every((some) => some.has(repository)),
  }))
  const differences = new Map<number, EstimatedDifference>()
  for (const id of disclose(cells, thresholds).shown) {
    const sample = parts.get(Number(id))
    const difference = sample && differenceIn(sample, headline, thresholds)
    if (difference) differences.set(Number(id), difference)
  }
  return differences
}

function differenceIn(
  sample: Sample,
  { kind, outcomeOf }: Headline,
  thresholds: GateThresholds,
): EstimatedDifference | null {
  const { layout, comparedPeople } = new Comparable(sample)
  if (!cohortsPass(comparedPeople, thresholds)) return null
  const found = estimate(layout, outcomesOf(sample, outcomeOf), kind)
  return found && trustedDifference(found)
}

function peopleOf({ person, assisted }: Sample, member: 0 | 1): Int32Array {
  return person.filter((_, i) => at(assisted, i) === member)
}
