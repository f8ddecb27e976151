import type { Progress } from './progress.ts'
import type { RecordsFileListener } from './records-file.ts'

/** More are only counted: the first ones tell what is wrong. */
const maximumTold = 3

const megabyte = 1_000_000

/** Tells the user of the bad lines of a records file, and how far its reading has come. */
export class FileListener implements RecordsFileListener {
  readonly #progress: Progress
  #bad = 0

  constructor(progress: Progress) {
    this.#progress = progress
  }

  readonly onBadLine = (number: number, problem: string): void => {
    this.#bad += 1
    if (this.#bad <= maximumTold) this.#progress.say(`line ${number} is skipped: ${problem}`)
  }

  readonly onProgress = (done: number, total: number): void => {
    this.#progress.update(Math.floor(done / megabyte), Math.ceil(total / megabyte), 'MB')
  }

  /** @throws Error where a line was bad, once all others are done with */
  finish(others: number, become: 'written' | 'counted'): void {
    if (this.#bad === 0) return
    const untold = this.#bad - maximumTold
    if (untold > 0) {
      const more = `${untold.toLocaleString('en')} more ${untold === 1 ? 'line is' : 'lines are'}`
      this.#progress.say(`and ${more} skipped`)
    }
    const skipped =
      this.#bad === 1
        ? '1 line was no record and was skipped'
        : `${this.#bad.toLocaleString('en')} lines were no records and were skipped`
    throw new Error(`${skipped}; ${others === 0 ? 'no other is left' : `all others are ${become}`}`)
  }
}
