import { createHmac, timingSafeEqual } from 'node:crypto'

/** The secrets that sign deliveries: the current one, and while it is being changed the one before. */
export interface WebhookSecrets {
  readonly current: string
  readonly old: string | null
}

const signature = /^sha256=([0-9a-f]{64})$/

/**
 * The digest in `X-Hub-Signature-256`; undefined where it is missing, sent twice, of another kind (`sha1=` is never accepted)
 * or misshapen. So a request without one is refused before its body is read.
 */
export function readSignature(header: string | readonly string[] | undefined): Buffer | undefined {
  const digest = typeof header === 'string' ? signature.exec(header)?.[1] : undefined
  return digest === undefined ? undefined : Buffer.from(digest, 'hex')
}

/**
 * Which secret signed the body, in constant time (docs.github.com, "Validating webhook deliveries"). Both are always tried, so
 * that the time does not tell which one fits.
 */
export function verifySignature(
  body: Uint8Array,
  digest: Buffer,
  { current, old }: WebhookSecrets,
): 'current' | 'old' | undefined {
  const signedBy = (secret: string) => {
    const expected = createHmac('sha256', secret).update(body).digest()
    return expected.length === digest.length && timingSafeEqual(expected, digest)
  }
  const byCurrent = signedBy(current)
  const byOld = old !== null && signedBy(old)
  if (byCurrent) return 'current'
  return byOld ? 'old' : undefined
}
