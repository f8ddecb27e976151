import type { ReportComparison } from '../document/report-comparison.ts'
import type { Estimate } from '../document/report-parts.ts'

/** A line of the forest plot: one way to make one comparison. */
export interface ForestRow {
  readonly label: string
  /** The same in fewer letters. */
  readonly short: string
  /** null: nothing to draw; the reason is `instead`. */
  readonly estimate: Estimate | null
  readonly instead: string
  /** The comparison that the statement rests on. */
  readonly main: boolean
}

/** The outcomes that share a scale. */
export interface ForestPanel {
  readonly unit: Estimate['unit']
  readonly outcomes: readonly { readonly title: string; readonly rows: readonly ForestRow[] }[]
}

const noNumber: Partial<Record<ReportComparison['verdict'], string>> = {
  hidden: 'not shown',
  not_known: 'not known',
}

/** Comparisons as lines: all changes first, then the same people, then against attested ones. */
export function forestPanels(comparisons: readonly ReportComparison[]): ForestPanel[] {
  const panels = Map.groupBy(comparisons, unitOf)
  return [...panels].map(([unit, group]) => ({
    unit,
    outcomes: group.map((comparison) => ({ title: comparison.title, rows: rowsOf(comparison) })),
  }))
}

function unitOf({ estimate, outcome }: ReportComparison): Estimate['unit'] {
  return estimate?.unit ?? (outcome === 'reverts' ? 'per-1000' : 'percent')
}

function rowsOf({ estimate, verdict, samePeople, attested }: ReportComparison): ForestRow[] {
  const rows: ForestRow[] = [
    {
      label: 'All comparable changes',
      short: 'All comparable',
      estimate,
      instead: noNumber[verdict] ?? 'no estimate',
      main: true,
    },
  ]
  if (samePeople !== null) {
    const { estimate } = samePeople
    rows.push({
      label: 'The same people',
      short: 'Same people',
      estimate,
      instead: '',
      main: false,
    })
  }
  if (attested !== null && attested.estimate !== null) {
    const { estimate } = attested
    rows.push({
      label: 'Against attested unassisted',
      short: 'Against attested',
      estimate,
      instead: '',
      main: false,
    })
  }
  return rows
}
