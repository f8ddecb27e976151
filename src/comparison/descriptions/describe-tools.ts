import { discloseParts, type GateThresholds, isPublishable } from '../disclosure/disclosure-gate.ts'
import { byteAt } from '../numbers/number-at.ts'
import { type ChangeTable, unknown } from '../table/change-table.ts'
import { peopleOf, type Rows } from '../table/cohort-rows.ts'
import { ownTool, severalTools, toolCodes } from '../table/tool-codes.ts'
import { joinAll, splitRows } from './split-rows.ts'

/** What stands for a tool where it is not one of the registry: no tool of that has such an id. */
export const toolGroups = {
  several: 'several-tools',
  own: 'own-tools',
  notTold: 'not-told',
  others: 'others',
} as const

/** The share of the changes with AI recorded that has one tool. */
export interface ToolShare {
  /** Id of the registry, or one of `toolGroups`. */
  readonly tool: string
  readonly share: number
}

/**
 * The changes with AI recorded by the tool that their evidence names. Tools too small to be shown are told together as
 * `others`, and so are more of them until what that holds may be shown.
 *
 * Tiers cut the same changes: from some cells of the one and some of the other, what the first hold beyond the second can be
 * had by subtraction. Every such rest is what is left of a union of tiers once all tools that lie wholly inside it are
 * taken away, and safe unions of these; so each of those rests must be nothing or enough, or one more tool goes to the others.
 *
 * @param tiers the same changes as far as their tiers are told apart
 * @returns empty: not one may be shown
 */
export function describeTools(
  table: ChangeTable,
  tiers: readonly Rows[],
  thresholds: GateThresholds,
): ToolShare[] {
  const rows = joinAll(tiers)
  const byTool = splitRows(rows, (row) => toolOf(byteAt(table.tool, row)))
  const parts = [...byTool].map(([id, some]) => ({ id, people: peopleOf(table, some) }))
  const sizeOf = (id: string) => byTool.get(id)?.length ?? 0
  const shown = discloseParts(parts, thresholds).shown.toSorted(
    (one, other) => sizeOf(one) - sizeOf(other) || (one < other ? -1 : 1),
  )
  const areSafe = (tools: ReadonlySet<string>) =>
    restsOf(table, tiers, tools).every(
      (rest) => rest.length === 0 || isPublishable(peopleOf(table, rest), thresholds),
    )
  while (shown.length > 0 && !areSafe(new Set(shown))) shown.shift()
  if (shown.length === 0) return []
  const told = shown.map((tool) => ({ tool, share: sizeOf(tool) / rows.length }))
  const rest = rows.length - shown.reduce((sum, tool) => sum + sizeOf(tool), 0)
  return rest === 0 ? told : [...told, { tool: toolGroups.others, share: rest / rows.length }]
}

/** What is left of each union of tiers once the tools that lie wholly inside it are taken away; the others are one more tool. */
function restsOf(table: ChangeTable, tiers: readonly Rows[], shown: ReadonlySet<string>): Rows[] {
  const cells = tiers.flatMap((rows, tier) => {
    const told = (row: number) => {
      const tool = toolOf(byteAt(table.tool, row))
      return shown.has(tool) ? tool : toolGroups.others
    }
    return [...splitRows(rows, told)].map(([tool, some]) => ({ tool, bit: 1 << tier, rows: some }))
  })
  const within = new Map<string, number>()
  for (const { tool, bit } of cells) within.set(tool, (within.get(tool) ?? 0) | bit)
  return Array.from({ length: 1 << tiers.length }, (_, union) =>
    joinAll(
      cells
        .filter(({ tool, bit }) => (bit & union) !== 0 && ((within.get(tool) ?? 0) & ~union) !== 0)
        .map((cell) => cell.rows),
    ),
  )
}

function toolOf(code: number): string {
  if (code === severalTools) return toolGroups.several
  if (code === ownTool) return toolGroups.own
  return code === unknown ? toolGroups.notTold : (toolCodes[code] ?? toolGroups.own)
}
