import type { Surroundings } from './surroundings.ts'

/** On a terminal the line changes so often at most, elsewhere a line is added so often at most; milliseconds. */
const terminalInterval = 200
const plainInterval = 30_000
/** No estimate is made from less than this, milliseconds. */
const leastElapsed = 2_000

const clearLine = '\r\u001b[2K'

/**
 * Tells on standard error how far a long reading has come: one line that is written over on a terminal, else a plain line now
 * and then.
 */
export class Progress {
  readonly #stderr: Surroundings['stderr']
  readonly #now: () => number
  readonly #say: (message: string) => void
  /** Whether the line can be written over: not where results go to the same terminal meanwhile. */
  readonly #onTerminal: boolean
  readonly #interval: number
  /** Whether a program reads the lines: it knows them by our name not being before them. */
  readonly #forProgram: boolean
  #shown = false
  #lastAt: number
  #start: { readonly at: number; readonly done: number } | undefined

  /** @param programInterval absent: no program reads the lines; milliseconds */
  constructor(
    { stderr, stdout, now }: Pick<Surroundings, 'stderr' | 'stdout' | 'now'>,
    say: (message: string) => void,
    resultsCome: 'meanwhile' | 'last' = 'meanwhile',
    programInterval?: number,
  ) {
    this.#stderr = stderr
    this.#now = now
    this.#say = say
    this.#onTerminal = stderr.isTTY === true && (stdout.isTTY !== true || resultsCome === 'last')
    this.#interval = this.#onTerminal ? terminalInterval : (programInterval ?? plainInterval)
    this.#forProgram = programInterval !== undefined
    this.#lastAt = now()
  }

  /**
   * @param total null: not known
   * @param what in the plural: "pull requests"
   */
  update(done: number, total: number | null, what: string): void {
    const at = this.#now()
    this.#start ??= { at, done }
    if (at - this.#lastAt < this.#interval) return
    this.#lastAt = at
    const { at: startedAt, done: before } = this.#start
    const estimate = { elapsed: at - startedAt, advanced: done - before, left: (total ?? 0) - done }
    const line = `${count(done)}${total === null ? '' : ` of ${count(total)}`} ${what} read${
      total === null ? '' : timeLeft(estimate)
    }`
    if (this.#onTerminal) this.#stderr.write(`${clearLine}${line}`)
    else if (this.#forProgram) this.#stderr.write(`${line}\n`)
    else this.#say(line)
    this.#shown = this.#onTerminal
  }

  /** Says something that stays, above the line that is written over. */
  say(message: string): void {
    this.clear()
    this.#say(message)
  }

  clear(): void {
    if (this.#shown) this.#stderr.write(clearLine)
    this.#shown = false
  }
}

interface Estimate {
  /** Milliseconds. */
  readonly elapsed: number
  readonly advanced: number
  readonly left: number
}

function timeLeft({ elapsed, advanced, left }: Estimate): string {
  if (elapsed < leastElapsed || advanced <= 0 || left <= 0) return ''
  const minutes = (elapsed * left) / advanced / 60_000
  if (minutes < 1) return ', less than a minute left'
  if (minutes < 90) return `, about ${plural(Math.round(minutes), 'minute')} left`
  return `, about ${plural(Math.round(minutes / 60), 'hour')} left`
}

function plural(value: number, unit: string): string {
  return value === 1 ? `1 ${unit}` : `${count(value)} ${unit}s`
}

function count(value: number): string {
  return value.toLocaleString('en')
}
