import * as z from 'zod'
import { type GateThresholds, gateThresholds } from '../../comparison/index.ts'
import type { Facts } from '../../store/index.ts'
import { leastRetentionDays, longestRetentionDays } from './retention.ts'
import { SelfAuditSchema } from './self-audit.ts'

/** What the method itself asks of a group before it is shown. Owners may ask for more, and never for less. */
export const leastThresholds = {
  people: gateThresholds.people,
  changes: gateThresholds.changes,
  largestPersonPercent: Math.round(100 * gateThresholds.personShare),
} as const

/** As far as thresholds can be raised: beyond, nobody's numbers would be shown. */
export const mostThresholds = { people: 500, changes: 5_000, largestPersonPercent: 10 } as const

/** A stored value that is looser than the method's counts as the method's. */
const ThresholdsSchema = z.object({
  people: z
    .int()
    .default(leastThresholds.people)
    .transform((people) => Math.max(people, leastThresholds.people)),
  changes: z
    .int()
    .default(leastThresholds.changes)
    .transform((changes) => Math.max(changes, leastThresholds.changes)),
  largestPersonPercent: z
    .int()
    .positive()
    .default(leastThresholds.largestPersonPercent)
    .transform((percent) => Math.min(percent, leastThresholds.largestPersonPercent)),
})

/** A pattern of a branch's name, in which `*` stands for any text. */
export const BranchPatternSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\s\p{C}~^:?[\\]+$/u)

const TrackingSchema = z.object({
  /** GitHub's numbers of those whose changes are read and counted. */
  repositories: z.union([z.literal('all'), z.array(z.int().positive()).readonly()]).default('all'),
  /** Base branches whose changes count beside those of the default branch. */
  branches: z.array(BranchPatternSchema).max(50).readonly().default([]),
})

/** What the next snapshot has to know of earlier settings. */
const HistorySchema = z.object({
  /** When other branches were chosen last, milliseconds since the epoch; null: never. */
  branches: z.object({ changedAt: z.number() }).nullable().default(null),
})

const AccountSettingsSchema = z.object({
  /** Whether numbers are shown, to every member. Closed, they are shown to nobody, owners included: never to some. */
  open: z.boolean().default(true),
  thresholds: ThresholdsSchema.prefault({}),
  /** How long facts of a pull request are kept once nothing happens in it; null: as long as this server keeps any. */
  retentionDays: z
    .int()
    .transform((days) => Math.min(Math.max(days, leastRetentionDays), longestRetentionDays))
    .nullable()
    .default(null),
  tracking: TrackingSchema.prefault({}),
  /** The organisation's statement also in the checks of repositories that more than its members can read. */
  organisationInPublicChecks: z.boolean().default(false),
  /** The answer's label on each pull request. */
  labels: z.boolean().default(false),
  selfAudit: SelfAuditSchema.nullable().default(null),
  history: HistorySchema.prefault({}),
})

/** What the owners of an account decided, and what holds where nobody decided anything. */
export type AccountSettings = z.infer<typeof AccountSettingsSchema>

/** What of it is decided by itself; the rest follows. */
export type AccountChoices = Omit<AccountSettings, 'history'>

export type Thresholds = AccountSettings['thresholds']

/** @param document as it is stored; undefined: nobody decided anything */
export function parseAccountSettings(document: string | undefined): AccountSettings {
  return AccountSettingsSchema.parse(document === undefined ? {} : JSON.parse(document))
}

export async function readAccountSettings(
  facts: Pick<Facts, 'settings'>,
): Promise<AccountSettings> {
  return parseAccountSettings(await facts.settings.get())
}

/** As the comparison takes them: the method's own where none is raised. */
export function toGate(thresholds: Thresholds): GateThresholds {
  if (!isLooser(leastThresholds, thresholds)) return gateThresholds
  const { people, changes, largestPersonPercent } = thresholds
  return { people, changes, personShare: largestPersonPercent / 100 }
}

/** Whether a threshold lets more be shown than another one does. */
export function isLooser(one: Thresholds, other: Thresholds): boolean {
  return (
    one.people < other.people ||
    one.changes < other.changes ||
    one.largestPersonPercent > other.largestPersonPercent
  )
}
