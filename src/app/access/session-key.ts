import { hkdfSync } from 'node:crypto'

/** Bytes of a key of AES-256. */
export const sessionKeySize = 32

/**
 * The key that encrypts what sessions hold: `SESSION_KEY` where it is set, so that it can be changed by itself, which signs
 * everybody out. Without it, one that is derived from the App's client secret (RFC 5869): every replica has that one and so they
 * agree, it is in no database and in no backup of one, and nobody who has it needs a stolen session. What is derived is of no use
 * for signing in.
 */
export function sessionKeyOf(options: {
  /** Base64 of 32 bytes; null: not set. */
  readonly sessionKey: string | null
  readonly clientSecret: string
}): Uint8Array {
  if (options.sessionKey !== null) return Buffer.from(options.sessionKey, 'base64')
  const about = 'what-shipped: sessions, 1'
  return new Uint8Array(hkdfSync('sha256', options.clientSecret, '', about, sessionKeySize))
}
