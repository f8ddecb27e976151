import type { Report } from '../../src/report/document/report-document.ts'
import { reportReadings } from '../../src/report/document/report-readings.ts'
import { exampleComparison } from './example-comparison.ts'

const day = 86_400_000
const ready = { from: '2026-03-09', until: '2026-06-08' }
const merged = { from: '2025-12-22', until: '2026-06-22' }
const notes = [
  'This compares changes; it does not prove that AI caused the difference. People choose when to use AI.',
  '95 % interval: ranges made this way contain the true value about 95 times in 100.',
  'No AI recorded does not mean that no AI was used: a missing trailer is no evidence.',
]

/** Percents, each with an interval of so many points either way. */
function within(points: number, percents: readonly number[]) {
  return percents.map((value) => ({
    value,
    low: Math.max(0, value - points),
    high: Math.min(100, value + points),
  }))
}

/** A made-up report with something in every part, valid under ReportSchema: for the tests of what lays it out. */
export function exampleReport(changes: Partial<Report> = {}): Report {
  const report = {
    ...exampleParts(),
    ...changes,
  }
  return { ...report, readings: changes.readings ?? reportReadings(report) }
}

function exampleParts(): Omit<Report, 'readings'> {
  return {
    version: 1,
    method: '1',
    registry: '2026-06-01',
    scope: {
      kind: 'organisation',
      name: 'harbour-lights',
      repositories: 4,
      synthetic: true,
      sources: ['github'],
    },
    asOf: '2026-06-22T00:00:00Z',
    kept: null,
    headline:
      'Shorter time to merge with AI recorded. No clear difference in review rounds; too few reverts to tell.',
    cohorts: {
      window: ready,
      clock: 'ready',
      aiRecorded: { changes: 530, people: '20+' },
      noneRecorded: { changes: 1310, people: '20+' },
    },
    comparisons: [
      exampleComparison('cycle-time', 'lower'),
      exampleComparison('review-rounds', 'no_clear_difference'),
      exampleComparison('reverts', 'too_few_events'),
    ],
    quantiles: [
      {
        id: 'cycle-time',
        label: 'Ready → merged',
        definition: 'Hours from ready for review to merged.',
        window: ready,
        aiRecorded: {
          changes: 445,
          median: { value: 15, low: 12, high: 19 },
          p75: { value: 46, low: 38, high: 55 },
          p90: { value: 120, low: 96, high: null },
        },
        noneRecorded: {
          changes: 1125,
          median: { value: 20, low: 17, high: 23 },
          p75: { value: 55, low: 49, high: 64 },
          p90: { value: 140, low: 120, high: 160 },
        },
      },
      {
        id: 'pickup',
        label: 'Pickup: ready → first review',
        definition: 'Hours from ready for review to the first review by another person.',
        window: ready,
        aiRecorded: {
          changes: 360,
          median: { value: 4.2, low: 3.1, high: 5.6 },
          p75: { value: 18, low: 14, high: 22 },
          p90: null,
        },
        noneRecorded: {
          changes: 905,
          median: { value: 5.1, low: 4.2, high: 6.3 },
          p75: { value: 20, low: 18, high: 23 },
          p90: { value: 64, low: 52, high: 71 },
        },
      },
      {
        id: 'review',
        label: 'Review: first review → last approval',
        definition: 'Hours from the first review to the last approval.',
        window: ready,
        aiRecorded: {
          changes: 40,
          median: { value: 3.2, low: null, high: 5.5 },
          p75: null,
          p90: null,
        },
        noneRecorded: null,
      },
    ],
    merged: {
      window: ready,
      changes: { aiRecorded: 530, noneRecorded: 1310 },
      hours: [1, 4, 8, 24, 48, 96, 168, 336],
      aiRecorded: within(4, [6, 22, 34, 56, 67, 75, 80, 84]),
      noneRecorded: within(3, [5, 17, 28, 51, 64, 75, 82, 86]),
    },
    reverts: {
      window: merged,
      changes: { aiRecorded: 980, noneRecorded: 2370 },
      rates: [
        {
          days: 7,
          aiRecorded: { value: 11.2, low: 6.1, high: 20.1 },
          noneRecorded: { value: 9.6, low: 6.1, high: 15.2 },
        },
        {
          days: 14,
          aiRecorded: { value: 12.8, low: 7.2, high: 22.2 },
          noneRecorded: { value: 10.4, low: 6.7, high: 16.1 },
        },
        {
          days: 30,
          aiRecorded: { value: 14.1, low: 8.1, high: 24 },
          noneRecorded: { value: 11.3, low: 7.4, high: 17.3 },
        },
        { days: 90, aiRecorded: null, noneRecorded: { value: 12.9, low: 8.6, high: 19.4 } },
      ],
    },
    weeks: Array.from({ length: 13 }, (_, week) => ({
      from: new Date(Date.UTC(2026, 2, 9) + week * 7 * day).toISOString().slice(0, 10),
      aiRecorded:
        week === 3 || week === 4
          ? null
          : {
              changes: 30 + 5 * (week % 4),
              median: { value: 14 + (week % 3), low: 9, high: week === 6 ? null : 24 },
            },
      noneRecorded:
        week === 4
          ? null
          : {
              changes: 100 - 5 * (week % 3),
              median: week === 8 ? null : { value: 19 + (week % 4), low: 14, high: 27 },
            },
      aiRecordedPercent: week === 3 || week === 4 ? null : 22 + week,
    })),
    funnel: {
      window: { from: '2026-01-26', until: '2026-04-27' },
      aiRecorded: {
        ready: 480,
        merged: { value: 86, low: 82, high: 89 },
        surviving: { value: 85, low: 81, high: 88 },
      },
      noneRecorded: {
        ready: 1290,
        merged: { value: 88, low: 86, high: 90 },
        surviving: { value: 87, low: 85, high: 89 },
      },
    },
    coverage: {
      window: merged,
      changes: 3350,
      assistance: [
        { assistance: 'assisted', label: 'AI recorded', percent: 29 },
        { assistance: 'unassisted', label: 'Attested unassisted', percent: 4 },
        { assistance: 'undeclared', label: 'Nothing recorded', percent: 67 },
      ],
      tiers: [
        { tier: 'E1', label: 'E1 attested by a platform or a validated note', percent: null },
        { tier: 'E2', label: 'E2 written by a tool', percent: 21 },
        { tier: 'E3', label: 'E3 declared by a person', percent: null },
        { tier: 'none', label: 'Nothing recorded, or weak signs alone', percent: 66 },
      ],
      tools: [
        { tool: 'claude-code', label: 'Claude Code', percent: 48 },
        { tool: 'copilot-coding-agent', label: 'GitHub Copilot coding agent', percent: 21 },
        { tool: 'not-told', label: 'No tool named', percent: 12 },
        { tool: 'others', label: 'All others together', percent: 19 },
      ],
    },
    sizes: {
      window: ready,
      changes: { aiRecorded: 530, noneRecorded: 1305 },
      bands: [
        { band: '0-9', aiRecordedPercent: 14, noneRecordedPercent: 22 },
        { band: '10-49', aiRecordedPercent: 28, noneRecordedPercent: 31 },
        { band: '50-199', aiRecordedPercent: 31, noneRecordedPercent: 26 },
        { band: '200-499', aiRecordedPercent: 15, noneRecordedPercent: 12 },
        { band: '500-999', aiRecordedPercent: 7, noneRecordedPercent: 5 },
        { band: '1000+', aiRecordedPercent: 5, noneRecordedPercent: 4 },
      ],
    },
    integrity: {
      window: ready,
      measures: [
        {
          id: 'ai-after-start',
          label: 'Received AI commits after becoming ready',
          unit: 'percent',
          of: 'noneRecorded',
          changes: { aiRecorded: null, noneRecorded: 1125 },
          aiRecorded: null,
          noneRecorded: { value: 14, low: 12, high: 17 },
          difference: null,
        },
        {
          id: 'redrafted',
          label: 'Made a draft again after being ready',
          unit: 'percent',
          of: 'both',
          changes: { aiRecorded: 445, noneRecorded: 1125 },
          aiRecorded: { value: 6, low: 4, high: 9 },
          noneRecorded: { value: 5, low: 4, high: 7 },
          difference: null,
        },
      ],
    },
    repositories: [
      {
        name: 'harbour-lights/api',
        comparisons: [
          {
            outcome: 'cycle-time',
            estimate: { unit: 'percent', value: -21, low: -38, high: 2 },
          },
          {
            outcome: 'review-rounds',
            estimate: { unit: 'percent', value: 8, low: -12, high: 33 },
          },
          { outcome: 'reverts', estimate: null },
        ],
      },
      {
        name: 'harbour-lights/web',
        comparisons: [
          {
            outcome: 'cycle-time',
            estimate: { unit: 'percent', value: -11, low: -33, high: 18 },
          },
          { outcome: 'review-rounds', estimate: null },
          {
            outcome: 'reverts',
            estimate: { unit: 'per-1000', value: 3.1, low: -9.2, high: 15.4 },
          },
        ],
      },
      {
        name: 'harbour-lights/docs',
        comparisons: [
          { outcome: 'cycle-time', estimate: null },
          { outcome: 'review-rounds', estimate: null },
          { outcome: 'reverts', estimate: null },
        ],
      },
    ],
    excluded: [
      { reason: 'bot', label: 'Made by a dependency, release, merge or format bot', changes: 220 },
      { reason: 'no-lines', label: 'Changes no line', changes: null },
      { reason: 'set-aside', label: 'Disputed, or only an unreliable mark', changes: 35 },
    ],
    warnings: [
      {
        code: 'approximate-start',
        text: 'Of 12 % of the changes it is only known when they were opened, not when they became ready.',
      },
      {
        code: 'truncated',
        text: 'Of 3 % of the changes some commits could not be read; what they record is not known.',
      },
      {
        code: 'step-in-share',
        text: 'The share of changes with AI recorded fell from 60 to 20 % in the week of 4 May 2026.',
      },
    ],
    notes,
    definitions: [
      {
        term: 'Time to merge',
        text: 'Hours from ready for review to merged, of changes merged within 14 days.',
        more: 'docs/definitions.md',
      },
      {
        term: 'Review rounds',
        text: 'Distinct versions that another person reviewed from ready until the merge.',
        more: 'docs/definitions.md',
      },
      {
        term: 'Reverts',
        text: 'Changes reverted within so many days of their merge, per 1,000.',
        more: 'docs/reverts.md',
      },
    ],
    settings: { people: 5, changes: 20, largestPersonPercent: 50 },
  }
}

/** A report of a small team: nothing about its changes may be shown. */
export function hiddenReport(changes: Partial<Report> = {}): Report {
  return exampleReport({
    scope: {
      kind: 'repository',
      name: 'harbour-lights/skiff',
      repositories: 1,
      synthetic: true,
      sources: ['github'],
    },
    headline: 'Nothing is shown: fewer than 5 people or 20 changes in a group.',
    cohorts: { window: ready, clock: 'ready', aiRecorded: null, noneRecorded: null },
    comparisons: [
      exampleComparison('cycle-time', 'hidden'),
      exampleComparison('review-rounds', 'hidden'),
      exampleComparison('reverts', 'hidden'),
    ],
    quantiles: [],
    merged: null,
    reverts: null,
    weeks: [],
    funnel: null,
    coverage: null,
    sizes: null,
    integrity: null,
    repositories: [],
    excluded: [],
    warnings: [
      {
        code: 'not-shown',
        text: 'Not shown: the time of each step and the sizes of changes. There a group has fewer than 5 people or 20 changes.',
      },
    ],
    ...changes,
  })
}

/** A report of a local clone, which knows merges and reverts but no reviews and no ready times. It is an older snapshot. */
export function cloneReport(changes: Partial<Report> = {}): Report {
  return exampleReport({
    scope: {
      kind: 'repository',
      name: 'harbour-lights/api',
      repositories: 1,
      synthetic: true,
      sources: ['git'],
    },
    asOf: '2026-06-15T00:00:00Z',
    kept: {
      since: '2026-06-22T00:00:00Z',
      reason: 'Too few people stood behind what changed since.',
    },
    cohorts: {
      window: merged,
      clock: 'merged',
      aiRecorded: { changes: 980, people: '20+' },
      noneRecorded: { changes: 2370, people: '20+' },
    },
    headline: 'No clear difference in reverts. A clone does not tell how long review took.',
    comparisons: [
      exampleComparison('cycle-time', 'not_known'),
      exampleComparison('review-rounds', 'not_known'),
      exampleComparison('reverts', 'no_clear_difference'),
    ],
    quantiles: [
      {
        id: 'authored-to-merged',
        label: 'First commit → merged',
        definition: "Hours from the first commit, by its author's clock, to the merge.",
        window: merged,
        aiRecorded: {
          changes: 900,
          median: { value: 30, low: 25, high: 36 },
          p75: { value: 90, low: 78, high: 110 },
          p90: { value: 260, low: 210, high: 330 },
        },
        noneRecorded: {
          changes: 2200,
          median: { value: 34, low: 30, high: 40 },
          p75: { value: 110, low: 94, high: 120 },
          p90: { value: 310, low: 280, high: 350 },
        },
      },
    ],
    merged: null,
    funnel: null,
    integrity: null,
    repositories: [],
    warnings: [
      {
        code: 'no-reviews',
        text: 'A clone holds no reviews and no times at which changes became ready.',
      },
    ],
    ...changes,
  })
}
