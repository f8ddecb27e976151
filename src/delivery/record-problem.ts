import type * as z from 'zod'

type Issue = z.core.$ZodIssue

/**
 * What is wrong with a record, in one short sentence: the first field that is, and what it should be. Nothing that is in the
 * record is repeated.
 */
export function explainProblem({ issues }: z.ZodError, value: unknown): string {
  const [issue] = issues
  if (issue === undefined) return 'it is not as the format wants it'
  const others = issues.length - 1
  const more = others === 0 ? '' : `, and ${others} more ${others === 1 ? 'is' : 'are'} wrong`
  const path = issue.path.map(String)
  const name = JSON.stringify(path.join('.'))
  const problem = isMissing(value, path)
    ? `the field ${name} is missing`
    : `the field ${name} should be ${expectation(issue)}`
  return problem + more
}

function isMissing(value: unknown, path: readonly string[]): boolean {
  let part = value
  for (const name of path) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return true
    part = Reflect.get(part, name)
  }
  return false
}

const types: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
}
const unlikeTheRest = 'what docs/record.schema.json says of it'

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected] ?? unlikeTheRest
    case 'invalid_value':
      return oneOf(issue.values)
    case 'too_small':
      return `at least ${Number(issue.minimum) + (issue.inclusive === false ? 1 : 0)}`
    case 'too_big':
      return `at most ${issue.maximum}`
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'a time in UTC such as "2026-03-01T12:00:00Z"'
        : 'lower-case hexadecimal digits, as many as docs/record.schema.json says'
    case 'invalid_union':
      return 'one of the kinds that docs/record.schema.json names'
    default:
      return unlikeTheRest
  }
}

function oneOf(values: readonly unknown[]): string {
  const [last, ...others] = values.map((value) => JSON.stringify(value)).toReversed()
  return others.length === 0 ? String(last) : `${others.toReversed().join(', ')} or ${last}`
}
