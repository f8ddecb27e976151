import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { corrections, extract, operationIds, toJsonSchema } from '../extract-openapi.ts'
import { findBreach, findRequestBreach, operationOf } from './contract.ts'

describe('the extract of GitHub’s description', () => {
  const file = new URL('./openapi.json', import.meta.url)

  it('is small, and holds what the script asks for', () => {
    expect(statSync(file).size).toBeLessThan(400_000)
    const { operations } = JSON.parse(readFileSync(file, 'utf8'))
    expect(Object.keys(operations).sort()).toEqual([...operationIds].sort())
  })

  it.each([
    [{ type: 'string', description: 'Prose', example: 'x' }, { type: 'string' }],
    [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [
      { type: 'string', nullable: true, enum: ['a'] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      { nullable: true, oneOf: [{ type: 'string' }] },
      { anyOf: [{ oneOf: [{ type: 'string' }] }, { type: 'null' }] },
    ],
    [{ $ref: '#/components/schemas/label' }, { $ref: '#/$defs/label' }],
    [{ type: 'integer', format: 'int64' }, { type: 'integer' }],
    [
      { type: 'string', format: 'uri' },
      { type: 'string', format: 'uri' },
    ],
    [
      { type: 'object', properties: { description: { type: 'string', description: 'Prose' } } },
      {
        type: 'object',
        properties: { description: { type: 'string' } },
        additionalProperties: false,
      },
    ],
    [
      { type: 'object', properties: {}, additionalProperties: { type: 'string', example: 'x' } },
      { type: 'object', properties: {}, additionalProperties: { type: 'string' } },
    ],
    [
      { type: 'array', items: { type: 'string' } },
      { type: 'array', items: { type: 'string' } },
    ],
  ])('turns %j into JSON Schema', (schema, expected) => {
    expect(toJsonSchema(schema, true)).toEqual(expected)
  })

  it('leaves what a request may hold open', () => {
    const schema = { type: 'object', properties: { name: { type: 'string' } } }
    expect(toJsonSchema(schema, false)).toEqual(schema)
  })

  it('says what it did not find', () => {
    expect(() => toJsonSchema({ allOf: [] }, true)).toThrow('allOf')
    expect(() => extract({ components: { schemas: {} }, paths: {} })).toThrow(
      `The description has no object at ${corrections[0]?.at.join('.')}`,
    )
    expect(() => operationOf('repos/delete')).toThrow('add it to extract-openapi.ts')
  })
})

describe('the contract', () => {
  const label = {
    id: 1,
    node_id: 'LA_1',
    url: 'https://example.com/labels/a',
    name: 'a',
    description: null,
    color: 'ededed',
    default: false,
  }

  it('allows what GitHub describes', () => {
    expect(findBreach('issues/get-label', 200, label)).toBeUndefined()
    expect(findRequestBreach('issues/create-label', { name: 'a' })).toBeUndefined()
    expect(findRequestBreach('issues/get-label', undefined)).toBeUndefined()
  })

  it.each([
    ['a field that is missing', 200, { ...label, name: undefined }, "property 'name'"],
    ['a field of another type', 200, { ...label, id: '1' }, 'body/id must be integer'],
    ['a field that GitHub lacks', 200, { ...label, colour: 'red' }, '(colour)'],
    ['an address that is none', 200, { ...label, url: 'labels/a' }, 'format "uri"'],
    ['a status that GitHub does not give', 201, label, 'no schema'],
  ])('finds %s', (_, status, body, reason) => {
    expect(findBreach('issues/get-label', status, body)).toContain(reason)
  })
})
