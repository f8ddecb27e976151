import { discloseParts, type GateThresholds, isPublishable } from '../disclosure/disclosure-gate.ts'
import { byteAt } from '../numbers/number-at.ts'
import { assistances, tiers, unknown } from '../table/change-table.ts'
import { type Described, joinRows, mergedRows, peopleOf, type Rows } from '../table/cohort-rows.ts'
import { mergeWindow } from '../table/windows.ts'
import { describeTools, type ToolShare } from './describe-tools.ts'
import { joinAll, splitRows } from './split-rows.ts'

type AssistanceName = (typeof assistances)[number]
type TierName = (typeof tiers)[number]

/** What is recorded of AI in the changes of both cohorts merged in 26 weeks. */
export interface Coverage {
  readonly changes: number
  /** Shares of them; null: not shown. */
  readonly assistance: Readonly<Record<AssistanceName, number | null>>
  /** Shares of them by the strongest tier behind the answer; `none` where there is none, as E4 alone gives none. */
  readonly tiers: Readonly<Record<Exclude<TierName, 'E4'> | 'none', number | null>>
  /** Shares of the assisted ones; empty: not shown. */
  readonly tools: readonly ToolShare[]
}

const noTier = 'none'

/**
 * The shares of each answer and of each tier, by all that is known now. What is set aside is not among the changes, or it
 * could be had by subtracting the cohorts. The two breakdowns cut the same changes, so that one could be had from the
 * other: therefore the tiers are parts of each answer, hidden ones among them together none or enough, and a tier is only
 * shown where its part in every answer is. Tools are parts of the assisted ones. null where the total may not be shown, or a cohort in it that would be left when
 * the other is subtracted; and of one repository beside others, as that would cross two breakdowns.
 */
export function describeCoverage(
  described: Described,
  thresholds: GateThresholds,
): Coverage | null {
  const { table, asOf, repository } = described
  if (repository !== undefined) return null
  const { assisted, other } = mergedRows(described, mergeWindow(asOf))
  const rows = joinRows(assisted, other)
  const isShown = (some: Rows) => isPublishable(peopleOf(table, some), thresholds)
  const isSafe = (cohort: Rows) => cohort.length === 0 || isShown(cohort)
  if (!isShown(rows) || !isSafe(assisted) || !isSafe(other)) return null
  const shown = (parts: ReadonlyMap<string, Rows>) =>
    discloseParts(
      [...parts].map(([id, some]) => ({ id, people: peopleOf(table, some) })),
      thresholds,
    ).shown
  const answers = splitRows(
    rows,
    (row) => assistances[byteAt(table.assistance, row)] ?? 'undeclared',
  )
  const shownAnswers = shown(answers)
  const hiddenTiers = new Set<string>()
  const tiersOf = new Map<string, ReadonlyMap<string, Rows>>()
  for (const [answer, some] of answers) {
    const parts = splitRows(some, (row) => tierName(byteAt(table.tier, row)))
    tiersOf.set(answer, parts)
    const shownParts = shownAnswers.includes(answer) ? shown(parts) : []
    for (const tier of parts.keys()) if (!shownParts.includes(tier)) hiddenTiers.add(tier)
  }
  const answerShare = (answer: AssistanceName) => {
    const some = answers.get(answer)
    if (some === undefined) return 0
    return shownAnswers.includes(answer) ? some.length / rows.length : null
  }
  const tierShare = (tier: string) => {
    if (hiddenTiers.has(tier)) return null
    const parts = [...tiersOf.values()].map((tiers) => tiers.get(tier)?.length ?? 0)
    return parts.reduce((sum, part) => sum + part, 0) / rows.length
  }
  const assistedTiers = shownAnswers.includes('assisted') ? tiersOf.get('assisted') : undefined
  return {
    changes: rows.length,
    assistance: {
      assisted: answerShare('assisted'),
      unassisted: answerShare('unassisted'),
      undeclared: answerShare('undeclared'),
    },
    tiers: {
      E1: tierShare('E1'),
      E2: tierShare('E2'),
      E3: tierShare('E3'),
      none: tierShare(noTier),
    },
    tools:
      assistedTiers === undefined
        ? []
        : describeTools(table, toldApart(assistedTiers, hiddenTiers), thresholds),
  }
}

/** Tiers that are not shown are one group. */
function toldApart(tiers: ReadonlyMap<string, Rows>, hidden: ReadonlySet<string>): Rows[] {
  const [together, apart] = [[], []] as [Rows[], Rows[]]
  for (const [tier, rows] of tiers) (hidden.has(tier) ? together : apart).push(rows)
  return together.length === 0 ? apart : [...apart, joinAll(together)]
}

function tierName(tier: number): string {
  return tier === unknown ? noTier : (tiers[tier] ?? noTier)
}
