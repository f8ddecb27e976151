import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { apiRoutes } from '../../../src/app/api/api-routes.ts'
import { apiSchemas, openApi, templateOf } from '../../../src/app/api/open-api.ts'
import { problems, problemType } from '../../../src/app/api/problems.ts'
import { createPages } from '../../../src/app/server/create-pages.ts'
import { followReference, publishedOpenApi } from '../../support/open-api-checks.ts'

const document = publishedOpenApi()

/** Every reference in a value. */
function referencesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inside]) =>
    name === '$ref' ? [String(inside)] : referencesOf(inside),
  )
}

test('what is checked in is what is served', async () => {
  // To bring it up to date: node test/support/write-schemas.ts
  expect(document).toEqual(JSON.parse(JSON.stringify(await openApi())))
})

test('all that the App serves below the API is described, and the other way round', () => {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const pages = createPages({
    store: { ping: async () => {} },
    measure: () => Promise.reject(new Error('nobody asks')),
    metrics: { text: async () => '' },
    metricsToken: null,
    log,
    now: () => 0,
    isServing: () => true,
    signIn: true,
    setup: undefined,
    access: { viewer: (_, next) => next(), routes: new Hono() },
  })
  const served = pages.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/api/'))
    .map(({ path }) => templateOf(path))
  const base = document.servers[0]?.url ?? ''
  expect(new Set(served)).toEqual(new Set(Object.keys(document.paths).map((path) => base + path)))
  const changing = apiRoutes({ now: () => 0, log }).routes.filter(
    ({ method }) => method !== 'GET' && method !== 'ALL',
  )
  expect(changing).toEqual([])
})

describe('OpenAPI 3.1', () => {
  test('each reference leads to something', () => {
    const references = new Set(referencesOf(document))
    expect(references.size).toBeGreaterThan(20)
    for (const one of references) expect(followReference(document, one), one).toBeDefined()
  })

  test('each operation has a name of its own, the parameters of its path, and answers', () => {
    const operations = Object.entries(document.paths).map(([path, methods]) => {
      expect(Object.keys(methods)).toEqual(['get'])
      return { path, ...methods.get }
    })
    const names = operations.map(({ operationId }) => operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const { path, parameters = [], responses = {} } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const described = parameters
        .map(({ $ref }) => followReference(document, $ref))
        .filter((one) => followReference(one, 'in') === 'path')
      expect(described.map((one) => followReference(one, 'name'))).toEqual(inPath)
      for (const one of described) expect(followReference(one, 'required')).toBe(true)
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '304', '405', '500']))
      for (const status of Object.keys(responses)) expect(status).toMatch(/^[2345]\d\d$/)
    }
  })

  test('what is for everybody says so, and nothing else is', () => {
    const open = Object.entries(document.paths)
      .filter(([, { get }]) => get?.security?.length === 0)
      .map(([path]) => path)
    expect(open).toEqual(['/openapi.json', '/definitions'])
  })

  test('names of components are allowed ones, and each schema that is made is there', async () => {
    for (const kind of Object.values(document.components)) {
      for (const name of Object.keys(kind)) expect(name).toMatch(/^[\w.-]+$/)
    }
    const schemas = Object.keys(document.components.schemas ?? {}).toSorted()
    expect(schemas).toEqual(Object.keys(await apiSchemas()).toSorted())
  })

  test('the type of a problem leads to where it is written down', () => {
    for (const name of Object.keys(problems) as (keyof typeof problems)[]) {
      const [address, place = ''] = problemType(name).split('#')
      if (name === 'quota-exceeded') continue
      expect(address).toBe('/api/v1/openapi.json')
      expect(followReference(document, place.slice(1)), name).toMatchObject({
        description: expect.stringContaining(problems[name].title),
      })
    }
  })
})
