import {
  cohortsPass,
  countCompared,
  countPeople,
  type PeopleCounts,
} from '../disclosure/cohort-gate.ts'
import type { GateThresholds } from '../disclosure/disclosure-gate.ts'
import { disclosedRepositories } from '../disclosure/shown-rows.ts'
import { at, type Layout, layOut } from './layout.ts'
import { byteAt } from './number-at.ts'
import { samePeopleStrata } from './same-people.ts'
import { keep, keepAt, type Sample } from './sample.ts'
import { chooseStrata, type Strata } from './strata.ts'

/** A sample sorted into strata, and each person's own; made when first asked for, and once for all of its outcomes. */
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

  constructor(sample: Sample, whole?: Comparable) {
    this.sample = sample
    this.#whole = whole
  }

  /**
   * Those of the changes that pass; the same object where all do, so that its strata serve again.
   *
   * @param passes of a row of the table, and 1 where it is in the cohort with AI recorded
   */
  keepRows(passes: (row: number, assisted: number) => boolean): Comparable {
    const { rows, assisted } = this.sample
    const kept = keep(this.sample, (i) => passes(at(rows, i), at(assisted, i)))
    const whole = this.#whole?.keepRows(passes)
    return kept === this.sample && whole === this.#whole ? this : new Comparable(kept, whole)
  }

  /**
   * Those with AI recorded, and of the others those attested to be without it.
   *
   * @param attested by row of the table, 1: attested when the clock started
   */
  attestedAlone(attested: Uint8Array): Comparable {
    return this.keepRows((row, assisted) => assisted === 1 || byteAt(attested, row) === 1)
  }

  /** Whether the sample may be shown: in both cohorts, and beside the other repositories of the table. */
  isShown(thresholds: GateThresholds): boolean {
    return (
      cohortsPass(this.people, thresholds) &&
      this.#isShownBeside((whole) => whole.sample, thresholds)
    )
  }

  /** The same of the changes that could be compared. */
  isComparedShown(thresholds: GateThresholds): boolean {
    return (
      cohortsPass(this.comparedPeople, thresholds) &&
      this.#isShownBeside((whole) => whole.compared, thresholds)
    )
  }

  #isShownBeside(changesOf: (whole: Comparable) => Sample, thresholds: GateThresholds): boolean {
    if (this.#whole === undefined) return true
    const changes = changesOf(this.#whole)
    return [0, 1].every((cohort) => {
      const { repository, person } = keep(changes, (i) => at(changes.assisted, i) === cohort)
      const shown = disclosedRepositories(repository, person, thresholds)
      return shown.has(at(this.sample.repository, 0))
    })
  }

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
