import { notAccessible } from '../exchange.ts'

/** An error of one field, which GitHub would answer with too. */
export class FieldError extends Error {
  readonly type: string
  readonly extensions: Readonly<Record<string, unknown>> | undefined

  constructor(type: string, message: string, extensions?: Readonly<Record<string, unknown>>) {
    super(message)
    this.type = type
    this.extensions = extensions
  }
}

export function forbidden(): FieldError {
  return new FieldError('FORBIDDEN', notAccessible, { saml_failure: false })
}

export function unresolved(what: string): FieldError {
  return new FieldError('NOT_FOUND', `Could not resolve to a ${what}.`)
}

/** The schema has it and the fake has not: a null in its place would let a test pass on what GitHub never said. */
export class NotModelled extends Error {
  constructor(what: string) {
    super(`The fake GitHub does not model ${what}: add it to test/support/fake-github/graphql`)
  }
}
