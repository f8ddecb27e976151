import * as z from 'zod'
import { logLevels } from '../log.ts'
import { isLoopbackHost } from '../loopback.ts'

/** What a process does: take deliveries in, or work on them. */
export const roles = ['ingress', 'worker'] as const
export type Role = (typeof roles)[number]

const text = z.string().optional()

const sessionKeyAdvice =
  'must be 32 random bytes in base64; make one with: node -e "console.log(crypto.randomBytes(32).toString(\'base64\'))"'

/** Of 32 random bytes, hardly ever fewer than 17 are different. */
function isSessionKey(text: string): boolean {
  return /^[A-Za-z\d+/]{43}=$/.test(text) && new Set(Buffer.from(text, 'base64')).size > 16
}

function integer(smallest: number, largest: number, otherwise: number, why = '') {
  const message = `must be a whole number from ${smallest} to ${largest}${why}`
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((number) => number >= smallest && number <= largest, message)
    .default(otherwise)
}

/** Encrypted, but on this machine itself. */
function isSafe(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))
}

const webAddress = (message: string, accept: (url: URL) => boolean) =>
  z.string().transform((value, context) => {
    const url = URL.parse(value)
    const plain = url !== null && url.username === '' && url.search === '' && url.hash === ''
    if (url !== null && plain && isSafe(url) && accept(url)) return url
    context.addIssue(message)
    return z.NEVER
  })

// Not by URL: a database that is reached by a socket has no host in its address.
const database = z
  .string()
  .regex(/^postgres(?:ql)?:\/\//, 'must be like postgres://user:password@host:5432/database')
  .optional()

/** The environment, a variable at a time. What variables have to do with each other comes after. */
export const EnvironmentSchema = z.object({
  APP_ID: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, "must be the App's number, as its settings page on GitHub shows it")
    .transform(Number)
    .optional(),
  PRIVATE_KEY: text,
  PRIVATE_KEY_PATH: text,
  WEBHOOK_SECRET: text,
  WEBHOOK_SECRET_OLD: text,
  CLIENT_ID: text,
  CLIENT_SECRET: text,
  SESSION_KEY: z.string().refine(isSessionKey, sessionKeyAdvice).optional(),
  PUBLIC_URL: webAddress(
    'must be an address like https://what-shipped.example.com, without a path; http only for this machine',
    ({ pathname }) => pathname === '/',
  ).optional(),
  GITHUB_API_URL: webAddress(
    'must be an address like https://api.github.com, or https://github.example.com/api/v3 for a GitHub Enterprise Server',
    () => true,
  ).default(new URL('https://api.github.com')),
  DATABASE_FILE: text,
  DATABASE_URL: database,
  MIGRATION_DATABASE_URL: database,
  DATABASE_CONNECTIONS: integer(1, 200, 10),
  PORT: integer(0, 65_535, 3_000),
  HOST: z
    .string()
    .regex(/^[\w.:[\]-]{1,253}$/, 'must be an address of this machine, or 0.0.0.0 for all of them')
    .default('127.0.0.1'),
  ROLES: z
    .string()
    .transform((value, context) => {
      const named = new Set(value.split(',').map((name) => name.trim()))
      const known = roles.filter((role) => named.has(role))
      if (known.length === named.size) return known
      context.addIssue('must be ingress, worker or ingress,worker')
      return z.NEVER
    })
    .default([...roles]),
  METRICS_TOKEN: z.string().min(20, 'needs 20 characters or more').optional(),
  BACKFILL_WEEKS: integer(1, 104, 26),
  RETENTION_DAYS: integer(245, 3_650, 400, ': a report looks back on so much at most'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
})

export type Environment = z.infer<typeof EnvironmentSchema>
