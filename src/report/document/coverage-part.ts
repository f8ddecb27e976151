import { type Coverage, type Span, type ToolShare, toolGroups } from '../../comparison/index.ts'
import { shippedRegistry, toolName } from '../../provenance/index.ts'
import type { Report } from './report-document.ts'
import { windowPart } from './rounded-value.ts'
import { roundCount, wholePercent } from './rounding.ts'

const assistanceLabels = {
  assisted: 'AI recorded',
  unassisted: 'Attested unassisted',
  undeclared: 'Nothing recorded',
} as const

const tierLabels = {
  E1: 'E1 attested by a platform or a validated note',
  E2: 'E2 written by a tool',
  E3: 'E3 declared by a person',
  none: 'Nothing recorded, or weak signs alone',
} as const

export function coveragePart(window: Span, coverage: Coverage | null): Report['coverage'] {
  if (coverage === null) return null
  const percent = (share: number | null) => (share === null ? null : wholePercent(share))
  const { changes, assistance, tiers, tools } = coverage
  return {
    window: windowPart(window),
    changes: roundCount(changes),
    assistance: (['assisted', 'unassisted', 'undeclared'] as const).map((answer) => ({
      assistance: answer,
      label: assistanceLabels[answer],
      percent: percent(assistance[answer]),
    })),
    tiers: (['E1', 'E2', 'E3', 'none'] as const).map((tier) => ({
      tier,
      label: tierLabels[tier],
      percent: percent(tiers[tier]),
    })),
    tools: tools.map(toolPart).toSorted(byPercent),
  }
}

type ToolPart = NonNullable<Report['coverage']>['tools'][number]

const groupLabels: Readonly<Record<string, string>> = {
  [toolGroups.several]: 'Several tools',
  [toolGroups.own]: 'A tool of a configuration of their own',
  [toolGroups.notTold]: 'No tool named',
  [toolGroups.others]: 'All others together',
}

function toolPart({ tool, share }: ToolShare): ToolPart {
  const label = groupLabels[tool] ?? toolName(tool, shippedTools())
  return { tool, label, percent: wholePercent(share) }
}

/** Tools before what stands for several; by what is printed, as more would tell more than that. */
function byPercent(one: ToolPart, next: ToolPart): number {
  const isGroup = ({ tool }: ToolPart) => Number(tool in groupLabels)
  const byKind = isGroup(one) - isGroup(next)
  return byKind || next.percent - one.percent || (one.label < next.label ? -1 : 1)
}

function shippedTools() {
  return { tools: new Map(shippedRegistry().tools.map((tool) => [tool.id, tool])) }
}
