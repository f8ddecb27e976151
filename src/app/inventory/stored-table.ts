import type { StoredTables } from '../../store/index.ts'

/** Whether a field tells of a person, and how. */
export const bearings = {
  no: 'no',
  'where it is a person’s own':
    'only where the account is a person’s and no organisation’s: it is then that person’s',
  'by looking it up':
    'only with GitHub beside it: it names a pull request, a commit or a repository',
  'as a key': 'as a keyed hash under the account’s own key: it tells people apart, and names none',
  'as a number': 'as GitHub’s number of the person',
  encrypted: 'yes, encrypted with a key that is not in the database',
  yes: 'yes',
} as const

export type Bearing = keyof typeof bearings

/** What a field is for, and whether it tells of a person. */
export type StoredField = readonly [purpose: string, of: Bearing]

/** A table: what it is for, and how long its rows are kept. */
export interface StoredTable<Column extends PropertyKey = string> {
  readonly title: string
  readonly purpose: string
  readonly kept: string
  readonly fields: Readonly<Record<Column, StoredField>>
}

/** Each table with each of its columns: one that is missing does not compile. */
export type TablesAbout<Table extends keyof StoredTables> = {
  readonly [Name in Table]: StoredTable<keyof StoredTables[Name]>
}

/** What many tables have in common. */
export const whose: StoredField = [
  'Whose it is: GitHub’s number of the account',
  'where it is a person’s own',
]
export const repositoryNumber: StoredField = ['GitHub’s number of the repository', 'no']
export const pullRequestNumber: StoredField = ['Number of the pull request', 'by looking it up']

/** How long most of it is kept. */
export const untilErased =
  'Until the account is erased: at once by an owner, or 30 days after the App was removed'
export const factsKept =
  'The retention that the account’s settings say, 400 days at most after the last thing that happened in the pull request; open ones stay'
