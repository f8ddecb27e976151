import * as z from 'zod'

/** A field of a published format as its JSON Schema tells it. */
export interface DescribedField {
  /** `reviews[].state` */
  readonly path: string
  /** What may stand there: `time`, `count or null`, `"a" or "b"`. */
  readonly kind: string
  /** Empty where the name is all that is said. */
  readonly meaning: string
}

interface Schema {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly additionalProperties?: Schema | false
}

/** Every field of a format, each before those inside it. */
export function describedFields(schema: z.ZodType): DescribedField[] {
  const seen = new Map<string, string>()
  return fieldsOf(z.toJSONSchema(schema, { reused: 'inline' }) as Schema, '', seen)
}

/** Forms with fewer fields are laid open wherever they stand. */
const laidOpenAgain = 2

function fieldsOf(schema: Schema, path: string, seen: Map<string, string>): DescribedField[] {
  return [...ownFields(schema)].flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`
    const { schema: inner, suffix } = elementOf(field)
    const form = JSON.stringify(partsOf(inner), (key, value) =>
      key === 'description' ? undefined : value,
    )
    const known = ownFields(inner).size > laidOpenAgain ? seen.get(form) : undefined
    if (known !== undefined) {
      return [{ path: at, kind: `${kindOf(field)}, as \`${known}\``, meaning: meaningOf(field) }]
    }
    seen.set(form, `${at}${suffix}`)
    return [
      { path: at, kind: kindOf(field), meaning: meaningOf(field) },
      ...fieldsOf(inner, `${at}${suffix}`, seen),
    ]
  })
}

/** The fields of an object; of one of several forms, those of all of them. */
function ownFields(schema: Schema): Map<string, Schema> {
  const fields = new Map<string, Schema>()
  for (const { properties = {} } of partsOf(schema)) {
    for (const [name, field] of Object.entries(properties)) {
      const other = fields.get(name)
      fields.set(name, other === undefined ? field : { ...other, anyOf: [other, field] })
    }
  }
  return fields
}

/** The alternatives of a schema, one where there are none. */
function partsOf(schema: Schema): readonly Schema[] {
  const parts = schema.anyOf ?? schema.oneOf
  if (parts !== undefined) return parts.flatMap(partsOf)
  const { type } = schema
  return Array.isArray(type) ? type.map((one: string) => ({ ...schema, type: one })) : [schema]
}

/** What a list or a map holds, and how that is written behind the field's name. */
function elementOf(field: Schema): { readonly schema: Schema; readonly suffix: string } {
  const parts = partsOf(field).filter(({ type }) => type !== 'null')
  const [only] = parts
  if (parts.length === 1 && only?.items !== undefined) return { schema: only.items, suffix: '[]' }
  if (parts.length === 1 && only?.additionalProperties) {
    return { schema: only.additionalProperties, suffix: '{}' }
  }
  return { schema: { anyOf: parts }, suffix: '' }
}

function meaningOf(field: Schema): string {
  const parts = [field, ...(field.anyOf ?? [])]
  const variants = parts.filter(
    (part) => part.const !== undefined && part.description !== undefined,
  )
  if (variants.length > 0) {
    return variants.map((part) => `${part.const}: ${part.description}`).join('; ')
  }
  const meaning = parts.find(({ description }) => description !== undefined)?.description ?? ''
  return meaning === 'UTC, ISO 8601' ? '' : meaning
}

/** What a list holds; of objects that is told by their fields. */
function listed(items: Schema): string {
  const kinds = new Set(partsOf(items).map(kindOfPart))
  return [...kinds].join(' or ').replace('object', 'objects')
}

function kindOf(field: Schema): string {
  const kinds = partsOf(field).map(kindOfPart)
  const named = [...new Set(kinds)]
  const last = named.pop() ?? ''
  return named.length === 0 ? last : `${named.join(', ')} or ${last}`
}

function kindOfPart(part: Schema): string {
  if (part.type === 'null') return 'null'
  if (part.const !== undefined) return JSON.stringify(part.const)
  if (part.enum !== undefined) return part.enum.map((value) => `"${value}"`).join(', ')
  if (part.items !== undefined) return `list of ${listed(part.items)}`
  if (part.type === 'object') return 'object'
  if (part.type === 'integer') return 'count'
  if (part.type === 'boolean') return 'yes/no'
  if (part.format === 'date-time') return 'time'
  if (part.pattern?.startsWith('^[0-9a-f]{32}') === true) return 'key of a person'
  if (part.pattern?.startsWith('^[0-9a-f]{16}') === true) return 'key of a text'
  if (part.pattern?.includes('[0-9a-f]') === true) return 'hash'
  return part.type === 'string' ? 'text' : String(part.type)
}

/** The fields as a table in Markdown. */
export function fieldTable(fields: readonly DescribedField[]): string {
  const rows = fields.map(
    ({ path, kind, meaning }) =>
      `| \`${path}\` | ${kind} | ${meaning.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`,
  )
  return ['| field | kind | meaning |', '|---|---|---|', ...rows].join('\n')
}
