import {
  areComparedApart,
  cohortsPass,
  countCompared,
  restPasses,
} from '../disclosure/cohort-gate.ts'
import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { disclosedRepositories } from '../disclosure/shown-rows.ts'
import { intAt } from '../numbers/number-at.ts'
import { allRows } from '../numbers/rows-where.ts'
import { splitBy } from '../numbers/split-by.ts'
import { inCohort } from '../strata/choices.ts'
import { countPeople, type PeopleCounts } from '../strata/count-people.ts'
import { type Layout, layOut } from '../strata/layout.ts'
import { onceFor } from '../strata/once-for.ts'
import { samePeopleStrata } from '../strata/same-people.ts'
import { type Choice, keep, keepAt, type Sample } from '../strata/sample.ts'
import { chooseStrata, type Strata } from '../strata/strata.ts'

/**
 * A sample sorted into strata, and each person's own, with what the privacy gate says of it; made when first asked for, and once
 * for all of its outcomes.
 */
export class Comparable {
  readonly sample: Sample
  /** Where the sample is one repository's: the same changes of all repositories of the table. */
  readonly #whole: Comparable | undefined
  #strata: Strata | undefined
  #layout: Layout | undefined
  #withinPeople: Layout | undefined
  #people: PeopleCounts | undefined
  #comparedPeople: PeopleCounts | undefined
  #compared: Sample | undefined
  #places: ReadonlyMap<number, Int32Array> | undefined

  constructor(sample: Sample, whole?: Comparable) {
    this.sample = sample
    this.#whole = whole
  }

  /** Those of the changes that are chosen; the same object where all are, so that its strata serve again. */
  readonly keep: (choose: Choice) => Comparable = onceFor((choose) => {
    const kept = keep(this.sample, choose)
    const whole = this.#whole?.keep(choose)
    return kept === this.sample && whole === this.#whole ? this : new Comparable(kept, whole)
  })

  /** Those of one repository, beside the others. */
  ofRepository(repository: number): Comparable {
    this.#places ??= placesByRepository(this.sample)
    return new Comparable(keepAt(this.sample, this.#places.get(repository) ?? nowhere), this)
  }

  /** Whether the sample may be shown: in both cohorts, and beside the other repositories of the table. */
  readonly isShown = onceFor(
    (thresholds: GateThresholds) =>
      cohortsPass(this.people, thresholds) &&
      this.#isShownBeside((whole) => whole.sample, thresholds),
  )

  /** The same of the changes that could be compared. */
  readonly isComparedShown = onceFor(
    (thresholds: GateThresholds) =>
      cohortsPass(this.comparedPeople, thresholds) &&
      this.#isShownBeside((whole) => whole.compared, thresholds),
  )

  /** Whether there is enough of those who work both ways to be shown. */
  readonly isWithinPeopleShown = onceFor((thresholds: GateThresholds) =>
    cohortsPass(countCompared(this.withinPeople), thresholds),
  )

  /**
   * Whether it may be told beside a sample that it is a part of. What is in one of the two comparisons and not in the other could
   * be told by subtraction: it must be nothing or large enough to be shown as well.
   */
  isShownBeside(all: Comparable, thresholds: GateThresholds): boolean {
    return this.#besides(all)(thresholds)
  }

  readonly #besides = onceFor((all: Comparable) =>
    onceFor(
      (thresholds: GateThresholds) =>
        this.isShown(thresholds) &&
        restPasses(all.people, this.people, thresholds) &&
        areComparedApart(all, this, thresholds),
    ),
  )

  #isShownBeside(changesOf: (whole: Comparable) => Sample, thresholds: GateThresholds): boolean {
    if (this.#whole === undefined) return true
    const shown = this.#whole.#disclosed(changesOf(this.#whole))(thresholds)
    return shown.every((repositories) => repositories.has(intAt(this.sample.repository, 0)))
  }

  /** The repositories that may be shown, in each cohort. */
  readonly #disclosed = onceFor((changes: Sample) =>
    onceFor((thresholds: GateThresholds) =>
      ([0, 1] as const).map((member) => {
        const { repository, person } = keep(changes, inCohort(member))
        return disclosedRepositories(repository, person, thresholds)
      }),
    ),
  )

  get strata(): Strata {
    this.#strata ??= chooseStrata(this.sample)
    return this.#strata
  }

  /** By kind of change. */
  get layout(): Layout {
    this.#layout ??= layOut({ ...this.sample, stratum: this.strata.stratum })
    return this.#layout
  }

  /** By person and kind of change. */
  get withinPeople(): Layout {
    this.#withinPeople ??= layOut({ ...this.sample, stratum: samePeopleStrata(this.sample) })
    return this.#withinPeople
  }

  /** Whose the changes are: what the privacy gate looks at. */
  get people(): PeopleCounts {
    this.#people ??= countPeople(this.sample)
    return this.#people
  }

  /** Those of the sample that could be compared. */
  get compared(): Sample {
    this.#compared ??= keepAt(this.sample, this.layout.order)
    return this.#compared
  }

  /**
   * Whose the changes are that could be compared: what is said of them must not be said of a few, though the sample were
   * large enough.
   */
  get comparedPeople(): PeopleCounts {
    this.#comparedPeople ??= countCompared(this.layout)
    return this.#comparedPeople
  }
}

const nowhere = new Int32Array(0)

function placesByRepository({ repository }: Sample): ReadonlyMap<number, Int32Array> {
  const parts = splitBy(repository, allRows(repository.length))
  return new Map(parts.map(({ key, values }) => [key, values]))
}
