import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Makes fake-github/openapi.json: the part of GitHub's own description of its REST API that the fake answers for.
 * Run on demand, `node test/support/extract-openapi.ts`: it takes the package from the registry into a temporary
 * folder (29 MB) and leaves nothing there. To serve one more operation, add its id to `operationIds` first.
 */
const source = '@octokit/openapi@23.0.2'

/** `operationId`s of GitHub's description. */
export const operationIds = [
  'apps/get-authenticated',
  'apps/create-from-manifest',
  'apps/list-webhook-deliveries',
  'apps/get-webhook-delivery',
  'apps/redeliver-webhook-delivery',
  'apps/list-installations',
  'apps/get-installation',
  'apps/create-installation-access-token',
  'apps/list-repos-accessible-to-installation',
  'apps/list-installations-for-authenticated-user',
  'apps/list-installation-repos-for-authenticated-user',
  'checks/create',
  'checks/get',
  'checks/update',
  'checks/list-for-ref',
  'orgs/get-membership-for-user',
  'orgs/get-membership-for-authenticated-user',
  'users/get-authenticated',
  'repos/get-collaborator-permission-level',
  'repos/get',
  'repos/get-content',
  'repos/compare-commits-with-basehead',
  'repos/list-pull-requests-associated-with-commit',
  'pulls/get',
  'pulls/list-commits',
  'issues/list-for-repo',
  'issues/create',
  'issues/update',
  'issues/list-events',
  'issues/get-label',
  'issues/create-label',
  'issues/add-labels',
  'issues/remove-label',
  'git/get-ref',
  'git/get-tree',
  'git/get-blob',
] as const

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

/** What JSON Schema checks and GitHub's description uses. All else there is prose, examples or hints for generators. */
const keywords = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'oneOf',
  'anyOf',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
])
const formats = new Set<Json>(['uri', 'date-time'])
const definitions = '#/components/schemas/'

/** Where GitHub answers otherwise than it says. `at` is a path into the description. */
interface Correction {
  readonly at: readonly string[]
  readonly why: string
  readonly merge: JsonObject
}

const schemas = ['components', 'schemas']
const nullableRepository = { $ref: `${definitions}nullable-repository` }
const nullableUser = { $ref: `${definitions}nullable-simple-user` }

export const corrections: readonly Correction[] = [
  {
    at: [...schemas, 'pull-request', 'properties', 'head', 'properties'],
    why: 'null once the fork was deleted (github/rest-api-description#161)',
    merge: { repo: nullableRepository, user: nullableUser },
  },
  {
    at: [...schemas, 'pull-request-simple', 'properties', 'head', 'properties'],
    why: 'null once the fork was deleted (github/rest-api-description#1811)',
    merge: { repo: nullableRepository },
  },
  {
    at: [...schemas, 'pull-request-simple', 'properties', 'labels', 'items', 'properties'],
    why: 'a label without description has null here too, as in the schema of a label',
    merge: { description: { type: 'string', nullable: true } },
  },
  {
    at: [...schemas, 'issue-event-for-issue'],
    why: 'no correction but a cut: the fake knows these two kinds of event',
    merge: {
      anyOf: [
        { $ref: `${definitions}labeled-issue-event` },
        { $ref: `${definitions}unlabeled-issue-event` },
      ],
    },
  },
  {
    at: [
      ...['paths', '/repos/{owner}/{repo}/issues/{issue_number}', 'patch', 'responses', '200'],
      ...['content', 'application/json'],
    ],
    why: 'no correction but a cut: the fake suggests nothing',
    merge: { schema: { $ref: `${definitions}issue` } },
  },
  {
    at: [
      ...['paths', '/app/installations', 'get', 'responses', '200'],
      ...['content', 'application/json', 'schema'],
    ],
    why: 'the same as one installation, written out with an allOf',
    merge: { items: { $ref: `${definitions}installation` } },
  },
  {
    at: [
      ...['paths', '/installation/repositories', 'get', 'responses', '200'],
      ...['content', 'application/json', 'schema', 'properties'],
    ],
    why: 'no correction but a cut: the fake has no custom properties',
    merge: { repositories: { type: 'array', items: { $ref: `${definitions}repository` } } },
  },
  {
    at: [
      ...['paths', '/user/installations', 'get', 'responses', '200'],
      ...['content', 'application/json', 'schema', 'properties'],
    ],
    why: 'the same as one installation, written out with an allOf',
    merge: { installations: { type: 'array', items: { $ref: `${definitions}installation` } } },
  },
  {
    at: [
      ...['paths', '/user/installations/{installation_id}/repositories', 'get', 'responses', '200'],
      ...['content', 'application/json', 'schema', 'properties'],
    ],
    why: 'no correction but a cut: the fake has no custom properties',
    merge: { repositories: { type: 'array', items: { $ref: `${definitions}repository` } } },
  },
  {
    at: [...['paths', '/user', 'get', 'responses', '200'], ...['content', 'application/json']],
    why: 'no correction but a cut: an App without the permission for a profile is shown the public one',
    merge: { schema: { $ref: `${definitions}public-user` } },
  },
  {
    at: [
      ...['paths', '/app-manifests/{code}/conversions', 'post', 'responses', '201'],
      ...['content', 'application/json'],
    ],
    why: 'an allOf of an app and its secrets, written out',
    merge: { schema: { $ref: `${definitions}app-with-secrets` } },
  },
  {
    at: schemas,
    why: 'what the correction before this one points at',
    merge: { 'app-with-secrets': appWithSecrets() },
  },
]

function appWithSecrets(): JsonObject {
  const text = { type: 'string' }
  const texts = ['slug', 'node_id', 'name', 'client_id', 'client_secret', 'pem']
  const addresses = ['external_url', 'html_url']
  const times = ['created_at', 'updated_at']
  return {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      owner: { $ref: `${definitions}simple-user` },
      description: { ...text, nullable: true },
      webhook_secret: { ...text, nullable: true },
      permissions: { type: 'object', additionalProperties: text },
      events: { type: 'array', items: text },
      ...Object.fromEntries(texts.map((name) => [name, text])),
      ...Object.fromEntries(addresses.map((name) => [name, { ...text, format: 'uri' }])),
      ...Object.fromEntries(times.map((name) => [name, { ...text, format: 'date-time' }])),
    },
    required: ['id', 'owner', 'webhook_secret', 'permissions', 'events', ...texts],
  }
}

/** One operation as the fake reads it: where it is, and what it takes and answers. */
interface Operation {
  readonly method: string
  readonly path: string
  /** Path parameters that may hold slashes. */
  readonly multiSegment: readonly string[]
  readonly request?: Json
  /** Schema by success status. */
  readonly responses: { readonly [status: string]: Json }
}

export interface Extract {
  readonly source: string
  readonly operations: { readonly [operationId: string]: Operation }
  readonly $defs: { readonly [name: string]: Json }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectAt(root: Json, path: readonly string[]): JsonObject {
  let value: Json | undefined = root
  for (const key of path) value = isObject(value) ? value[key] : undefined
  if (!isObject(value)) throw new Error(`The description has no object at ${path.join('.')}`)
  return value
}

function mergeAt(root: Json, path: readonly string[], merge: JsonObject): JsonObject {
  const object = objectAt(root, [])
  const [key, ...rest] = path
  if (key === undefined) return { ...object, ...merge }
  return { ...object, [key]: mergeAt(objectAt(object, [key]), rest, merge) }
}

/**
 * OpenAPI 3.0 to JSON Schema: `nullable` becomes a type, prose goes. With `closed`, an object may hold what is
 * described and nothing else, so that the fake cannot answer with a field that GitHub does not have.
 */
export function toJsonSchema(schema: Json, closed: boolean): Json {
  if (!isObject(schema)) throw new Error(`Not a schema: ${JSON.stringify(schema)}`)
  if (typeof schema.$ref === 'string') {
    return { $ref: schema.$ref.replace(definitions, '#/$defs/') }
  }
  if ('allOf' in schema) throw new Error('allOf cannot be closed: give toJsonSchema a rule for it')
  const converted: Record<string, Json> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'format' && formats.has(value)) converted.format = value
    if (keywords.has(key)) converted[key] = convertKeyword(key, value, closed)
  }
  if (closed && 'properties' in schema) converted.additionalProperties ??= false
  return schema.nullable === true ? orNull(converted) : converted
}

function convertKeyword(key: string, value: Json, closed: boolean): Json {
  if (key === 'properties' && isObject(value)) {
    return mapValues(value, (property) => toJsonSchema(property, closed))
  }
  if (key === 'items' || (key === 'additionalProperties' && isObject(value))) {
    return toJsonSchema(value, closed)
  }
  if ((key === 'oneOf' || key === 'anyOf') && Array.isArray(value)) {
    return value.map((variant: Json) => toJsonSchema(variant, closed))
  }
  return value
}

function orNull(schema: JsonObject): JsonObject {
  const { type, enum: values, ...rest } = schema
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] }
  return {
    type: [type, 'null'],
    ...(Array.isArray(values) ? { enum: [...values, null] } : {}),
    ...rest,
  }
}

function mapValues<Value, Mapped>(
  object: { readonly [key: string]: Value },
  map: (value: Value) => Mapped,
): Record<string, Mapped> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}

function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (!isObject(value)) return []
  if (typeof value.$ref === 'string') return [value.$ref.replace('#/$defs/', '')]
  return Object.values(value).flatMap(referencesIn)
}

function resolve(description: Json, value: Json): JsonObject {
  if (!isObject(value)) throw new Error(`Not an object: ${JSON.stringify(value)}`)
  return typeof value.$ref === 'string'
    ? objectAt(description, value.$ref.slice('#/'.length).split('/'))
    : value
}

function extractOperation(description: Json, method: string, path: string): Operation {
  const operation = objectAt(description, ['paths', path, method])
  const parameters = Array.isArray(operation.parameters) ? operation.parameters : []
  const responses: Record<string, Json> = {}
  for (const [status, response] of Object.entries(objectAt(operation, ['responses']))) {
    if (!status.startsWith('2')) continue
    const media = objectAt(resolve(description, response), ['content', 'application/json'])
    responses[status] = toJsonSchema(media.schema ?? null, true)
  }
  const body = isObject(operation.requestBody)
    ? objectAt(operation.requestBody, ['content', 'application/json']).schema
    : undefined
  return {
    method: method.toUpperCase(),
    path,
    multiSegment: parameters
      .map((parameter: Json) => resolve(description, parameter))
      .filter((parameter) => parameter['x-multi-segment'] === true)
      .map((parameter) => String(parameter.name)),
    ...(body === undefined ? {} : { request: toJsonSchema(body, false) }),
    responses,
  }
}

function findOperations(description: Json): Map<string, { method: string; path: string }> {
  const found = new Map<string, { method: string; path: string }>()
  for (const [path, methods] of Object.entries(objectAt(description, ['paths']))) {
    for (const [method, operation] of Object.entries(isObject(methods) ? methods : {})) {
      if (isObject(operation) && typeof operation.operationId === 'string') {
        found.set(operation.operationId, { method, path })
      }
    }
  }
  return found
}

/** The extract of a whole description. Throws when an operation or a place to correct is not there. */
export function extract(whole: Json): Extract {
  let description = whole
  for (const { at, merge } of corrections) {
    objectAt(description, at)
    description = mergeAt(description, at, merge)
  }
  const places = findOperations(description)
  const operations: Record<string, Operation> = {}
  for (const id of operationIds) {
    const place = places.get(id)
    if (place === undefined) throw new Error(`The description has no operation ${id}`)
    operations[id] = extractOperation(description, place.method, place.path)
  }
  const $defs: Record<string, Json> = {}
  const wanted = Object.values(operations).flatMap(({ responses }) =>
    Object.values(responses).flatMap(referencesIn),
  )
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (name in $defs) continue
    const definition = toJsonSchema(objectAt(description, [...schemas, name]), true)
    $defs[name] = definition
    wanted.push(...referencesIn(definition))
  }
  return { source, operations, $defs }
}

/** JSON with one line for each operation and definition: small, and a change of GitHub's shows as a line. */
function print({ source, operations, $defs }: Extract): string {
  const lines = (object: { readonly [key: string]: unknown }) =>
    Object.entries(object)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n')
  return `{
  "source": ${JSON.stringify(source)},
  "operations": {
${lines(operations)}
  },
  "$defs": {
${lines($defs)}
  }
}
`
}

async function downloadDescription(): Promise<Json> {
  const run = promisify(execFile)
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'))
  try {
    const packed = await run('npm', ['pack', '--silent', source], { cwd: folder })
    const member = 'package/generated/api.github.com.json'
    await run('tar', ['-xzf', packed.stdout.trim(), member], { cwd: folder })
    return JSON.parse(await readFile(join(folder, member), 'utf8'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

if (import.meta.main) {
  const target = new URL('./fake-github/openapi.json', import.meta.url)
  await writeFile(target, print(extract(await downloadDescription())))
}
