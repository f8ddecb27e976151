import { type DestinationStream, pino } from 'pino'
import { redactSecrets } from '../github/redact-secrets.ts'
import { describeError } from './describe-error.ts'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * All that a line may say: ids, counts, times and words of our own. There is no field for a payload, a name, a title, an
 * address or a text of anybody's, and what is not in this list is not written.
 */
export interface LogFields {
  /** The delivery's GUID. */
  readonly delivery?: string
  /** The webhook's event, one of those that are handled. */
  readonly webhook?: string
  readonly action?: string
  readonly outcome?: string
  /** Of a job. */
  readonly kind?: string
  /** GitHub's id of the account. */
  readonly tenant?: number | null
  /** GitHub's id of the installation. */
  readonly installation?: number
  /** GitHub's id of the repository. */
  readonly repository?: number
  /** Of the pull request. */
  readonly number?: number
  readonly permission?: string
  readonly reason?: string
  readonly tries?: number
  readonly status?: number
  readonly milliseconds?: number
  readonly bytes?: number
  readonly count?: number
  readonly total?: number
  readonly waiting?: number
  /** Until when, or from when: milliseconds since the epoch. */
  readonly at?: number
  readonly host?: string
  readonly port?: number
  readonly engine?: string
  readonly roles?: string
  readonly version?: string
  readonly signal?: string
  /** Written as its class, its code and the places in our code that it came through; never its message. */
  readonly error?: unknown
}

/** Writes what happened, a JSON line each. The event is a fixed name in kebab-case. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const allowed: Readonly<Record<keyof LogFields, 'word' | 'number' | 'error'>> = {
  delivery: 'word',
  webhook: 'word',
  action: 'word',
  outcome: 'word',
  kind: 'word',
  tenant: 'number',
  installation: 'number',
  repository: 'number',
  number: 'number',
  permission: 'word',
  reason: 'word',
  tries: 'number',
  status: 'number',
  milliseconds: 'number',
  bytes: 'number',
  count: 'number',
  total: 'number',
  waiting: 'number',
  at: 'number',
  host: 'word',
  port: 'number',
  engine: 'word',
  roles: 'word',
  version: 'word',
  signal: 'word',
  error: 'error',
}

/** A name, an id or an address of our own; free text has spaces, and does not pass. */
const word = /^[\w.:,[\]-]{1,64}$/

/** Makes the log. What looks like a token or a private key is taken out of the finished line, whatever let it in. */
export function createLog(options: {
  readonly level: LogLevel
  readonly now: () => number
  readonly destination?: DestinationStream
}): Log {
  const logger = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date(options.now()).toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
      hooks: { streamWrite: withoutSecrets },
    },
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  )
  return {
    debug: (event, fields) => logger.debug(permitted(fields), event),
    info: (event, fields) => logger.info(permitted(fields), event),
    warn: (event, fields) => logger.warn(permitted(fields), event),
    error: (event, fields) => logger.error(permitted(fields), event),
  }
}

function permitted(fields: LogFields = {}): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    const shape = Object.hasOwn(allowed, name) ? allowed[name as keyof LogFields] : undefined
    if (shape === undefined || value === undefined || value === null) continue
    if (shape === 'error') line[name] = describeError(value)
    else if (shape === 'number') line[name] = typeof value === 'number' ? value : withheld
    else line[name] = typeof value === 'string' && word.test(value) ? value : withheld
  }
  return line
}

const withheld = '[withheld]'

/** The second net. A key that broke off takes the rest of its line along: the line is closed again. */
function withoutSecrets(line: string): string {
  const redacted = redactSecrets(line)
  return redacted.endsWith('\n') ? redacted : `${redacted}"}\n`
}
