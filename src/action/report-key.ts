const keyBytes = 32
const hexadecimal = /^(?:[0-9a-f]{2})+$/i

/**
 * The key by which a run tells people apart: the owner's secret, or without one a random key that is forgotten when the run
 * ends. Hexadecimal digits are read as bytes, as in the key file of the command, so that the records of both fit together.
 */
export function reportKey(
  secret: string | undefined,
  randomBytes: (count: number) => Uint8Array,
): Uint8Array {
  if (secret === undefined) return randomBytes(keyBytes)
  const isHexadecimal = hexadecimal.test(secret) && secret.length >= 2 * keyBytes
  return Buffer.from(secret, isHexadecimal ? 'hex' : 'utf8')
}
