import type { Coverage, Span } from '../../comparison/index.ts'
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
  const { changes, assistance, tiers } = coverage
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
  }
}
