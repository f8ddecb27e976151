import { createHash } from 'node:crypto'

/** What is kept of a random secret of 128 bits or more: who reads the database cannot use it. */
export function hashed(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
