/** The system's name for what went wrong, such as ENOENT; undefined where it was no call to the system. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}
