import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { recordsSince } from '../../src/comparison/index.ts'
import { ReportSchema } from '../../src/report/document/report-document.ts'
import { lines, messageWith } from '../support/ai-marks.ts'
import {
  anAccount,
  aRepositoryOf,
  type PullRequestHistory,
  type RepositoryInit,
} from '../support/fake-github/index.ts'
import { type Reporting, type ReportWorld, reportWorld } from '../support/report-case.ts'
import { root } from '../support/repository.ts'

const patience = { timeout: 240_000 }
const hour = 3_600_000
const week = 168 * hour

/** A Monday on which, where nothing is remembered, a report is made whatever moved: 1970's weeks counted in eights. */
const anchor = Date.parse('2026-06-04T00:00:00Z') + 4 * 24 * hour

function dayOf(weeks: number): string {
  return new Date(anchor + weeks * week).toISOString().slice(0, 10)
}

/** From four weeks before the anchor two people alone make changes, until so many weeks after it. */
const quietFrom = -4

/** The changes of a week: of twelve people, half of them with AI, the other half the week after; or of two, who work both ways. */
function changesOf(weeks: number, quiet: boolean): PullRequestHistory[] {
  return Array.from({ length: quiet ? 4 : 12 }, (_, index) => {
    const at = (hours: number) =>
      new Date(anchor + weeks * week + (index * 12 + hours) * hour)
        .toISOString()
        .replace('.000Z', 'Z')
    const person = (step: number) => anAccount(`zqperson${(index + step) % 12}`)
    const withAi = quiet ? index < 2 : (index + weeks) % 2 === 0
    return {
      // Even: the issue gets an odd one.
      number: 2 * ((weeks + 60) * 12 + index),
      author: quiet ? anAccount(`zqperson${index % 2}`) : person(0),
      openedAt: at(0),
      commits: [{ message: withAi ? messageWith(lines.claude) : 'A change' }],
      events: [
        { type: 'review', at: at(1), by: person(3), state: 'APPROVED' },
        { type: 'merge', at: at(5), by: person(3), method: 'squash' },
      ],
    }
  })
}

function changesUntil(busyFrom: number): PullRequestHistory[] {
  const weeks = Array.from({ length: 80 }, (_, index) => index - 60)
  return weeks.flatMap((number) => changesOf(number, number >= quietFrom && number < busyFrom))
}

type RunInputs = Readonly<Record<string, string>>

interface Weeks extends ReportWorld {
  /** The run on the Monday so many weeks after the anchor, five hours into it, and the day that its report is of. */
  readonly runOn: (
    weeks: number,
    inputs: RunInputs,
  ) => Promise<Reporting & { readonly day: string | undefined }>
  /** Which days are shown, run after run. */
  readonly daysOf: (weeks: readonly number[], inputs: RunInputs) => Promise<unknown[]>
  /** The issue's text. */
  readonly edit: (change: (body: string) => string) => void
  /** What is special about the repository from now on. */
  repository: RepositoryInit
}

const clock = pathToFileURL(join(root, 'test/support/clock-of-child.ts')).href

/** @param busyFrom the week from which all people make changes again, counted from the anchor */
async function weeklyWorld({ busyFrom = 1 } = {}): Promise<Weeks> {
  const world = await reportWorld({
    changes: 0,
    permissions: { 'pull-requests': 'read', contents: 'read', issues: 'write' },
    rateLimits: null,
  })
  const changes = changesUntil(busyFrom)
  const { state } = world.github
  const runOn: Weeks['runOn'] = async (number, inputs) => {
    const now = anchor + number * week + 5 * hour
    const known = changes.filter(({ openedAt }) => Date.parse(openedAt) < now)
    const issues = state.repositories[0]?.issues ?? []
    const init = { id: 4711, issues, labels: ['what-shipped-report'], ...weeks.repository }
    state.repositories = [aRepositoryOf(known, [], init)]
    const environment = { NODE_OPTIONS: `--import=${clock}`, TEST_CLOCK_FROM: String(now) }
    const run = await world.run({ inputs, environment })
    const json = run.fileOf('report-json')
    return { ...run, day: json && ReportSchema.parse(JSON.parse(json)).asOf.slice(0, 10) }
  }
  const weeks: Weeks = {
    ...world,
    runOn,
    daysOf: async (numbers, inputs) => {
      const days: unknown[] = []
      for (const number of numbers) days.push((await runOn(number, inputs)).day)
      return days
    },
    edit: (change) => {
      const [issue] = state.repositories[0]?.issues ?? []
      if (issue === undefined) throw new Error('there is no issue')
      issue.body = change(issue.body ?? '')
    },
    repository: {},
  }
  return weeks
}

const withKey = { 'pseudonym-key': 'a-secret-of-the-owner-of-the-repository' }
const withIssue = { issue: 'true' }
const withBoth = { ...withKey, ...withIssue }
/** What stands in the issue for the next run. */
const memory = /<!-- of repository (\S+) as of (\S+) -->/

describe('week after week', patience, () => {
  test('without a memory the anchor’s report is made whatever moved', async () => {
    const { daysOf } = await weeklyWorld()
    expect(await daysOf([-4, -1, 0], {})).toEqual([-4, -4, 0].map(dayOf))
  })

  test('with kept records a report stays until enough people have moved since', async () => {
    const { daysOf } = await weeklyWorld()
    // Weeks come into the windows again and again: those of reverts end 30 days before the Monday.
    expect(await daysOf([-5, -4, -3, -1, 0, 1, 2, 3, 6], withKey)).toEqual(
      [-5, -4, -4, -4, -4, -4, 2, 2, 6].map(dayOf),
    )
  })

  test('with the issue it stays too, and goes on where a run without a memory would as well', async () => {
    const { daysOf, runOn } = await weeklyWorld()
    expect(await daysOf([-5, -4, -3, 0, 2, 5, 6], withIssue)).toEqual(
      [-5, -4, -4, -4, -4, -4, 6].map(dayOf),
    )
    expect(await daysOf([0, 2, 5], {})).toEqual([0, 0, 0].map(dayOf))
    expect((await runOn(6, {})).day).toBe(dayOf(6))
  })

  test('the issue tells of what, and a second run in a week changes nothing', async () => {
    const { runOn, github } = await weeklyWorld()
    await runOn(-4, withIssue)
    const [issue] = github.state.repositories[0]?.issues ?? []
    expect(memory.exec(issue?.body ?? '')?.slice(1)).toEqual(['4711', dayOf(-4)])
    const again = await runOn(-4, withIssue)
    expect(again.day).toBe(dayOf(-4))
    expect(again.writes).toEqual([])
  })

  test('kept records reach back as far as the report that stays needs, and no further', async () => {
    const { runOn, daysOf } = await weeklyWorld({ busyFrom: 12 })
    const days = await daysOf([-4, -3, 2, 6, 9], withKey)
    expect(new Set(days)).toEqual(new Set([dayOf(-4)]))
    const { stdout, day } = await runOn(11, withKey)
    expect(day).toBe(dayOf(-4))
    const since = recordsSince(anchor + 11 * week, anchor - 4 * week)
    expect(since).toBeLessThan(recordsSince(anchor + 11 * week))
    const needed = changesUntil(12).filter(({ openedAt }) => {
      const opened = Date.parse(openedAt)
      return opened + 5 * hour >= since && opened < anchor + 11 * week + 5 * hour
    })
    expect(stdout).toContain(`${needed.length} records in the report's time`)
    expect(stdout).not.toContain('everything is read again')
  })
})

describe('the issue was edited', patience, () => {
  const replaced = (text: string) => (body: string) => body.replace(memory, text)
  const of = (repository: string, day: string) =>
    `<!-- of repository ${repository} as of ${day} -->`

  test('nothing is shown that a run without a memory would not show', async () => {
    const cases: readonly (readonly [string, (body: string) => string, number])[] = [
      ['not at all', (body) => body, -4],
      ['by a browser, which ends lines its own way', (body) => body.replaceAll('\n', '\r\n'), -4],
      ['nothing of it is left', replaced(''), 0],
      ['nonsense', replaced(of('4711', 'yesterday')), 0],
      ['no Monday', replaced(of('4711', '2026-05-12')), 0],
      ['another hour of a Monday', replaced(of('4711', '2026-05-11T05:00:00Z')), 0],
      ['a day to come', replaced(of('4711', dayOf(3))), 0],
      ['a day of long ago', replaced(of('4711', '1970-01-05')), 0],
      ['another repository', replaced(of('4712', dayOf(-4))), 0],
      ['the Monday asked for', replaced(of('4711', dayOf(0))), 0],
      // From there on enough people have moved.
      ['an earlier report', replaced(of('4711', dayOf(-6))), 0],
      // What nobody gets without a memory stays what nobody gets.
      ['a Monday without a report', replaced(of('4711', dayOf(-2))), -4],
    ]
    const { daysOf, edit } = await weeklyWorld()
    await daysOf([-4], withIssue)
    let written = ''
    edit((body) => {
      written = body
      return body
    })
    const shown: unknown[] = []
    for (const [name, change] of cases) {
      edit(() => change(written))
      shown.push([name, ...(await daysOf([0], withIssue))])
    }
    expect(shown).toEqual(cases.map(([name, , expected]) => [name, dayOf(expected)]))
  })

  test.each([
    ['nonsense', replaced(of('4711', 'yesterday'))],
    ['a day to come', replaced(of('4711', dayOf(3)))],
    ['an earlier report', replaced(of('4711', dayOf(-6)))],
  ])('%s: what the kept records say counts', async (_, change) => {
    const { daysOf, edit } = await weeklyWorld()
    await daysOf([-4], withBoth)
    edit(change)
    expect(await daysOf([0], withBoth)).toEqual([dayOf(-4)])
  })

  test('the kept records are lost: what the issue says counts', async () => {
    const { daysOf, temporary } = await weeklyWorld()
    await daysOf([-4], withBoth)
    rmSync(join(temporary, 'what-shipped-records'), { recursive: true })
    expect(await daysOf([0], withBoth)).toEqual([dayOf(-4)])
  })

  test('a copy of the kept records that is older than the issue: the later of the two counts', async () => {
    const { daysOf, temporary } = await weeklyWorld()
    const file = join(temporary, 'what-shipped-records/records')
    await daysOf([-6], withBoth)
    copyFileSync(file, `${file}.copy`)
    await daysOf([-4], withBoth)
    copyFileSync(`${file}.copy`, file)
    expect(await daysOf([0], withBoth)).toEqual([dayOf(-4)])
  })

  test('and cannot be read now: no report, rather than one that forgot the last', async () => {
    const { daysOf, runOn, github } = await weeklyWorld()
    await daysOf([-4], withIssue)
    github.faults.push({
      match: { method: 'GET', path: /\/issues$/ },
      times: Number.POSITIVE_INFINITY,
      respond: { kind: 'status', status: 500, body: {} },
    })
    const { errors, day } = await runOn(0, withIssue)
    expect(errors).toEqual([expect.stringMatching(/^No report: .* Run the job again later\.$/)])
    expect(day).toBeUndefined()
  })
})

describe('the repository', patience, () => {
  const known = 'kept from earlier runs'

  test('was renamed: what was kept and remembered is its own', async () => {
    const world = await weeklyWorld()
    await world.daysOf([-4], withKey)
    world.repository = { name: 'gadgets', formerNames: ['acme/widgets'] }
    const run = await world.runOn(0, withKey)
    expect(run.stdout).toContain(known)
    expect(run.day).toBe(dayOf(-4))
    expect(run.fileOf('report-json')).toContain('"acme/gadgets"')
    expect(run.fileOf('report-json')).not.toContain('acme/widgets')
  })

  test('was made again under its name: nothing that was kept and remembered is its own', async () => {
    const world = await weeklyWorld()
    await world.daysOf([-4], withBoth)
    world.repository = { id: 4712 }
    const run = await world.runOn(0, withBoth)
    expect(run.stdout).not.toContain(known)
    expect(run.stdout).toContain('The kept records are of another repository')
    expect(run.day).toBe(dayOf(0))
  })

  test('has another configuration: records are read again, and the last report is still the last', async () => {
    const world = await weeklyWorld()
    await world.daysOf([-4], withKey)
    world.repository = { files: { '.github/what-shipped.yml': 'branches: [main]\n' } }
    const run = await world.runOn(0, withKey)
    expect(run.stdout).not.toContain(known)
    expect(run.day).toBe(dayOf(-4))
  })
})
