import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import * as z from 'zod'
import { readText } from './repository.ts'

/** What of an OpenAPI document is looked at by tests. */
const OpenApiSchema = z.looseObject({
  openapi: z.string(),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        operationId: z.string(),
        security: z.array(z.unknown()).optional(),
        parameters: z.array(z.object({ $ref: z.string() })),
        responses: z.record(z.string(), z.looseObject({})),
      }),
    ),
  ),
  components: z.record(z.string(), z.record(z.string(), z.unknown())),
})

export type OpenApiDocument = z.infer<typeof OpenApiSchema>

/** The one that is checked in. */
export function publishedOpenApi(): OpenApiDocument {
  return OpenApiSchema.parse(JSON.parse(readText('docs/openapi.json')))
}

/** What a reference inside a document leads to; undefined: to nothing. */
export function followReference(document: unknown, reference: string): unknown {
  const names = reference.replace(/^#\//, '').split('/')
  return names.reduce<unknown>(
    (inside, name) =>
      typeof inside === 'object' && inside !== null ? Reflect.get(inside, name) : undefined,
    document,
  )
}

/** The path of a document that stands for an address; undefined: none does. */
export function pathOfAddress(document: OpenApiDocument, address: string): string | undefined {
  const { pathname } = new URL(address, 'http://localhost')
  const base = document.servers[0]?.url ?? ''
  if (!pathname.startsWith(base)) return undefined
  return Object.keys(document.paths).find((path) =>
    new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname.slice(base.length)),
  )
}

/** Gives what is wrong with answers by the schemas of a document; nothing where they are as it says. */
export function answerChecker(
  document: OpenApiDocument,
): (address: string, response: Response, body: string) => unknown {
  const ajv = new Ajv2020({ formats: { date: true, 'date-time': true }, strict: false })
  ajv.addSchema(document, 'openapi')
  const compiled = new Map<string, ValidateFunction>()
  return (address, { status, headers }, body) => {
    const path = pathOfAddress(document, address)
    const described = path === undefined ? undefined : document.paths[path]?.get?.responses[status]
    if (path === undefined || described === undefined)
      return `${status} of ${address} is not described`
    if (status === 304) return body === '' ? [] : 'a 304 with a body'
    const type = headers.get('content-type')?.split(';')[0] ?? ''
    const pointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')
    const reference = '$ref' in described ? String(described.$ref).slice(1) : undefined
    const place = `${reference ?? `/paths/${pointer(path)}/get/responses/${status}`}/content/${pointer(type)}/schema`
    const $ref = `openapi#${encodeURI(place)}`
    const validate = compiled.get($ref) ?? ajv.compile({ $ref })
    compiled.set($ref, validate)
    validate(JSON.parse(body))
    return validate.errors ?? []
  }
}
