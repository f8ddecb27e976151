import * as z from 'zod'

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/)
const date = z.iso.date()
const nonEmpty = z.string().min(1)

/** Fields of every mark: how strong it is, where that is known from, when it was in use, and cases that prove it. */
const common = {
  /** Unique within its tool. */
  id,
  tier: z.enum(['E1', 'E2', 'E3', 'E4']),
  /** What the mark says when it is found; absent: that the commit was assisted. */
  claim: z.enum(['agent-authored', 'assisted', 'unassisted', 'suggested']).optional(),
  /** A public page, source file or count that shows the mark. */
  source: nonEmpty,
  /** First day on which the mark was seen or documented. */
  firstSeen: date.optional(),
  /** Last day on which it was seen. Absent: still in use or not counted. */
  lastSeen: date.optional(),
  note: nonEmpty.optional(),
  /** Texts that must match. */
  examples: z.array(nonEmpty).min(1),
  /** Texts that look alike and must not match. */
  counterexamples: z.array(nonEmpty).min(1),
}

/**
 * Identities are exact: a whole address, an account's number, a login of a noreply address. Never a mail domain, never
 * a bare name. A `name` pattern is for names that no person has ("… (aider)").
 */
const identity = {
  emails: z.array(nonEmpty).optional(),
  /** Numeric account ids, as in `<id>+<login>@users.noreply.github.com`. */
  accounts: z.array(z.int().positive()).optional(),
  /** Logins, as in `[<id>+]<login>@users.noreply.github.com`. */
  logins: z.array(nonEmpty).optional(),
  /** Regular expression (flag `iu`) for the whole of "Name <email>". */
  pattern: nonEmpty.optional(),
}

export const MarkSchema = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('author'), ...identity, ...common }),
  z.strictObject({ in: z.literal('committer'), ...identity, ...common }),
  z.strictObject({ in: z.literal('co-author'), ...identity, ...common }),
  z.strictObject({
    in: z.literal('trailer'),
    /** Compared without case. */
    keys: z.array(nonEmpty).min(1),
    /** Regular expression (flag `iu`) searched in the value. */
    pattern: nonEmpty,
    /** `message`: any plain line of the message (tool-specific keys). `block`: only git's own trailer block (generic keys). */
    within: z.enum(['message', 'block']),
    ...common,
  }),
  z.strictObject({
    in: z.literal('line'),
    /** Regular expression (flags `iu`) for a whole plain line of a commit message or a description. */
    pattern: nonEmpty,
    /** Text that every match contains, compared with case: lines without it are not tested. */
    contains: nonEmpty,
    ...common,
  }),
  z.strictObject({ in: z.literal('branch'), pattern: nonEmpty, ...common }),
  z.strictObject({ in: z.literal('label'), names: z.array(nonEmpty).min(1), ...common }),
  z.strictObject({
    in: z.literal('note'),
    ref: nonEmpty,
    /** Name of the reader in src/provenance; absent: known, not read. */
    format: z.enum(['git-ai']).optional(),
    ...common,
  }),
])

export const ToolSchema = z.strictObject({
  id,
  name: nonEmpty,
  vendor: nonEmpty,
  /**
   * `assistant` works inside a person's editor or terminal; `agent` has an account of its own; `declaration` is a
   * policy trailer that names no tool; `reviewer` comments and suggests; `automation` is dependency, release and merge
   * bots. The last two are known so that they are never taken for AI authorship.
   */
  kind: z.enum(['assistant', 'agent', 'declaration', 'reviewer', 'automation']),
  note: nonEmpty.optional(),
  marks: z.array(MarkSchema),
})

/** A time in which a mark says nothing: it was written whether or not the tool was used. */
export const EpochSchema = z.strictObject({
  id,
  /** `tool/mark`. */
  mark: nonEmpty,
  /** First and last day, by author date (UTC), both included. */
  from: date,
  to: date,
  reason: nonEmpty,
  source: nonEmpty,
})

/** A repository whose policy forbids AI trailers: there absence means nothing. */
export const PolicySchema = z.strictObject({
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  reason: nonEmpty,
  source: nonEmpty,
})

/** A block that a reviewer bot writes into other people's descriptions: what stands inside is not the author's. */
export const ReviewerBlockSchema = z.strictObject({
  tool: id,
  /** A line that contains `start` opens the block; the next line that contains `end` closes it. */
  start: nonEmpty,
  end: nonEmpty,
})

export const RegistrySchema = z.strictObject({
  $schema: nonEmpty.optional(),
  /** The day of its last change; every answer carries it. */
  version: date,
  tools: z.array(ToolSchema),
  epochs: z.array(EpochSchema),
  policies: z.array(PolicySchema),
  reviewerBlocks: z.array(ReviewerBlockSchema),
})

type Documentation = keyof Pick<
  z.infer<typeof MarkSchema>,
  'source' | 'firstSeen' | 'lastSeen' | 'note' | 'examples' | 'counterexamples'
>
type Undocumented<M> = M extends unknown ? Omit<M, Documentation> : never

/** A mark as the matcher needs it: without its source and examples, which only readers and tests need. */
export type Mark = Undocumented<z.infer<typeof MarkSchema>>

/** A tool as the matcher needs it. */
export interface Tool extends Omit<z.infer<typeof ToolSchema>, 'marks' | 'note'> {
  readonly marks: readonly Mark[]
}

export type Epoch = Omit<z.infer<typeof EpochSchema>, 'source'>

/** The registry as the matcher needs it. */
export interface Registry {
  readonly version: string
  readonly tools: readonly Tool[]
  readonly epochs: readonly Epoch[]
  readonly policies: readonly Omit<z.infer<typeof PolicySchema>, 'source'>[]
  readonly reviewerBlocks: readonly z.infer<typeof ReviewerBlockSchema>[]
}
