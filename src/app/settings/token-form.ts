import type { ApiToken } from '../../store/index.ts'
import type { FormInput } from './form-input.ts'

/** For how many days a token may be valid: a year at most. */
export const tokenLives = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['180', '180 days'],
  ['365', 'a year'],
] as const

/** More would be tokens that nobody knows any more. */
const mostTokens = 50
const longestName = 60

export type TokenField = 'name' | 'days'

export type TokenProblems = Readonly<Partial<Record<TokenField, string>>>

/** A token that is wanted, or what is wrong with each field. */
export function readTokenForm(
  input: FormInput,
  there: readonly Pick<ApiToken, 'name'>[],
):
  | { wanted: { readonly name: string; readonly days: number }; problems?: never }
  | { wanted?: never; problems: TokenProblems } {
  const name = (input.name?.[0] ?? '').trim()
  const life = tokenLives.find(([value]) => value === input.days?.[0])
  const problems: Partial<Record<TokenField, string>> = {}
  if (!/^[\w .:/@-]{1,60}$/.test(name)) {
    problems.name = `Give it a name of at most ${longestName} letters, digits, spaces and . : / @ - _`
  } else if (there.some((one) => one.name === name)) {
    problems.name = 'There is one of that name: revoke it first, or take another name.'
  } else if (there.length >= mostTokens) {
    problems.name = `There are ${mostTokens} already: revoke one that is not used any more.`
  }
  if (life === undefined) problems.days = 'Choose one of these.'
  if (life === undefined || problems.name !== undefined) return { problems }
  return { wanted: { name, days: Number(life[0]) } }
}
