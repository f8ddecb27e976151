/** The command was called wrongly: exit 2, with the right way to call it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
