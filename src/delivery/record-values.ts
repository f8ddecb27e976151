import * as z from 'zod'

/** An instant. */
export const time = z.iso.datetime().describe('UTC, ISO 8601')

/** A commit, by its whole hash. */
export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)

/** How many, or a number by which something is known. */
export const count = z.int().nonnegative()

/** HMAC-SHA-256 under the owner's key, first 128 bits: of the account number, or of the address where no number is known. */
export const person = z.string().regex(/^[0-9a-f]{32}$/)

/** HMAC-SHA-256 under the owner's key, first 64 bits, of a text that itself is not kept. */
export const textKey = z.string().regex(/^[0-9a-f]{16}$/)

/** HMAC-SHA-256 under the owner's key, first 32 bits, of a fixed text. */
export const keyId = z
  .string()
  .regex(/^[0-9a-f]{8}$/)
  .describe(
    "Tells the owner's key from others: what was made with two keys does not fit together; absent: not told",
  )
