import * as z from 'zod'
import { loadReports } from '../../report/index.ts'
import { type Operation, operations } from './operations.ts'
import { apiPath, type ProblemName, problems, problemType } from './problems.ts'
import {
  AccountSchema,
  AccountsSchema,
  DefinitionsSchema,
  MineSchema,
  NoReportSchema,
  ProblemSchema,
  QuotaExceededSchema,
  RepositoriesSchema,
  RepositorySchema,
  SnapshotsSchema,
  WeekSchema,
} from './reply-schemas.ts'

/** What an answer looks like, by the names under which OpenAPI has them. */
export async function apiSchemas() {
  const { ReportSchema } = await loadReports()
  const { version, method, registry, scope, asOf, kept, coverage, readings } = ReportSchema.shape
  return {
    Account: AccountSchema,
    Accounts: AccountsSchema,
    Repository: RepositorySchema,
    Repositories: RepositoriesSchema,
    Snapshot: WeekSchema,
    Snapshots: SnapshotsSchema,
    Report: ReportSchema,
    Coverage: z
      .object({ version, method, registry, scope, asOf, kept, coverage })
      .extend({ reading: readings.shape.coverage }),
    Definitions: DefinitionsSchema,
    Mine: MineSchema,
    OpenApi: z.looseObject({ openapi: z.string() }).describe('An OpenAPI document'),
    Problem: ProblemSchema,
    NoReport: NoReportSchema,
    QuotaExceeded: QuotaExceededSchema,
  }
}

/** The API as OpenAPI 3.1 describes it (https://spec.openapis.org/oas/v3.1.1), made of the schemas and of what can be asked. */
export async function openApi() {
  return {
    openapi: '3.1.1',
    info: {
      title: 'What Shipped',
      version: '1',
      summary:
        'What happened to changes with and without AI recorded: groups of changes, never people.',
      description:
        'Gives what the pages show and nothing more. A token reads one account, as every member of it does. What is added later are members, paths and problems; what is here stays as it is.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: apiPath }],
    security: [{ token: [] }, { session: [] }],
    paths: Object.fromEntries(
      Object.entries(operations).map(([id, operation]) => [
        templateOf(operation.path),
        { get: describeOperation(id, operation) },
      ]),
    ),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made by an owner of the account' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-session' },
      },
      parameters: parameters(),
      headers: headers(),
      responses: Object.fromEntries(
        Object.keys(problems).map((name) => [name, describeProblem(name as ProblemName)]),
      ),
      schemas: schemas(await apiSchemas()),
    },
  }
}

/** `/accounts/{account}` */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}')
}

function describeOperation(id: string, operation: Operation) {
  const { path, summary, reply, isPublic, isOwn, query = [], ofReport } = operation
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  const wrong: ProblemName[] = [
    ...(query.length > 0 ? (['invalid-parameter'] as const) : []),
    ...(isPublic ? [] : (['unauthorized'] as const)),
    ...(ofReport
      ? (['no-report'] as const)
      : isOwn || names.length > 0
        ? (['not-found'] as const)
        : []),
    'method-not-allowed',
    ...(isPublic ? [] : (['quota-exceeded'] as const)),
    'failed',
    'unavailable',
  ]
  const asked = [...names, ...query]
  const told = ['ETag', ...(isPublic ? [] : ['RateLimit', 'RateLimit-Policy'])]
  return {
    operationId: id,
    summary,
    ...(isPublic ? { security: [] } : isOwn ? { security: [{ session: [] }] } : {}),
    parameters: [...asked, 'If-None-Match'].map((name) => ref('parameters', name)),
    responses: {
      200: {
        description: summary,
        headers: headersOf(query.length > 0 ? [...told, 'Link'] : told),
        content: { 'application/json': { schema: ref('schemas', reply) } },
      },
      304: { description: 'The same as the one that you have', headers: headersOf(told) },
      ...Object.fromEntries(wrong.map((name) => [problems[name].status, ref('responses', name)])),
    },
  }
}

function describeProblem(name: ProblemName) {
  const { title, detail } = problems[name]
  const told: Partial<Record<ProblemName, readonly string[]>> = {
    unauthorized: ['WWW-Authenticate'],
    'method-not-allowed': ['Allow'],
    'quota-exceeded': ['RateLimit', 'RateLimit-Policy', 'Retry-After'],
    unavailable: ['Retry-After'],
  }
  // Where there is no report, there may be no such place either.
  const schema =
    name === 'no-report'
      ? { anyOf: [ref('schemas', 'NoReport'), ref('schemas', 'Problem')] }
      : ref('schemas', name === 'quota-exceeded' ? 'QuotaExceeded' : 'Problem')
  return {
    description: `${title}. \`type\` is \`${problemType(name)}\`. ${detail}`,
    headers: headersOf(told[name] ?? []),
    content: { 'application/problem+json': { schema } },
  }
}

function ref(kind: 'schemas' | 'parameters' | 'headers' | 'responses', name: string) {
  return { $ref: `#/components/${kind}/${name}` }
}

function headersOf(names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, ref('headers', name)]))
}

function parameters() {
  const number = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }
  const inPath = (name: string, description: string, schema: object) => ({
    ...{ name, in: 'path', required: true, description, schema },
  })
  const inQuery = (name: string, description: string, schema: object) => ({
    ...{ name, in: 'query', description, schema },
  })
  return {
    account: inPath('account', 'GitHub’s number of the account', number),
    repository: inPath('repository', 'GitHub’s number of the repository', number),
    day: inPath('day', 'A Monday out of the list', { type: 'string', format: 'date' }),
    limit: inQuery('limit', 'Entries on a page', {
      ...{ type: 'integer', minimum: 1, maximum: 100, default: 50 },
    }),
    cursor: inQuery('cursor', '`next` of the page before', { type: 'string' }),
    'If-None-Match': {
      name: 'If-None-Match',
      in: 'header',
      description: '`ETag` of an answer before',
      schema: { type: 'string' },
    },
  }
}

function headers() {
  const text = (description: string) => ({ description, schema: { type: 'string' } })
  return {
    ETag: text('Tells whether an answer is the same as before'),
    Link: text('`rel="next"`: the next page (RFC 8288)'),
    RateLimit: text('`r`: requests left, `t`: seconds until all are there again'),
    'RateLimit-Policy': text('`q`: requests in `w` seconds, of a token or person'),
    'Retry-After': { description: 'Seconds', schema: { type: 'integer' } },
    Allow: text('What can be asked'),
    'WWW-Authenticate': text('How to sign in (RFC 6750)'),
  }
}

/** In the dialect of JSON Schema that OpenAPI 3.1 has as its own (2020-12). */
function schemas(all: Readonly<Record<string, z.ZodType>>) {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(all)) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(
    Object.entries(made.schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [
      name,
      schema,
    ]),
  )
}
