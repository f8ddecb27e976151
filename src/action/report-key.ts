import { createPseudonyms, type Pseudonyms } from '../delivery/index.ts'

const keyBytes = 32
const hexadecimal = /^(?:[0-9a-f]{2})+$/i

/**
 * The keys by which a run tells people apart: under the owner's secret, or without one under a random key that is forgotten
 * when the run ends. Hexadecimal digits are read as bytes, as in the key file of the command, so that the records of both
 * fit together.
 */
export function reportPseudonyms(
  secret: string | undefined,
  randomBytes: (count: number) => Uint8Array,
): Pseudonyms {
  if (secret === undefined) return createPseudonyms(randomBytes(keyBytes))
  const isHexadecimal = hexadecimal.test(secret) && secret.length >= 2 * keyBytes
  return createPseudonyms(Buffer.from(secret, isHexadecimal ? 'hex' : 'utf8'))
}
