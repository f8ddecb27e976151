import { StoreError, StoreFullError, StoreUnavailableError } from '../store-error.ts'

/** SQLite's result code for a full disk, and for a database that may not grow any more. */
const sqliteFull = 13

/** PostgreSQL's states of which the database tells that it cannot serve now: they, and no connection, may pass. */
const unavailableStates: ReadonlySet<string> = new Set([
  '53300', // too many connections
  '53400', // a configured limit is exceeded
  '57P01', // an administrator ends the connection
  '57P02', // the server crashed
  '57P03', // it is starting, or shutting down
  '57014', // the statement took too long
  '55P03', // a lock was not to be had
  '25P03', // idle in a transaction for too long
])
const diskFull = '53100'

const brokenConnection =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error|Postgres connection has been discarded|Cannot use a pool after calling end)/

/** The error to hand on: one of the store's own where something can be done about it, else the one that came. */
export function explainFailure(error: unknown): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (errcode === sqliteFull || code === diskFull) {
    return new StoreFullError(
      'the database is full: give it more room, or let less be kept (RETENTION_DAYS)',
      { cause: error },
    )
  }
  if (isUnavailable(error, code)) {
    return new StoreUnavailableError(
      'the database does not answer: see that it runs and can be reached',
      { cause: error },
    )
  }
  return error
}

/** Whether the database broke a transaction off that may well be done the next time. */
export function isBrokenOff(error: unknown): boolean {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return code === '40P01' || code === '40001'
}

function isUnavailable(error: Error, code: unknown): boolean {
  if (typeof code === 'string') {
    const isNetwork = /^E[A-Z]+$/.test(code) || code === 'ERR_SOCKET_CONNECTION_TIMEOUT'
    if (isNetwork || code.startsWith('08') || unavailableStates.has(code)) return true
  }
  if (error instanceof AggregateError)
    return error.errors.some((one) => explainFailure(one) !== one)
  return brokenConnection.test(error.message)
}
