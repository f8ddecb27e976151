import { errorCode } from './error-code.ts'

/** Why the system did not do something with a file, for the user. */
export function systemReason(error: unknown): string {
  switch (errorCode(error)) {
    case 'EISDIR':
      return 'it is a directory'
    case 'EACCES':
    case 'EPERM':
      return 'you have no right to it'
    case 'EROFS':
      return 'nothing can be written there'
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}
