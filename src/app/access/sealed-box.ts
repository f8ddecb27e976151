import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'

/** Encrypts texts, so that whoever holds them can neither read nor change them. */
export interface SealedBox {
  /** @param place what it belongs to: it opens nowhere else */
  seal(text: string, place: string): Uint8Array
  /** Undefined: it was sealed with another key or for another place, or was changed. */
  open(sealed: Uint8Array, place: string): string | undefined
}

const algorithm = 'aes-256-gcm'
const keyIdSize = 4
/** NIST SP 800-38D, 8.2.2: 96 random bits are good for 2^32 messages with one key. */
const nonceSize = 12
const tagSize = 16

/**
 * AES-256-GCM: `key id | nonce | ciphertext | tag`. The id of the key stands before, so that what an earlier key sealed is told
 * from what was tampered with, and neither is tried.
 */
export function createSealedBox(
  key: Uint8Array,
  randomBytes: (count: number) => Uint8Array,
): SealedBox {
  const keyId = createHash('sha256').update('key id').update(key).digest().subarray(0, keyIdSize)
  return {
    seal: (text, place) => {
      const nonce = randomBytes(nonceSize)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(place))
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([keyId, nonce, encrypted, cipher.getAuthTag()])
    },
    open: (sealed, place) => {
      const bytes = Buffer.from(sealed)
      const textAt = keyIdSize + nonceSize
      if (bytes.length < textAt + tagSize) return undefined
      if (!bytes.subarray(0, keyIdSize).equals(keyId)) return undefined
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(keyIdSize, textAt), {
        authTagLength: tagSize,
      })
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-tagSize))
      try {
        const text = decipher.update(bytes.subarray(textAt, -tagSize))
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch {
        // The one thing that it says is that the tag is wrong.
        return undefined
      }
    },
  }
}
