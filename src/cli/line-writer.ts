import type { Writable } from 'node:stream'
import { OutputClosed } from './output-closed.ts'

/** Text held back before it is written: few large writes are many times faster than many small ones. */
const chunkSize = 65_536

/** Writes lines in large pieces and waits where the reader is slow. Throws `OutputClosed` once nobody reads. */
export class LineWriter {
  readonly #stream: Writable
  #pending = ''
  #failure: Error | undefined

  constructor(stream: Writable) {
    this.#stream = stream
    stream.on('error', (error) => {
      this.#failure = explain(error)
    })
  }

  async write(lines: readonly string[]): Promise<void> {
    for (const line of lines) this.#pending += `${line}\n`
    if (this.#pending.length >= chunkSize) await this.flush()
  }

  /** Hands over what is held back and waits until the stream has taken it. */
  async flush(): Promise<void> {
    const text = this.#pending
    this.#pending = ''
    if (this.#failure !== undefined) throw this.#failure
    if (text === '') return
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(text, (error) => (error ? reject(explain(error)) : resolve()))
    })
  }
}

/** A pipe says EPIPE; a socket, which is what a Node parent gives its child, may say that it was reset. */
const closed = new Set<unknown>(['EPIPE', 'ECONNRESET'])

function explain(cause: Error): Error {
  if ('code' in cause && closed.has(cause.code)) return new OutputClosed(cause.message, { cause })
  return new Error(`the results could not be written (${cause.message}); write them elsewhere`, {
    cause,
  })
}
