import { countCompared, countPeople, type PeopleCounts } from './cohort-gate.ts'
import { type Layout, layOut } from './layout.ts'
import { samePeopleStrata } from './same-people.ts'
import type { Sample } from './sample.ts'
import { chooseStrata, type Strata } from './strata.ts'

/** A sample sorted into strata, and each person's own; made when first asked for, and once for all of its outcomes. */
export class Comparable {
  readonly sample: Sample
  #strata: Strata | undefined
  #layout: Layout | undefined
  #withinPeople: Layout | undefined
  #people: PeopleCounts | undefined
  #comparedPeople: PeopleCounts | undefined

  constructor(sample: Sample) {
    this.sample = sample
  }

  get strata(): Strata {
    this.#strata ??= chooseStrata(this.sample, this.sample.window)
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

  /**
   * Whose the changes are that could be compared: what is said of them must not be said of a few, though the sample were
   * large enough.
   */
  get comparedPeople(): PeopleCounts {
    this.#comparedPeople ??= countCompared(this.layout)
    return this.#comparedPeople
  }
}
