/** How often something happened in a number of runs. */
export class Share {
  happened = 0
  runs = 0

  add(happened: boolean): void {
    this.runs += 1
    if (happened) this.happened += 1
  }

  get value(): number {
    return this.happened / this.runs
  }

  /** Monte-Carlo standard error; with none or all of them, that of one. */
  get error(): number {
    const p = Math.min(Math.max(this.value, 1 / (this.runs + 1)), 1 - 1 / (this.runs + 1))
    return Math.sqrt((p * (1 - p)) / this.runs)
  }
}

/** The mean of a number of runs. */
export class Mean {
  #sum = 0
  #squares = 0
  runs = 0

  add(value: number): void {
    this.#sum += value
    this.#squares += value * value
    this.runs += 1
  }

  get value(): number {
    return this.#sum / this.runs
  }

  get error(): number {
    return Math.sqrt(Math.max(0, this.#squares / this.runs - this.value ** 2) / this.runs)
  }
}
