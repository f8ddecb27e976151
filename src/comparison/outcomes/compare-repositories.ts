import { cohortsPass, countCompared } from '../disclosure/cohort-gate.ts'
import { disclose, type GateThresholds, gateThresholds } from '../disclosure/disclosure-gate.ts'
import { disclosedRepositories } from '../disclosure/shown-rows.ts'
import { numberPeople } from '../numbers/number-people.ts'
import { splitBy } from '../numbers/split-by.ts'
import { inCohort } from '../strata/choices.ts'
import { layOut } from '../strata/layout.ts'
import { keep, type Sample } from '../strata/sample.ts'
import { splitByRepository } from '../strata/split-by-repository.ts'
import { chooseStrata } from '../strata/strata.ts'
import type { ChangeTable } from '../table/change-table.ts'
import type { OutcomeDefinition } from './compare-one-outcome.ts'
import { estimate } from './estimate.ts'
import { outcomeContext } from './outcome-context.ts'
import { cycleTimeOutcome, revertsOutcome, reviewRoundsOutcome } from './outcome-definitions.ts'
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
  const compare = (definition: OutcomeDefinition) =>
    breakDown(definition, { asOf, thresholds, isHeld })
  const cycleTime = compare(cycleTimeOutcome(context))
  const reviewRounds = compare(reviewRoundsOutcome(context))
  const reverts = compare(revertsOutcome(context))
  return table.repositories.map((_, repository) => ({
    repository,
    cycleTime: cycleTime.get(repository) ?? null,
    reviewRounds: reviewRounds.get(repository) ?? null,
    reverts: reverts.get(repository) ?? null,
  }))
}

function breakDown(
  definition: OutcomeDefinition,
  { asOf, thresholds, isHeld }: Required<RepositoryOptions>,
): Map<number, EstimatedDifference> {
  const whole = definition.comparableAt(asOf).sample
  const parts = splitByRepository(whole)
  const [other, assisted] = [cohortOf(whole, 0, thresholds), cohortOf(whole, 1, thresholds)]
  const cells = Array.from(parts.keys(), (repository) => ({
    id: String(repository),
    assisted: assisted.people.get(repository) ?? [],
    other: other.people.get(repository) ?? [],
    // A report of one repository alone shows a cohort where it is among these: no other is shown here.
    held: isHeld(repository) || !assisted.shown.has(repository) || !other.shown.has(repository),
  }))
  const differences = new Map<number, EstimatedDifference>()
  for (const id of disclose(cells, thresholds).shown) {
    const sample = parts.get(Number(id))
    const difference = sample && differenceIn(sample, definition, thresholds)
    if (difference) differences.set(Number(id), difference)
  }
  return differences
}

/** Whose the changes of one cohort are in each repository, and which of those may be shown. */
function cohortOf(whole: Sample, member: 0 | 1, thresholds: GateThresholds) {
  const { repository, person } = keep(whole, inCohort(member))
  return {
    people: new Map(splitBy(repository, person).map(({ key, values }) => [key, values])),
    shown: disclosedRepositories(repository, person, thresholds),
  }
}

function differenceIn(
  sample: Sample,
  { kind, outcomesOf }: OutcomeDefinition,
  thresholds: GateThresholds,
): EstimatedDifference | null {
  const { person } = numberPeople(sample.person)
  const { stratum } = chooseStrata(sample)
  const layout = layOut({ assisted: sample.assisted, stratum, person })
  if (!cohortsPass(countCompared(layout), thresholds)) return null
  const found = estimate(layout, outcomesOf(sample), kind)
  return found && trustedDifference(found)
}
