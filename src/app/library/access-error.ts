/**
 * What the viewer may see cannot be told: then nothing is shown.
 * - `unavailable`: GitHub does not answer, or not in time.
 * - `signed-out`: GitHub does not take the person's token any more, and the session is over.
 */
export class AccessError extends Error {
  readonly reason: 'unavailable' | 'signed-out'

  constructor(reason: AccessError['reason'], cause: unknown) {
    super('GitHub cannot be asked what this person may see', { cause })
    this.name = 'AccessError'
    this.reason = reason
  }
}
