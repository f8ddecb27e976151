import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLSchema } from 'graphql'

let schema: GraphQLSchema | undefined

/** GitHub's own schema. Built when it is first asked for, some 0.3 s, and then kept for the process. */
export function githubSchema(): GraphQLSchema {
  schema ??= buildSchema(
    readFileSync(new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema')), 'utf8'),
    { assumeValidSDL: true, noLocation: true },
  )
  return schema
}
