import { capital } from '../text/capital.ts'
import { plainList } from './plain-list.ts'
import type { ReportComparison, ReportVerdict } from './report-comparison.ts'

type Outcome = ReportComparison['outcome']
type Stated = Pick<ReportComparison, 'outcome' | 'verdict'>

const names: Readonly<Record<Outcome, string>> = {
  'cycle-time': 'time to merge',
  'review-rounds': 'review rounds',
  reverts: 'reverts',
}

const seen: Readonly<Record<Outcome, Readonly<Record<'lower' | 'higher', string>>>> = {
  'cycle-time': { lower: 'took less time to merge', higher: 'took more time to merge' },
  'review-rounds': { lower: 'had fewer review rounds', higher: 'had more review rounds' },
  reverts: { lower: 'were reverted less often', higher: 'were reverted more often' },
}

/** What is said of outcomes with nothing to point out, in this order. */
const rest: readonly (readonly [words: string, verdicts: readonly ReportVerdict[]])[] = [
  ['mixed answers on', ['mixed']],
  ['about the same', ['similar']],
  ['no clear difference in', ['no_clear_difference']],
  ['too few to tell', ['too_few', 'too_few_events']],
  ['not known', ['not_known']],
  ['not shown', ['hidden']],
]

/**
 * The report in a few sentences: what is clear or shows signs first, and what cannot be told said as plainly.
 *
 * @param whyHidden said where nothing may be shown
 */
export function reportHeadline(comparisons: readonly Stated[], whyHidden: string): string {
  if (comparisons.every(({ verdict }) => verdict === 'hidden' || verdict === 'not_known')) {
    return nothingShown(comparisons, whyHidden)
  }
  const clear = sayDirections(comparisons, '')
  const signs = sayDirections(comparisons, 'leaning_')
  const others = rest.flatMap(([words, verdicts]) => {
    const about = comparisons.filter(({ verdict }) => verdicts.includes(verdict))
    const outcomes = plainList(about.map(({ outcome }) => names[outcome]))
    if (about.length === 0) return []
    return [
      words.endsWith(' in') || words.endsWith(' on')
        ? `${words} ${outcomes}`
        : `${words}: ${outcomes}`,
    ]
  })
  const first = [
    ...(clear === ''
      ? []
      : [`Changes with AI recorded ${clear} than comparable changes with none.`]),
    ...(signs === ''
      ? []
      : [
          `Signs, not settled, that changes with AI recorded ${signs} than comparable changes with none.`,
        ]),
  ]
  return [...first, ...others.map((words) => `${capital(words)}.`)].join(' ')
}

function sayDirections(comparisons: readonly Stated[], prefix: '' | 'leaning_'): string {
  return plainList(
    comparisons.flatMap(({ outcome, verdict }) => {
      if (verdict === `${prefix}lower`) return [seen[outcome].lower]
      return verdict === `${prefix}higher` ? [seen[outcome].higher] : []
    }),
  )
}

function nothingShown(comparisons: readonly Stated[], why: string): string {
  const unknown = comparisons.filter(({ verdict }) => verdict === 'not_known')
  const outcomes = plainList(unknown.map(({ outcome }) => names[outcome]))
  return [
    `Nothing can be compared: ${why}.`,
    ...(unknown.length === 0 ? [] : [`The source does not tell ${outcomes}.`]),
  ].join(' ')
}
