import { gather } from '../numbers/gather.ts'

export type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>

/** Makes a column of so many zeros. */
export type MakeColumn = (length: number) => Numbers

export const decimals = (length: number) => new Float64Array(length)
export const integers = (length: number) => new Int32Array(length)
export const bytes = (length: number) => new Uint8Array(length)

/** A typed array that grows as numbers are put behind it. */
export class GrowingColumn {
  readonly #make: MakeColumn
  #numbers: Numbers
  #length = 0

  constructor(make: MakeColumn) {
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

  /**
   * What was put in, without the room for more.
   *
   * @param rows places of what is wanted, in the order in which it is; absent: all as it came
   */
  finish(rows?: Int32Array): Numbers {
    return rows === undefined
      ? this.#numbers.slice(0, this.#length)
      : gather(this.#numbers, rows, this.#make(rows.length))
  }
}

/** All numbers of several columns, one after the other. */
export function concatenate(make: MakeColumn, columns: readonly Numbers[]): Numbers {
  const all = make(columns.reduce((length, column) => length + column.length, 0))
  let start = 0
  for (const column of columns) {
    all.set(column, start)
    start += column.length
  }
  return all
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
