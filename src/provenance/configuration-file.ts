import * as z from 'zod'
import { answerLabelTool } from './find-change-evidence.ts'

/** Ids of the tools that stand for the repository's own labels and bots. */
export const ownTools = { bots: 'repository-bot', labels: 'repository-label' }

const reserved: readonly string[] = [...Object.values(ownTools), answerLabelTool]

const text = z.string().min(1).max(200)
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,29}$/, 'use 1 to 30 lower-case letters, digits and hyphens')
  .refine((name) => !reserved.includes(name), 'this id is taken, use another')
const texts = z.array(text).max(100)

/** An address in whole, or a login as GitHub shows it (`acme-helper[bot]`). */
const identities = z
  .array(text.regex(/^[^\s<>@]+(@[^\s<>@]+\.[^\s<>@]+)?$/, 'use a whole e-mail address or a login'))
  .max(100)

/** The value of a trailer whose key alone is the mark. */
export const anyValue = '.'

/** What `.github/what-shipped.yml` may hold. */
export const ConfigurationFileSchema = z.strictObject({
  tools: z
    .array(
      z.strictObject({
        id,
        name: text,
        kind: z.enum(['assistant', 'agent', 'reviewer']).default('assistant'),
        authors: identities.default([]),
        'co-authors': identities.default([]),
        trailers: z
          .array(
            z.strictObject({
              key: text.regex(/^[A-Za-z0-9-]{1,60}$/, 'use letters, digits and hyphens'),
              value: text.default(anyValue),
            }),
          )
          .max(100)
          .default([]),
        lines: z.array(text).max(100).default([]),
        labels: texts.default([]),
      }),
    )
    .max(100)
    .default([]),
  ignore: z
    .array(text.regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'use the id of a mark, as in claude-code/branch'))
    .max(100)
    .default([]),
  branches: texts.default([]),
  labels: z
    .strictObject({
      assisted: texts.default([]),
      'agent-authored': texts.default([]),
      unassisted: texts.default([]),
    })
    .prefault({}),
  bots: identities.default([]),
})

export type ConfigurationFile = z.infer<typeof ConfigurationFileSchema>
