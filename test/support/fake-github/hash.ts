import { createHash } from 'node:crypto'

export function sha1(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** A number below 2³¹ that is always the same for the same text: ids need no counter, so tests cannot disturb each other. */
export function idOf(text: string): number {
  return Number.parseInt(sha1(text).slice(0, 8), 16) >>> 1
}
