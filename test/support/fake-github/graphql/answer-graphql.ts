import {
  type DocumentNode,
  executeSync,
  GraphQLError,
  type GraphQLFieldResolver,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from 'graphql'
import { type Call, json, problem, type Reply } from '../exchange.ts'
import { allows, needs } from '../permissions.ts'
import { spend } from '../rate-limit.ts'
import { findFormer, findRepository, type State } from '../state.ts'
import { viewerNode } from './actor-node.ts'
import { repositoryContext } from './context.ts'
import { type Cost, costOf, maximumNodes } from './cost.ts'
import { FieldError, NotModelled, unresolved } from './errors.ts'
import { repositoryNode } from './repository-node.ts'
import { githubSchema } from './schema.ts'

interface GraphqlRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName: string | undefined
}

/**
 * Answers one GraphQL request: parsed, validated against GitHub's schema, executed over the state. What GitHub would
 * refuse is refused with HTTP 200 and `errors`. Throws what only the fake is to blame for, a field that it does not
 * model among them.
 */
export function answerGraphql(state: State, call: Call): Reply {
  const request = readRequest(call.body)
  if (request === undefined) {
    return problem(400, 'A query attribute must be specified and must be a string.')
  }
  const document = parseQuery(request.query)
  if (document instanceof GraphQLError) return refusal([document])
  const invalid = validate(githubSchema(), document)
  if (invalid.length > 0) return refusal(invalid)
  const operation = getOperationAST(document, request.operationName)
  if (operation == null) return problem(400, 'An operation name is required')
  const variables = getVariableValues(
    githubSchema(),
    operation.variableDefinitions ?? [],
    request.variables,
  )
  if (variables.errors !== undefined) return refusal(variables.errors)
  const cost = costOf(document, operation, variables.coerced)
  if (cost.nodes > maximumNodes) return json(200, { errors: [tooManyNodes(cost)] })
  const limits = state.rateLimits
  if (limits !== null && !spend(limits.graphql, cost.points)) {
    return json(200, { errors: [rateLimited] })
  }
  return run(state, call, request, document, cost)
}

function readRequest(body: unknown): GraphqlRequest | undefined {
  if (typeof body !== 'object' || body === null || !('query' in body)) return undefined
  const { query, variables, operationName }: Record<string, unknown> = { ...body }
  if (typeof query !== 'string') return undefined
  return {
    query,
    variables: typeof variables === 'object' && variables !== null ? { ...variables } : {},
    operationName: typeof operationName === 'string' ? operationName : undefined,
  }
}

function parseQuery(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
}

function run(
  state: State,
  call: Call,
  { variables, operationName }: GraphqlRequest,
  document: DocumentNode,
  cost: Cost,
): Reply {
  const result = executeSync({
    schema: githubSchema(),
    document,
    rootValue: rootOf(state, call, cost),
    variableValues: variables,
    operationName: operationName ?? null,
    fieldResolver,
  })
  const errors = result.errors ?? []
  for (const { originalError, message } of errors) {
    if (originalError != null && !(originalError instanceof FieldError)) {
      throw new Error(message, { cause: originalError })
    }
  }
  if (errors.length === 0) return json(200, { data: result.data })
  const data = result.data === undefined ? {} : { data: result.data }
  return json(200, { ...data, errors: errors.map(formatError) })
}

/** The schema's default resolver, which takes a field that a node lacks for null, made strict. */
const fieldResolver: GraphQLFieldResolver<Record<string, unknown>, unknown> = (
  source,
  args,
  context,
  info,
) => {
  if (!(info.fieldName in source)) {
    throw new NotModelled(`${info.parentType.name}.${info.fieldName}`)
  }
  const value = source[info.fieldName]
  return typeof value === 'function' ? value(args, context, info) : value
}

function rootOf(state: State, { urls }: Call, cost: Cost) {
  return {
    viewer: () => viewerNode(state.viewer, urls),
    rateLimit: () => rateLimitNode(state, cost),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = findRepository(state, owner, name) ?? findFormer(state, owner, name)
      if (repository === undefined || !allows(state, repository, needs.repository)) {
        throw unresolved(`Repository with the name '${owner}/${name}'`)
      }
      return repositoryNode(repositoryContext(state, urls, repository))
    },
  }
}

function rateLimitNode({ rateLimits }: State, cost: Cost) {
  if (rateLimits === null) return null
  const { limit, remaining, resetAt } = rateLimits.graphql
  return {
    limit,
    remaining,
    used: limit - remaining,
    resetAt,
    cost: cost.points,
    nodeCount: cost.nodes,
  }
}

const rateLimited = {
  type: 'RATE_LIMITED',
  message: 'API rate limit exceeded for installation.',
}

function tooManyNodes({ nodes }: Cost) {
  const [possible, maximum] = [nodes, maximumNodes].map((count) => count.toLocaleString('en-US'))
  return {
    type: 'MAX_NODE_LIMIT_EXCEEDED',
    message: `This query requests up to ${possible} possible nodes which exceeds the maximum limit of ${maximum}.`,
  }
}

function refusal(errors: readonly GraphQLError[]): Reply {
  return json(200, { errors: errors.map(formatError) })
}

function formatError({ message, path, locations, originalError }: GraphQLError) {
  const { type, extensions } =
    originalError instanceof FieldError ? originalError : { type: undefined, extensions: undefined }
  return { type, path, extensions, locations, message }
}
