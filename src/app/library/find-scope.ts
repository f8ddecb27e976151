import type { Report } from '../../report/index.ts'
import { parseId } from '../pages/paths.ts'
import type { Account, Library, PublishedWeek, Scope } from './library.ts'

/** The whole of an account or one of its repositories, which the viewer may look at. */
export interface FoundScope {
  readonly account: Account
  readonly scope: Scope
  /** For display only. */
  readonly name: string
}

/** Undefined: it is no number, or there is none for this viewer. */
export async function findAccount(library: Library, id: string): Promise<Account | undefined> {
  const number = parseId(id)
  return number === undefined ? undefined : library.account(number)
}

/**
 * By the numbers in an address.
 *
 * @param of repository: undefined for the whole, of which outsiders see nothing
 * @returns undefined where there is none, or none for this viewer: nobody can tell which
 */
export async function findScope(
  library: Library,
  of: { readonly account: string; readonly repository: string | undefined },
): Promise<FoundScope | undefined> {
  const account = await findAccount(library, of.account)
  if (account === undefined) return undefined
  if (of.repository === undefined) {
    if (account.role === 'outsider') return undefined
    return { account, scope: { kind: 'organisation' }, name: account.name }
  }
  const id = parseId(of.repository)
  const found = id === undefined ? undefined : await account.repository(id)
  return found && { account, scope: { kind: 'repository', id: found.id }, name: found.name }
}

/** The Monday of a report, `2026-06-22`. */
export function dayOf({ asOf }: Pick<PublishedWeek, 'asOf'>): string {
  return new Date(asOf).toISOString().slice(0, 10)
}

/** @param day of the report; undefined: of the newest */
export async function findReport(
  { account, scope }: FoundScope,
  day: string | undefined,
  as: 'read-report' | 'download-report',
): Promise<Report | undefined> {
  const weeks = await account.weeks(scope)
  const week = day === undefined ? weeks[0] : weeks.find((one) => dayOf(one) === day)
  return week && account.report(scope, week.asOf, as)
}
