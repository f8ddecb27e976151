import * as z from 'zod'
import data from './malicious-inputs.json' with { type: 'json' }

const Repeated = z.strictObject({
  $repeat: z.string(),
  n: z.int().positive(),
  prefix: z.string(),
  suffix: z.string(),
})

const InputSchema = z.strictObject({
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  body: z
    .union([
      z.string(),
      Repeated.transform(({ $repeat, n, prefix, suffix }) => prefix + $repeat.repeat(n) + suffix),
    ])
    .default(''),
  signed: z.boolean().default(false),
  secret: z.string().optional(),
  stallMs: z.number().optional(),
})

/** A hostile delivery, and what must hold of it. */
export interface MaliciousWebhook extends z.output<typeof InputSchema> {
  readonly name: string
  readonly check: readonly string[]
}

/** The hostile inputs that are webhooks. */
export const maliciousWebhooks: readonly MaliciousWebhook[] = data
  .filter(({ where }) => where === 'webhook')
  .map(({ name, input, check }) => ({ name, check, ...InputSchema.parse(input) }))
