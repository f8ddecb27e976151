import type { Scope } from '../library/library.ts'

/** Where the pages of an account are. */
export function accountPath(id: number): string {
  return `/accounts/${id}`
}

/** Where the report of the whole, or of one repository, is. */
export function scopePath(account: number, scope: Scope): string {
  const path = accountPath(account)
  return scope.kind === 'organisation' ? path : `${path}/repositories/${scope.id}`
}

/** A number of GitHub's out of a path, written the one way in which it is written. */
export function parseId(text: string): number | undefined {
  return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text))
    ? Number(text)
    : undefined
}
