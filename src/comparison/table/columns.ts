import { at } from '../strata/layout.ts'

export type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>

/** A typed array that grows as numbers are put behind it. */
export class GrowingColumn<Kind extends Numbers> {
  readonly #make: (length: number) => Kind
  #numbers: Kind
  #length = 0

  constructor(make: (length: number) => Kind) {
    this.#make = make
    this.#numbers = make(firstLength)
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) {
      const longer = this.#make(2 * this.#length)
      longer.set(this.#numbers)
      this.#numbers = longer
    }
    this.#numbers[this.#length] = value
    this.#length += 1
  }

  pushAll(values: Numbers): void {
    for (let i = 0; i < values.length; i += 1) this.push(at(values, i))
  }

  /**
   * What was put in, without the room for more.
   *
   * @param order places in another order; absent: as they came
   */
  finish(order?: Int32Array): Kind {
    const exact = this.#make(this.#length)
    if (order === undefined) exact.set(this.#numbers.subarray(0, this.#length))
    else for (let i = 0; i < order.length; i += 1) exact[i] = at(this.#numbers, at(order, i))
    return exact
  }
}

const firstLength = 64

/** Gives names numbers from 0, in the order in which they come. */
export class Numbering<Key> {
  readonly #numbers = new Map<Key, number>()

  get size(): number {
    return this.#numbers.size
  }

  get keys(): Key[] {
    return [...this.#numbers.keys()]
  }

  numberOf(key: Key): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const next = this.#numbers.size
    this.#numbers.set(key, next)
    return next
  }
}
