import * as z from 'zod'

const version = 1

const AskedSchema = z.object({
  repository: z.string(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  updatedSince: z.string().nullable(),
  trackedBranches: z.array(z.string()).nullable(),
  branchCommits: z.boolean(),
  headDiffs: z.boolean(),
  /** Version of the registry by which texts are withheld. */
  registry: z.string(),
  /** Key of a fixed text: another one under another secret. */
  key: z.string(),
})

/** Which records are asked for, and how people are keyed: a reading goes on only as it began. */
export type Asked = z.infer<typeof AskedSchema>

const walk = { cursor: z.string().nullable(), read: z.int().nonnegative() }

const PositionSchema = z.discriminatedUnion('part', [
  z.object({ part: z.literal('created'), ...walk }),
  z.object({
    part: z.literal('updated'),
    ...walk,
    /** Down to which last change this pass goes, milliseconds since the epoch. */
    floor: z.number(),
    /** Last change of what stood first when this pass began; null: it has not begun. */
    newest: z.number().nullable(),
    pass: z.int().positive(),
    /** Whether this pass gave anything. */
    found: z.boolean(),
    /** Numbers that were given already: `PackedNumbers`. */
    given: z.string(),
  }),
  z.object({
    part: z.literal('branch'),
    ...walk,
    /** Tip from which the branch is read; null: not chosen yet. */
    tip: z.string().nullable(),
  }),
  z.object({ part: z.literal('end'), read: walk.read }),
])

const CheckpointSchema = z.object({
  version: z.literal(version),
  asked: AskedSchema,
  contents: z.boolean().describe('false: the token may not read contents'),
  pageSize: z.int().positive(),
  position: PositionSchema,
})

/** Where a reading stands. */
export type Position = z.infer<typeof PositionSchema>
export type Checkpoint = z.infer<typeof CheckpointSchema>

/** A checkpoint that this reading cannot go on from. */
export class CheckpointError extends Error {
  /** What is wrong with it, without what to do. */
  readonly reason: string

  constructor(reason: string, options?: ErrorOptions) {
    super(`${reason}; delete the checkpoint to read from the start`, options)
    this.name = 'CheckpointError'
    this.reason = reason
  }
}

export function formatCheckpoint(checkpoint: Omit<Checkpoint, 'version'>): string {
  return JSON.stringify({ version, ...checkpoint })
}

/** @throws CheckpointError where it is none, of another version, or of another reading */
export function parseCheckpoint(text: string, asked: Asked): Checkpoint {
  const checkpoint = readCheckpoint(text)
  const other = (Object.keys(asked) as (keyof Asked)[]).find(
    (name) => JSON.stringify(asked[name]) !== JSON.stringify(checkpoint.asked[name]),
  )
  if (other === undefined) return checkpoint
  throw new CheckpointError(`The checkpoint is of a reading with ${differences[other]}`)
}

const differences: Readonly<Record<keyof Asked, string>> = {
  repository: 'another repository',
  since: 'another start of the time asked for',
  until: 'another end of the time asked for',
  updatedSince: 'another time since which all is known',
  trackedBranches: 'other tracked branches',
  branchCommits: 'another choice about commits on the branch',
  headDiffs: 'another choice about what changed after reviews',
  registry: 'another version of the registry of tools',
  key: 'another key for people',
}

function readCheckpoint(text: string): Checkpoint {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw new CheckpointError('The checkpoint is damaged', { cause })
  }
  const made = z.object({ version: z.int() }).safeParse(data).data?.version
  if (made !== undefined && made !== version) {
    throw new CheckpointError(`The checkpoint is of version ${made}, not ${version}`)
  }
  const parsed = CheckpointSchema.safeParse(data)
  if (parsed.success) return parsed.data
  throw new CheckpointError('The checkpoint is damaged', { cause: parsed.error })
}
