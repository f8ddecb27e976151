const secretBytes = 32

/** 256 random bits as text that an address and a cookie can hold. */
export function randomSecret(randomBytes: (count: number) => Uint8Array): string {
  return Buffer.from(randomBytes(secretBytes)).toString('base64url')
}
