import type { Writable } from 'node:stream'

/** Text held back before it is written: few large writes are many times faster than many small ones. */
const chunkSize = 65_536

/** Writes lines in large pieces, waits where the reader is slow, and fails with the stream's own error. */
export class LineWriter {
  readonly #stream: Writable
  #pending = ''
  #failure: Error | undefined

  constructor(stream: Writable) {
    this.#stream = stream
    stream.on('error', (error) => {
      this.#failure = error
    })
  }

  async write(line: string): Promise<void> {
    this.#pending += `${line}\n`
    if (this.#pending.length >= chunkSize) await this.flush()
  }

  /** Hands over what is held back and waits until the stream has taken it. */
  async flush(): Promise<void> {
    const text = this.#pending
    this.#pending = ''
    if (this.#failure !== undefined) throw this.#failure
    if (text === '') return
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(text, (error) => (error ? reject(error) : resolve()))
    })
  }
}
