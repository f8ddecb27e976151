import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'

/** One operation of GitHub's REST API, as extract-openapi.ts writes it. */
export interface Operation {
  readonly method: string
  /** Template with `{names}`. */
  readonly path: string
  /** Parameters of the path that may hold slashes. */
  readonly multiSegment: readonly string[]
  readonly request?: object
  /** Schema by success status. */
  readonly responses: Readonly<Record<string, object>>
}

interface Description {
  readonly operations: Readonly<Record<string, Operation>>
  readonly $defs: object
}

const description: Description = JSON.parse(
  readFileSync(new URL('./openapi.json', import.meta.url), 'utf8'),
)

const ajv = new Ajv({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  formats: {
    uri: /^[a-z][a-z0-9+.-]*:\/\/\S+$/i,
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  },
})
// The extract is one document: its own two keys beside `$defs` are no keywords.
ajv.addVocabulary(['source', 'operations'])
ajv.addSchema(description, 'github')

/** An operation of the description, by GitHub's id for it. */
export function operationOf(id: string): Operation {
  const operation = description.operations[id]
  if (operation === undefined) {
    throw new Error(`openapi.json has no ${id}: add it to extract-openapi.ts and run that`)
  }
  return operation
}

/** What GitHub's description would not allow in the body of a success, in one line; undefined when all is well. */
export function findBreach(id: string, status: number, body: unknown): string | undefined {
  return explain(`${id} ${status}`, body, pointer('operations', id, 'responses', String(status)))
}

/** What GitHub's description would not allow in the body of a request. */
export function findRequestBreach(id: string, body: unknown): string | undefined {
  if (operationOf(id).request === undefined) return undefined
  return explain(`${id} request`, body, pointer('operations', id, 'request'))
}

function pointer(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('/', '~1')}`).join('')
}

/** Ajv compiles a schema when it is first asked for, and keeps it: a test pays for the operations that it meets. */
function explain(what: string, body: unknown, place: string): string | undefined {
  const validate = ajv.getSchema(`github#${place}`)
  if (validate === undefined) return `${what}: openapi.json has no schema at ${place}`
  if (validate(body) === true) return undefined
  const reasons = (validate.errors ?? []).map(({ instancePath, message, params }) =>
    ['body', instancePath, ' ', message, extra(params)].join(''),
  )
  return `${what}: ${reasons.join(', ')}`
}

function extra(params: Readonly<Record<string, unknown>>): string {
  return 'additionalProperty' in params ? ` (${params.additionalProperty})` : ''
}
