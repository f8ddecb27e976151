import * as z from 'zod'
import data from './malicious-inputs.json' with { type: 'json' }

const RepeatSchema = z.strictObject({
  $repeat: z.string(),
  n: z.int().positive(),
  prefix: z.string(),
  suffix: z.string(),
})

const VectorsSchema = z.array(
  z.strictObject({
    name: z.string(),
    /** The place that the text comes from. */
    where: z.string(),
    /** A text, a text to be repeated, or (where `webhook`) headers and a body. */
    input: z.union([z.string(), RepeatSchema, z.record(z.string(), z.unknown())]),
    /** What must hold, in words. */
    must: z.string(),
    /** Names of the properties to assert. */
    check: z.array(z.string()),
  }),
)

/** A hostile text, and what must hold wherever it turns up. */
export interface MaliciousText {
  readonly name: string
  readonly where: string
  readonly text: string
  readonly check: readonly string[]
}

/** The hostile inputs that are texts, with `$repeat` expanded; those of webhooks are none. */
export const maliciousTexts: readonly MaliciousText[] = VectorsSchema.parse(data).flatMap(
  ({ name, where, input, check }) => {
    if (typeof input === 'string') return [{ name, where, text: input, check }]
    const repeated = RepeatSchema.safeParse(input)
    return repeated.success ? [{ name, where, text: expand(repeated.data), check }] : []
  },
)

/** The hostile texts for which a property must be asserted. */
export function maliciousTextsFor(...checks: readonly string[]): MaliciousText[] {
  return maliciousTexts.filter(({ check }) => check.some((one) => checks.includes(one)))
}

function expand({ $repeat, n, prefix, suffix }: z.infer<typeof RepeatSchema>): string {
  return `${prefix}${$repeat.repeat(n)}${suffix}`
}
