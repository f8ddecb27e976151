import { describeError } from '../describe-error.ts'

/** What an operator reads of a failure beside a dead letter: class, code and place, and nothing that came from outside. */
export function failureText(error: unknown): string {
  const { name, code, status, at = [] } = describeError(error)
  return [name, code, status, at[0]].filter((part) => part !== undefined).join(' ')
}
