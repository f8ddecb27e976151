import { expect, test } from 'vitest'
import * as z from 'zod'
import { createMetrics, deliveryOutcomes } from '../../../src/app/metrics.ts'
import { findForbiddenWords, findWordsThatJudge } from '../../support/forbidden-words.ts'
import { aMemoryLibrary } from '../../support/memory-library.ts'
import { followReference, pathOfAddress, publishedOpenApi } from '../../support/open-api-checks.ts'
import { readText } from '../../support/repository.ts'
import { serveLibrary } from '../../support/serve-library.ts'
import { fullAccount } from '../pages/page-states.ts'

const PrometheusQuerySchema = z.looseObject({ refId: z.string(), expr: z.string() })

const InfinityQuerySchema = z.looseObject({
  refId: z.string(),
  type: z.literal('json'),
  source: z.literal('url'),
  parser: z.literal('backend'),
  format: z.enum(['table', 'timeseries']),
  url: z.string(),
  url_options: z.looseObject({ method: z.literal('GET') }),
  root_selector: z.string(),
  columns: z.array(
    z.object({
      selector: z.string(),
      text: z.string(),
      type: z.enum(['string', 'number', 'timestamp']),
    }),
  ),
})

const DashboardSchema = z.looseObject({
  __inputs: z.array(z.looseObject({ name: z.string(), pluginId: z.string() })),
  templating: z.object({ list: z.array(z.looseObject({ name: z.string() })) }),
  panels: z.array(
    z.looseObject({
      id: z.int(),
      title: z.string(),
      description: z.string().optional(),
      gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      targets: z.array(z.union([InfinityQuerySchema, PrometheusQuerySchema])).optional(),
    }),
  ),
})

const dashboard = DashboardSchema.parse(JSON.parse(readText('docs/grafana-dashboard.json')))
const queries = dashboard.panels.flatMap(({ targets = [] }) => targets)

test('panels have numbers and places of their own', () => {
  const { panels } = dashboard
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  for (const one of panels) {
    expect(one.gridPos.x + one.gridPos.w).toBeLessThanOrEqual(24)
    for (const other of panels) {
      if (one.id >= other.id) continue
      const [a, b] = [one.gridPos, other.gridPos]
      const isApart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
      expect(isApart, `${one.title} and ${other.title}`).toBe(true)
    }
  }
})

test('it judges nobody and claims no cause', () => {
  const texts = dashboard.panels.flatMap(({ title, description = '' }) => [title, description])
  expect(findForbiddenWords(texts.join('\n'))).toEqual([])
  expect(findWordsThatJudge(texts.join('\n'))).toEqual([])
})

test('each variable and data source that it names is declared', () => {
  const named = new Set(
    [...JSON.stringify(dashboard).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name),
  )
  const inputs = dashboard.__inputs.map(({ name }) => name)
  const variables = dashboard.templating.list.map(({ name }) => name)
  expect(named).toEqual(new Set([...inputs, ...variables]))
})

test('each metric that it asks for is one of ours, with the labels that it has', async () => {
  const measure = async () => ({
    inbox: { waiting: 0, oldestReceivedAt: 0, dead: 0 },
    jobs: [{ kind: 'a-kind', waiting: 0, running: 0, dead: 0, oldestDue: null }],
    tenants: { active: 1, suspended: 0, removed: 0 },
    oldestSnapshotAt: 0,
    backfill: { repositories: { waiting: 0, reading: 0, read: 1 }, pullRequestsRead: 0 },
    missed: { refused: 0, unanswered: 0 },
  })
  const metrics = createMetrics(measure, () => 0)
  metrics.job('a-kind', 'done', 1)
  metrics.apiBudget(1, 5_000)
  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('what_shipped'))
  const labelsOf = new Map<string, Set<string>>()
  for (const line of lines) {
    const [name = ''] = /^\w+/.exec(line) ?? []
    const labels = labelsOf.get(name) ?? new Set()
    for (const [, label = ''] of line.matchAll(/(\w+)="/g)) labels.add(label)
    labelsOf.set(name, labels)
  }
  const expressions = queries.filter((one) => 'expr' in one).map((one) => String(one.expr))
  const inDocument = readText('docs/api.md').match(/`sum by [^`]+`/g) ?? []
  expect(inDocument).toHaveLength(1)
  for (const expression of [...expressions, ...inDocument]) {
    const asked = [...expression.matchAll(/(what_shipped\w+)(?:\{([^}]*)\})?/g)]
    expect(asked.length, expression).toBeGreaterThan(0)
    for (const [, name = '', conditions = ''] of asked) {
      const labels = labelsOf.get(name)
      expect(labels, name).toBeDefined()
      for (const [, label = ''] of conditions.matchAll(/(\w+)=/g)) {
        expect(labels?.has(label), `${name}: ${label}`).toBe(true)
      }
    }
    const [, outcomes = ''] = /outcome=~"([^"]+)"/.exec(expression) ?? []
    for (const outcome of outcomes === '' ? [] : outcomes.split('|')) {
      expect(deliveryOutcomes).toContain(outcome)
    }
  }
})

test('each panel over JSON finds what it selects in an answer', async () => {
  const served = await serveLibrary()
  served.show(aMemoryLibrary([fullAccount]))
  const infinity = queries.filter((one): one is z.infer<typeof InfinityQuerySchema> => 'url' in one)
  expect(infinity.length).toBeGreaterThan(3)
  for (const { url, root_selector: root, columns } of infinity) {
    const address = url.replace(/\$\{server\}/, served.address).replace(/\$\{account\}/, '21')
    expect(pathOfAddress(publishedOpenApi(), address), url).toBeDefined()
    const response = await fetch(address)
    expect(response.status, url).toBe(200)
    const answer: unknown = await response.json()
    const at = (value: unknown, selector: string) =>
      followReference(value, selector.replaceAll('.', '/'))
    const rows = root === '' ? [answer] : at(answer, root)
    expect(Array.isArray(rows) && rows.length > 0, `${url} ${root}`).toBe(true)
    for (const { selector, type } of columns) {
      const found = [rows].flat().map((row) => at(row, selector))
      const shown = found.filter((value) => value !== null && value !== undefined)
      expect(shown.length, `${url} ${selector}`).toBeGreaterThan(0)
      for (const value of shown) {
        if (type === 'timestamp') expect(Date.parse(String(value))).not.toBeNaN()
        else expect(typeof value, selector).toBe(type)
      }
    }
  }
  await served.stop()
})
