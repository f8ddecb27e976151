/**
 * Numbers in few characters, in the order in which they were added: differences in base 36 with dots between, since pull
 * requests of one time lie close together. Adding one takes the same time however many there are.
 */
export class PackedNumbers {
  readonly #numbers = new Set<number>()
  #last = 0
  #packed = ''

  /** @param packed what `packed` gave */
  constructor(packed: string) {
    for (const difference of packed === '' ? [] : packed.split('.')) {
      this.#last += Number.parseInt(difference, 36)
      this.#numbers.add(this.#last)
    }
    this.#packed = packed
  }

  get packed(): string {
    return this.#packed
  }

  has(number: number): boolean {
    return this.#numbers.has(number)
  }

  add(number: number): void {
    if (this.#numbers.has(number)) return
    this.#numbers.add(number)
    const difference = (number - this.#last).toString(36)
    this.#packed += this.#packed === '' ? difference : `.${difference}`
    this.#last = number
  }
}
