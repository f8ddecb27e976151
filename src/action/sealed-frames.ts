import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const keyBytes = 32
const lengthBytes = 4
const nonceBytes = 12
const authTagLength = 16

/** Length of the random bytes that give each file a key of its own. */
export const saltBytes = 16

export interface OpenedFrame {
  readonly text: string
  /** Where the next frame begins. */
  readonly end: number
}

/**
 * Seals texts as the frames of one file: AES-256-GCM (NIST SP 800-38D) under a key that is of this secret, file and purpose
 * alone (HKDF with SHA-256, RFC 5869). Each frame is bound to its place: without the secret none can be read, changed, moved
 * or put into another file, and none left out but the last ones.
 */
export class FrameSeal {
  readonly #key: Uint8Array
  readonly #randomBytes: (count: number) => Uint8Array

  /** @param salt `saltBytes` that were random when the file was made */
  constructor(
    secret: Uint8Array,
    salt: Uint8Array,
    purpose: string,
    randomBytes: (count: number) => Uint8Array,
  ) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, salt, purpose, keyBytes))
    this.#randomBytes = randomBytes
  }

  /** @param place how many frames come before it in the file */
  seal(text: string, place: number): Buffer {
    // At random: a frame that a killed run left in part is written again at the same place.
    const nonce = this.#randomBytes(nonceBytes)
    const cipher = createCipheriv(algorithm, this.#key, nonce, { authTagLength })
    cipher.setAAD(wholeNumber(place))
    const sealed = [cipher.update(text, 'utf8'), cipher.final()]
    const frame = Buffer.concat([nonce, ...sealed, cipher.getAuthTag()])
    return Buffer.concat([wholeNumber(frame.length), frame])
  }

  /** The frames from `start` on, up to the first that is not whole or not as it was sealed. */
  *open(file: Buffer, start: number): Generator<OpenedFrame> {
    for (let place = 0, from = start; ; place += 1) {
      const frame = this.#openAt(file, from, place)
      if (frame === undefined) return
      yield frame
      from = frame.end
    }
  }

  #openAt(file: Buffer, start: number, place: number): OpenedFrame | undefined {
    const begin = start + lengthBytes
    if (begin > file.length) return undefined
    const end = begin + file.readUInt32BE(start)
    if (end > file.length || end - begin < nonceBytes + authTagLength) return undefined
    const nonce = file.subarray(begin, begin + nonceBytes)
    const decipher = createDecipheriv(algorithm, this.#key, nonce, { authTagLength })
    decipher.setAAD(wholeNumber(place)).setAuthTag(file.subarray(end - authTagLength, end))
    const text = decipher.update(file.subarray(begin + nonceBytes, end - authTagLength))
    try {
      return { text: Buffer.concat([text, decipher.final()]).toString('utf8'), end }
    } catch {
      // Not as it was sealed: that is the answer.
      return undefined
    }
  }
}

function wholeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(lengthBytes)
  bytes.writeUInt32BE(value)
  return bytes
}
