import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { quantile } from '../../src/comparison/statistics/quantile.ts'
import { type Change, deriveChange, type PullRequestRecord } from '../../src/delivery/index.ts'
import { aRecording } from '../support/a-recording.ts'
import { readStudy } from '../support/aidev.ts'

const directory = fileURLToPath(
  new URL('../../../shared/data/external/aidev-pop/', import.meta.url),
)

const Published = z.object({
  turnaround: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.number()))),
  summary: z.array(
    z.object({
      agent: z.string(),
      prs: z.number(),
      pct_open: z.number(),
      pct_closed: z.number(),
      pct_merged: z.number(),
      developers: z.number(),
      repos: z.number(),
    }),
  ),
  mergedPctByType: z.record(
    z.string(),
    z.record(z.string(), z.object({ total: z.number(), mergedPct: z.number() })),
  ),
  turnaroundTable: z.array(
    z.object({
      Agent: z.string(),
      accept_rate: z.number(),
      accept_med: z.number(),
      reject_rate: z.number(),
      reject_med: z.number(),
    }),
  ),
  reviewerTypePct: z.record(z.string(), z.array(z.number())),
})

const agents = ['OpenAI_Codex', 'Devin', 'Copilot', 'Cursor', 'Claude_Code'] as const

interface Studied {
  readonly agent: string
  readonly type: string
  readonly record: PullRequestRecord
  readonly change: Change
}

function readChanges(): Studied[] {
  const recording = aRecording()
  const context = {
    marks: recording.marks,
    reverts: [],
    revertRole: null,
    asOf: '2025-08-01T00:00:00Z',
  }
  return readStudy(directory, recording).map((studied) => ({
    ...studied,
    change: deriveChange(studied.record, context),
  }))
}

/** The study's turnaround: hours from opening to the merge, or to the close without one. */
function hours({ openToMergeSeconds, openedAt, closedAt }: Change): number[] {
  if (openToMergeSeconds !== null) return [openToMergeSeconds / 3600]
  if (openedAt === null || closedAt === null) return []
  return [(Date.parse(closedAt) - Date.parse(openedAt)) / 3_600_000]
}

function percent(count: number, of: number): number {
  return (count / of) * 100
}

/** As pandas describes a column: the deviation over n − 1, quantiles of type 7. */
function describeNumbers(values: readonly number[]) {
  const sorted = Float64Array.from(values).sort()
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    count: values.length,
    mean,
    std: Math.sqrt(squares / (values.length - 1)),
    min: quantile(sorted, 0),
    p25: quantile(sorted, 0.25),
    p50: quantile(sorted, 0.5),
    p75: quantile(sorted, 0.75),
    max: quantile(sorted, 1),
  }
}

function rounded(values: Readonly<Record<string, number>>, digits: number) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.toFixed(digits)]),
  )
}

/** Who reviewed it, by kind of account and whoever opened it: the study's own reading, not ours. */
function reviewerType({ reviews }: PullRequestRecord): string {
  const bot = reviews?.some(({ by }) => by.kind === 'bot')
  const human = reviews?.some(({ by }) => by.kind === 'person')
  if (bot && human) return 'both'
  if (bot || human) return bot ? 'only_bot' : 'only_human'
  return 'none'
}

describe.skipIf(!existsSync(directory))(
  "AIDev's published numbers (skipped where ../shared/data/external/aidev-pop is absent)",
  () => {
    const published = () =>
      Published.parse(JSON.parse(readFileSync(`${directory}expected.json`, 'utf8')))
    const changes = existsSync(directory) ? readChanges() : []
    const of = (agent: string) => changes.filter((studied) => studied.agent === agent)

    it('has the pull requests of the five agents; those of people are not in the tables', () => {
      expect(changes).toHaveLength(7_122)
      expect([...new Set(changes.map(({ agent }) => agent))].toSorted()).toEqual(agents.toSorted())
    })

    it.each(agents)('%s: counts, shares by state, authors and repositories', (agent) => {
      const own = of(agent)
      const share = (state: string) =>
        percent(own.filter(({ change }) => change.state === state).length, own.length)
      const distinct = (values: readonly unknown[]) =>
        new Set(values.map((value) => JSON.stringify(value))).size
      const { pct_open, pct_closed, pct_merged, ...counts } =
        published().summary.find((row) => row.agent === agent) ?? {}
      expect({
        agent,
        prs: own.length,
        developers: distinct(own.map(({ record }) => record.author)),
        repos: distinct(own.map(({ change }) => change.repository.name)),
      }).toEqual(counts)
      // All the digits of a double but the last, where two ways to divide differ.
      expect(share('open')).toBeCloseTo(pct_open ?? Number.NaN, 12)
      expect(share('closed')).toBeCloseTo(pct_closed ?? Number.NaN, 12)
      expect(share('merged')).toBeCloseTo(pct_merged ?? Number.NaN, 12)
    })

    it.each(agents)(
      '%s: hours to the merge, and to the close without one, to six decimals',
      (agent) => {
        const { accept, reject } = published().turnaround[agent] ?? {}
        const hoursOf = (state: string) =>
          of(agent).flatMap(({ change }) => (change.state === state ? hours(change) : []))
        expect(rounded(describeNumbers(hoursOf('merged')), 6)).toEqual(rounded(accept ?? {}, 6))
        expect(rounded(describeNumbers(hoursOf('closed')), 6)).toEqual(rounded(reject ?? {}, 6))
      },
    )

    it.each(agents)('%s: the row of the printed table', (agent) => {
      const row = published().turnaroundTable.find(({ Agent }) => Agent === agent)
      const own = of(agent)
      const ended = (state: string) => own.filter(({ change }) => change.state === state)
      const median = (state: string) =>
        describeNumbers(ended(state).flatMap(({ change }) => hours(change))).p50
      expect({
        Agent: agent,
        accept_rate: percent(ended('merged').length, own.length).toFixed(2),
        accept_med: median('merged').toFixed(2),
        reject_rate: percent(ended('closed').length, own.length).toFixed(2),
        reject_med: median('closed').toFixed(2),
      }).toEqual({
        Agent: agent,
        accept_rate: row?.accept_rate.toFixed(2),
        accept_med: row?.accept_med.toFixed(2),
        reject_rate: row?.reject_rate.toFixed(2),
        reject_med: row?.reject_med.toFixed(2),
      })
    })

    it.each(agents)('%s: the share merged by kind of change', (agent) => {
      const types = Map.groupBy(of(agent), ({ type }) => type)
      const found = Array.from(types, ([type, own]) => {
        const merged = own.filter(({ change }) => change.state === 'merged').length
        return [
          type,
          { total: own.length, mergedPct: percent(merged, own.length).toFixed(2) },
        ] as const
      })
      const expected = Object.entries(published().mergedPctByType[agent] ?? {}).map(
        ([type, { total, mergedPct }]) => [type, { total, mergedPct: mergedPct.toFixed(2) }],
      )
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
    })

    it.each([...agents, 'All_Agents'])('%s: who reviewed, by kind of account', (agent) => {
      const own = agent === 'All_Agents' ? changes : of(agent)
      const types = own.map(({ record }) => reviewerType(record))
      const shares = ['only_human', 'only_bot', 'both', 'none'].map((type) =>
        percent(types.filter((one) => one === type).length, own.length).toFixed(1),
      )
      const expected = published().reviewerTypePct[agent]
      expect(shares).toEqual(expected?.map((share) => share.toFixed(1)))
    })

    it("counts, by our own definition, no bot and no responsible person's word as a review", () => {
      const reviewed = changes.filter(({ change }) => (change.review.reviews ?? 0) > 0)
      const byPeople = changes.filter(({ record }) =>
        ['only_human', 'both'].includes(reviewerType(record)),
      )
      expect(reviewed.length).toBeLessThan(byPeople.length)
      for (const { record } of reviewed) {
        expect(['only_human', 'both']).toContain(reviewerType(record))
      }
    })

    it.each(['Devin', 'Copilot'])('%s: every pull request is authored by the agent', (agent) => {
      const answers = of(agent).map(({ change }) => [change.assistance, change.agentAuthored])
      expect(answers.every(([assistance, authored]) => assistance === 'assisted' && authored)).toBe(
        true,
      )
    })
  },
)
