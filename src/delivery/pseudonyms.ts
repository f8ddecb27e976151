import { createHmac, createSecretKey } from 'node:crypto'
import { noreplyAccount } from '../provenance/index.ts'

/** Turns people and texts into keys that only the owner of the secret can make again. */
export interface Pseudonyms {
  /**
   * The key of a person, 32 hexadecimal digits.
   *
   * @param id the account number, or an e-mail address; GitHub's noreply address with a number gives that account's key
   */
  person(id: number | string): string
  /** The key of a text, 16 hexadecimal digits. */
  text(text: string): string
  /** Tells the secret from others, 8 hexadecimal digits: what was made with two of them does not fit together. */
  readonly keyId: string
}

/** HMAC-SHA-256 (RFC 2104) under the owner's key, cut to 128 bits for people and 64 bits for texts. */
export function createPseudonyms(key: Uint8Array): Pseudonyms {
  // Prepared once: a key given as bytes takes longer to take in than to use.
  const secret = createSecretKey(key)
  const keyOf = (kind: string, text: string, digits: number) =>
    createHmac('sha256', secret).update(`${kind}\n${text}`).digest('hex').slice(0, digits)
  return {
    person: (id) => {
      const account = typeof id === 'number' ? id : noreplyAccount(id)?.id
      return account === undefined
        ? keyOf('address', String(id).trim().toLowerCase(), 32)
        : keyOf('account', String(account), 32)
    },
    text: (text) => keyOf('text', text, 16),
    keyId: keyOf('key', 'id', 8),
  }
}
