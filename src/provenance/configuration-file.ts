import * as z from 'zod/mini'
import { answerLabelTool, checkTool } from './find-change-evidence.ts'

/** Ids of the tools that stand for the repository's own labels and bots. */
export const ownTools = { bots: 'repository-bot', labels: 'repository-label' }

const reserved: readonly string[] = [...Object.values(ownTools), answerLabelTool, checkTool]

const text = z.string().check(z.minLength(1), z.maxLength(200))
const id = z.string().check(
  z.regex(/^[a-z0-9][a-z0-9-]{0,29}$/, 'use 1 to 30 lower-case letters, digits and hyphens'),
  z.refine((name) => !reserved.includes(name), 'this id is taken, use another'),
)

/** At most a hundred; none where the file does not name any. */
function listOf<Item extends z.ZodMiniType>(item: Item) {
  return z._default(z.array(item).check(z.maxLength(100)), [])
}

/** An address in whole, or a login as GitHub shows it (`acme-helper[bot]`). */
const identity = text.check(
  z.regex(/^[^\s<>@]+(@[^\s<>@]+\.[^\s<>@]+)?$/, 'use a whole e-mail address or a login'),
)

/** The value of a trailer whose key alone is the mark. */
export const anyValue = '.'

const TrailerSchema = z.strictObject({
  key: text.check(z.regex(/^[A-Za-z0-9-]{1,60}$/, 'use letters, digits and hyphens')),
  value: z._default(text, anyValue),
})

const ToolSchema = z.strictObject({
  id,
  name: text,
  kind: z._default(z.enum(['assistant', 'agent', 'reviewer']), 'assistant'),
  authors: listOf(identity),
  'co-authors': listOf(identity),
  trailers: listOf(TrailerSchema),
  lines: listOf(text),
  labels: listOf(text),
})

/** What `.github/what-shipped.yml` may hold. */
export const ConfigurationFileSchema = z.strictObject({
  tools: listOf(ToolSchema),
  ignore: listOf(
    text.check(
      z.regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'use the id of a mark, as in claude-code/branch'),
    ),
  ),
  branches: listOf(text),
  labels: z.prefault(
    z.strictObject({
      assisted: listOf(text),
      'agent-authored': listOf(text),
      unassisted: listOf(text),
    }),
    {},
  ),
  bots: listOf(identity),
})

export type ConfigurationFile = z.infer<typeof ConfigurationFileSchema>
