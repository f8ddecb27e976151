import { GitError } from './git-error.ts'

/** What git says of an object that it neither has nor may fetch. */
const missing =
  /unable to read|missing (?:blob|tree|object)|bad (?:tree )?object|could not fetch|lazy fetching disabled|could not (?:get|read) object/

/** Whether git gave up since the clone lacks an object, as partial and damaged clones do. */
export function isMissingObject(error: unknown): error is GitError {
  return error instanceof GitError && error.reason === 'failed' && missing.test(error.stderr)
}
