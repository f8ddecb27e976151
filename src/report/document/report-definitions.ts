import type { CompanionId } from '../../comparison/index.ts'
import { integrityWords } from './integrity-measures.ts'
import type { Measure, ReportComparison } from './report-comparison.ts'
import type { Report } from './report-document.ts'

type Definition = Report['definitions'][number]

/** Where the pages stand that write out what is said here in short. */
const pages = {
  definitions: 'docs/definitions.md',
  reverts: 'docs/reverts.md',
  method: 'docs/method.md',
  report: 'docs/report.md',
  provenance: 'docs/provenance.md',
} as const

/** What every number beside a comparison, or on signal integrity, means. */
const measureTexts: Readonly<Record<CompanionId | keyof typeof integrityWords, string>> = {
  'merged-within-14-days':
    'Share of all changes that became ready in the window that merged within 14 days. Closed and still open ones count as not merged.',
  'no-rounds':
    'Share of changes merged within 14 days that nobody else reviewed after they were ready.',
  'merged-unreviewed':
    'Share of changes merged within 14 days that no other person had reviewed at all, also not in draft.',
  'changes-requested':
    'Mean number of reviews that requested changes, dismissed ones too, of changes merged within 14 days.',
  'later-pushes':
    'Mean number of pushes after the first review, of changes merged within 14 days that were reviewed.',
  'later-lines':
    'Mean number of lines changed after the first review, of changes merged within 14 days that were reviewed and of which that is known.',
  threads:
    'Mean number of review threads that other people opened, of changes merged within 14 days.',
  'ai-after-start': integrityWords['ai-after-start'].text,
  redrafted: integrityWords.redrafted.text,
  'changes-per-week': integrityWords['changes-per-week'].text,
}

type Named = Pick<Measure, 'id' | 'label'>

/** A report as far as its definitions depend on it. */
export interface Defined
  extends Readonly<Record<'merged' | 'reverts' | 'funnel' | 'coverage' | 'sizes', object | null>>,
    Readonly<Record<'weeks' | 'repositories' | 'excluded', readonly unknown[]>>,
    Pick<Report, 'settings'> {
  readonly comparisons: readonly (Pick<ReportComparison, 'title' | 'definition' | 'outcome'> & {
    readonly measures: readonly Named[]
  })[]
  readonly quantiles: readonly Pick<Report['quantiles'][number], 'label' | 'definition'>[]
  readonly integrity: { readonly measures: readonly Named[] } | null
}

/** A short explanation of every number in the report, in the order in which they stand there. */
export function reportDefinitions(report: Defined): Definition[] {
  return [
    ...ofGroups(),
    ...report.comparisons.flatMap(({ title, definition, outcome, measures }) => [
      {
        term: title,
        text: definition,
        more: pages[outcome === 'reverts' ? 'reverts' : 'definitions'],
      },
      ...measures.map(ofMeasure),
    ]),
    ...ofComparing(),
    ...report.quantiles.map(({ label, definition }) => ({
      term: label,
      text: definition,
      more: pages.definitions,
    })),
    ...ofParts(report),
    ...(report.integrity?.measures ?? []).map(ofMeasure),
    ...ofPrivacy(report),
  ]
}

function ofMeasure({ id, label }: Named): Definition {
  return {
    term: label,
    text: measureTexts[id as keyof typeof measureTexts],
    more: pages.definitions,
  }
}

function ofGroups(): Definition[] {
  return [
    {
      term: 'Change',
      text: 'One pull request into a branch that is counted, by default the default branch.',
      more: pages.definitions,
    },
    {
      term: 'AI recorded',
      text: 'Changes of which evidence of AI was recorded when the clock started: when they became ready, for reverts when they were merged. Later evidence moves no change to the other group.',
      more: pages.provenance,
    },
    {
      term: 'No AI recorded',
      text: 'All other changes, attested to be without AI or with nothing recorded. AI may have been used on them all the same.',
      more: pages.provenance,
    },
  ]
}

function ofComparing(): Definition[] {
  return [
    {
      term: 'Comparable changes',
      text: 'Changes that have a counterpart in the other group, in the same repository, of a like size and, where possible, of the same four weeks.',
      more: pages.method,
    },
    {
      term: '95 % interval',
      text: 'Ranges made this way contain the true value about 95 times in 100.',
      more: pages.method,
    },
    {
      term: 'Typical value',
      text: 'Of comparable changes: the geometric mean of hours, the mean number of rounds, reverts per 1,000.',
      more: pages.method,
    },
    {
      term: 'Smallest difference that would show',
      text: 'A true difference of that size or beyond would be noticed about 4 times in 5 with this much data.',
      more: pages.method,
    },
    {
      term: 'What would make it surer',
      text: 'The first requirement of a clear statement that is not met, how many times as many changes would meet it, and from which Monday on the window would hold them at the pace of the last four weeks that are shown. No promise: it is worked out from the rounded numbers of the report, and paces change.',
      more: pages.report,
    },
    {
      term: 'Same people',
      text: 'The same comparison with everybody compared to themselves only, so that lasting differences between people play no part.',
      more: pages.method,
    },
    {
      term: 'Two weeks running',
      text: 'The same calculation as of the Monday before, from the same records, says the same: its 99 % interval lies on the same side of "no difference". It is not the report that was published then.',
      more: pages.method,
    },
    {
      term: 'Undeclared use',
      text: 'What the difference would be if that share of the changes with no AI recorded had used AI after all, and were otherwise like the rest.',
      more: pages.method,
    },
    {
      term: 'Tipping share',
      text: 'In the worst case, undeclared use on more than this share of the changes with no AI recorded could undo the difference.',
      more: pages.method,
    },
    {
      term: 'Hidden difference (E-value)',
      text: 'How strongly something unrecorded would have to be tied to both AI use and the outcome to explain the difference away: for the estimate, and for the end of its interval next to no difference.',
      more: pages.method,
    },
    {
      term: 'Attested unassisted alone',
      text: 'The same comparison with only those changes of which somebody said that no AI was used.',
      more: pages.method,
    },
    {
      term: 'Maturing',
      text: 'Merged in the last 30 days: too recently to know whether they are reverted within 30 days.',
      more: pages.reverts,
    },
  ]
}

function ofParts(report: Defined): Definition[] {
  const { merged, reverts, weeks, funnel, coverage, sizes, repositories, excluded } = report
  const when = (isShown: boolean, definition: Definition) => (isShown ? [definition] : [])
  return [
    ...when(merged !== null, {
      term: 'Share merged',
      text: "Share of the changes that became ready in the window that merged within so many hours; what was closed unmerged never does (Aalen–Johansen). The intervals take into account that a person's changes hang together.",
      more: pages.method,
    }),
    ...when(reverts !== null, {
      term: 'Reverts per 1,000 by day',
      text: 'Changes merged in the last 26 weeks that were reverted within so many days, per 1,000; young ones count for as long as they were followed (Kaplan–Meier), and are left out where a group has too few of them to be shown. Not adjusted.',
      more: pages.reverts,
    }),
    ...when(weeks.length > 0, {
      term: 'Weeks',
      text: 'Changes by the week in which they became ready, of a clone in which they were merged, and the median hours until the merge of those merged within 14 days, of a clone from the first commit on.',
      more: pages.report,
    }),
    ...when(funnel !== null, {
      term: 'Ready, merged, surviving',
      text: 'Of changes that became ready: the share merged within 30 days, and the share merged so and not reverted within 30 days of the merge.',
      more: pages.definitions,
    }),
    ...when(coverage !== null, {
      term: 'Evidence coverage',
      text: 'Of the changes of both groups merged in the last 26 weeks: the share with AI recorded, attested to be without, and with nothing recorded, by all that is known now; and by the strongest evidence behind the answer.',
      more: pages.provenance,
    }),
    ...when(coverage !== null, {
      term: 'Tools',
      text: 'Of those of them that have AI recorded by now: the share of which the evidence names one tool, several, or none. Tools too few to be shown apart are told together.',
      more: pages.provenance,
    }),
    ...when(sizes !== null, {
      term: 'Sizes',
      text: 'Share of each group by added and deleted lines when the change became ready, without generated, lock and vendored files. Small bands are put together.',
      more: pages.definitions,
    }),
    ...when(repositories.length > 0, {
      term: 'Repositories',
      text: 'The same differences inside one repository, with intervals and without a verdict: among many, some look large by chance.',
      more: pages.method,
    }),
    ...when(excluded.length > 0, {
      term: 'Left out',
      text: 'Changes of the window in neither group, by reason.',
      more: pages.definitions,
    }),
  ]
}

function ofPrivacy({ settings }: Pick<Report, 'settings'>): Definition[] {
  const { people, changes, largestPersonPercent } = settings
  return [
    {
      term: 'Not shown',
      text: `A group is only shown with at least ${people} people and ${changes} changes, and when nobody made more than ${largestPersonPercent} % of it; so must be what is left when shown parts are taken from a shown total.`,
      more: pages.report,
    },
    {
      term: 'Rounding',
      text: 'Changes are rounded to 5, people are told as bands, times to two digits, shares to whole percents and reverts per 1,000 to one decimal. A limit that would be a single change is not told.',
      more: pages.report,
    },
    {
      term: 'As of',
      text: 'Reports are made for Mondays, 00:00 UTC. When too few people stand behind what came in or went out since, the report before stays.',
      more: pages.report,
    },
  ]
}
