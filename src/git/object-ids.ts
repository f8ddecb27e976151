/** Bytes by which an id stands for itself in the table: ids are hashes already. */
const HASHED = 4

const NONE = -1

/** Numbers object ids in the order in which they come, in 30 to 60 bytes each, so that millions fit. */
export class ObjectIds {
  readonly #width: number
  #bytes: Buffer
  #table: Int32Array
  #size = 0

  constructor(objectFormat: 'sha1' | 'sha256') {
    this.#width = objectFormat === 'sha1' ? 20 : 32
    this.#bytes = Buffer.alloc(1024 * this.#width)
    this.#table = new Int32Array(2048).fill(NONE)
  }

  /** How many have a number; the numbers are those below. */
  get size(): number {
    return this.#size
  }

  /** The number of an id, a new one if it has none. `id` is in lower-case hexadecimal digits. */
  add(id: string): number {
    const bytes = this.#parse(id)
    if (bytes === undefined) throw new TypeError(`${id} is no object id`)
    const slot = this.#slot(bytes)
    const known = this.#table[slot] ?? NONE
    if (known !== NONE) return known
    const number = this.#size
    if ((number + 1) * this.#width > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)])
    }
    bytes.copy(this.#bytes, number * this.#width)
    this.#table[slot] = number
    this.#size += 1
    if (this.#size * 2 > this.#table.length) this.#rehash()
    return number
  }

  find(id: string): number | undefined {
    const bytes = this.#parse(id)
    if (bytes === undefined) return undefined
    const number = this.#table[this.#slot(bytes)] ?? NONE
    return number === NONE ? undefined : number
  }

  id(number: number): string {
    return this.#at(number).toString('hex')
  }

  #parse(id: string): Buffer | undefined {
    const bytes = Buffer.from(id, 'hex')
    return bytes.length === this.#width && id.length === 2 * this.#width ? bytes : undefined
  }

  #at(number: number): Buffer {
    return this.#bytes.subarray(number * this.#width, (number + 1) * this.#width)
  }

  /** Where in the table the id is, or would be. */
  #slot(id: Buffer): number {
    const mask = this.#table.length - 1
    let slot = id.readUInt32LE(this.#width - HASHED) & mask
    for (;;) {
      const number = this.#table[slot] ?? NONE
      if (number === NONE) return slot
      const start = number * this.#width
      if (id.compare(this.#bytes, start, start + this.#width) === 0) return slot
      slot = (slot + 1) & mask
    }
  }

  #rehash(): void {
    this.#table = new Int32Array(this.#table.length * 2).fill(NONE)
    for (let number = 0; number < this.#size; number += 1) {
      this.#table[this.#slot(this.#at(number))] = number
    }
  }
}
