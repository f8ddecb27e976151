import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { compileCheck } from '../../src/cli/compile-check.ts'
import { RecordSchema, syntheticOrganisation } from '../../src/delivery/index.ts'
import { propertyRuns } from '../support/property-runs.ts'

const isRecord = compileCheck(RecordSchema)
const records = [
  ...syntheticOrganisation({
    seed: 7,
    asOf: '2026-11-16T00:00:00Z',
    people: 8,
    changesPerWeek: 8,
    weeks: 20,
    revertRisk: 0.3,
  }),
].map((record) => JSON.parse(JSON.stringify(record)))

/** What stands in JSON instead of what should be there. */
const others = fc.oneof(
  fc.constantFrom(
    ...[
      null,
      true,
      0,
      -1,
      1.5,
      2 ** 53,
      Number.POSITIVE_INFINITY,
      '',
      'x',
      [],
      [null],
      {},
      'person',
      'merged',
      'bot',
    ],
    ...['2026-02-29T00:00:00Z', '2026-03-01T10:00:00.5Z', '2026-03-01', '0123abc', '0'.repeat(40)],
    ...['0'.repeat(32), 'F'.repeat(40), '0'.repeat(64), `${'0'.repeat(40)}\n`, '__proto__'],
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** Every place in a value, as the names that lead to it. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, part]) => places(part, [...path, name]))
      : []
  return [path, ...inside]
}

function changed(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  const part = Reflect.get(copy, name)
  if (rest.length === 0 && to === undefined) {
    if (Array.isArray(copy)) copy.splice(Number(name), 1)
    else Reflect.deleteProperty(copy, name)
  } else Reflect.set(copy, name, changed(part, rest, to))
  return copy
}

/** The schema's own word on a value, and what it makes of it. */
function expectAgreement(value: unknown): void {
  const parsed = RecordSchema.safeParse(value)
  expect(isRecord(value)).toBe(parsed.success)
  if (parsed.success) expect(value).toMatchObject(parsed.data)
}

describe('compileCheck', () => {
  test('accepts every record', () => {
    expect(records.length).toBeGreaterThan(100)
    expect(records.filter((record) => !isRecord(record))).toEqual([])
  })

  test('agrees with the schema wherever something else or nothing stands in a record', () => {
    const mutated = fc
      .constantFrom(...records)
      .chain((record) =>
        fc.tuple(fc.constant(record), fc.constantFrom(...places(record)), fc.option(others)),
      )
    fc.assert(
      fc.property(mutated, ([record, place, to]) => {
        expectAgreement(changed(record, place, to ?? undefined))
        expectAgreement(changed(record, place, to))
      }),
      { numRuns: propertyRuns(2_000) },
    )
  })

  test('agrees with the schema on values of any kind, and on fields that it does not know', () => {
    fc.assert(fc.property(fc.jsonValue(), expectAgreement), { numRuns: propertyRuns(200) })
    const [record] = records
    expectAgreement({ ...record, later: 1 })
  })

  test('leaves a field by the name of __proto__ to the schema', () => {
    const [text = ''] = records.map((record) => JSON.stringify(record))
    const noted = text.replace('"notes":{}', '"notes":{"__proto__":"x"}')
    expect(noted).not.toBe(text)
    expect(isRecord(JSON.parse(noted))).toBe(false)
  })

  test.each([
    ['another format', z.email()],
    ['an unknown field', z.strictObject({})],
    ['a condition of its own', z.string().refine((text) => text.length > 2)],
    ['another kind', z.tuple([z.string()])],
    ['another length', z.string().min(2)],
  ])('refuses a schema with %s', (_, schema) => {
    expect(() => compileCheck<unknown>(schema)).toThrow('can be compiled')
  })
})
