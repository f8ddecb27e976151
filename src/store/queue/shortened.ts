/** Errors are kept for an operator to read, and no more of them than that takes. */
const longestError = 500

/** The beginning of what went wrong, without NUL, which PostgreSQL's texts cannot hold. */
export function shortened(error: string): string {
  return error.replaceAll('\0', '\u{2400}').slice(0, longestError).toWellFormed()
}
