import { describe, expect, test } from 'vitest'
import type { Issue } from '../support/fake-github/index.ts'
import { type ReportWorld, reportWorld, tellsOfPeople } from '../support/report-case.ts'

const patience = { timeout: 60_000 }
const withIssue = { inputs: { issue: 'true' } }
const allowed = { 'pull-requests': 'read', contents: 'read', issues: 'write' } as const

function issuesOf({ github }: ReportWorld): readonly Issue[] {
  return github.state.repositories[0]?.issues ?? []
}

describe('one issue holds the report', patience, () => {
  test('made by the first run, left alone by a second one that has nothing new', async () => {
    const world = await reportWorld({ permissions: allowed })
    const first = await world.run(withIssue)
    expect(first.exitCode).toBe(0)
    expect(first.writes).toEqual(['POST /repos/acme/widgets/issues'])
    expect(first.stdout).toContain('Issue #61 was made')
    const [issue] = issuesOf(world)
    expect(issue).toMatchObject({
      number: 61,
      state: 'open',
      title: 'What Shipped: report of this repository',
      labels: ['what-shipped-report'],
    })
    expect(issue?.body).toContain(first.summary.trimEnd())
    expect(issue?.body).not.toMatch(tellsOfPeople)
    const second = await world.run(withIssue)
    expect(second.writes).toEqual([])
    expect(second.stdout).toContain('Issue #61 was up to date already')
    expect(issuesOf(world)).toHaveLength(1)
  })

  test('updated in place where something is new, and left closed where it was closed', async () => {
    const world = await reportWorld({ permissions: allowed })
    await world.run(withIssue)
    const [issue] = issuesOf(world)
    Object.assign(issue ?? {}, {
      state: 'closed',
      body: issue?.body?.replace('What Shipped', 'Last week'),
    })
    const result = await world.run(withIssue)
    expect(result.writes).toEqual(['PATCH /repos/acme/widgets/issues/61'])
    expect(issuesOf(world)).toEqual([expect.objectContaining({ state: 'closed' })])
    expect(issue?.body).toContain(result.summary.trimEnd())
  })

  test('of two runs at the same time one issue is left open', async () => {
    const world = await reportWorld({ permissions: allowed })
    const held = [1, 2].map(() =>
      world.github.faults.push({
        match: { method: 'POST', path: /\/issues$/ },
        respond: { kind: 'hold' },
      }),
    )
    const runs = [world.run(withIssue), world.run(withIssue)]
    await Promise.all(held.map(({ reached }) => reached))
    for (const fault of held) fault.release()
    expect((await Promise.all(runs)).map(({ exitCode }) => exitCode)).toEqual([0, 0])
    expect(issuesOf(world).map(({ number, state }) => [number, state])).toEqual([
      [61, 'open'],
      [62, 'closed'],
    ])
  })

  test('killed right after it was made: the next run finds it', async () => {
    const world = await reportWorld({ permissions: allowed, changes: 20 })
    let kill = () => {}
    world.github.faults.push({ match: { method: 'POST', path: /\/issues$/ }, after: () => kill() })
    const killed = await world.run({
      ...withIssue,
      onStart: (end) => {
        kill = end
      },
    })
    expect(killed.signal).toBe('SIGKILL')
    expect((await world.run(withIssue)).writes).toEqual([])
    expect(issuesOf(world)).toHaveLength(1)
  })
})

describe('without it the report is there all the same', patience, () => {
  test.each([
    ['no permission', {}],
    ['leave to read alone', { issues: 'read' }],
  ] as const)('%s', async (_, more) => {
    const world = await reportWorld({
      changes: 20,
      permissions: { 'pull-requests': 'read', contents: 'read', ...more },
    })
    const result = await world.run(withIssue)
    expect(result.exitCode).toBe(0)
    expect(result.notices).toEqual([
      expect.stringMatching(
        /^The report was not put into an issue: give the job `issues: write` \(GitHub says: Resource not accessible by integration.*\)\.$/,
      ),
    ])
    expect(result.fileOf('report-html')).toBeDefined()
    expect(result.summary).not.toBe('')
    expect(issuesOf(world)).toEqual([])
  })

  test('issues are switched off', async () => {
    const world = await reportWorld({ changes: 20, permissions: allowed })
    world.github.faults.push({
      match: { path: /\/issues$/ },
      times: Number.POSITIVE_INFINITY,
      respond: {
        kind: 'status',
        status: 410,
        body: { message: 'Issues are disabled for this repo' },
      },
    })
    const result = await world.run(withIssue)
    expect(result.exitCode).toBe(0)
    expect(result.notices).toEqual([expect.stringMatching(/issues are switched off/)])
  })

  test('GitHub refuses it', async () => {
    const world = await reportWorld({ changes: 20, permissions: allowed })
    world.github.faults.push({
      match: { method: 'POST', path: /\/issues$/ },
      respond: { kind: 'status', status: 422, body: { message: 'Validation Failed' } },
    })
    const result = await world.run(withIssue)
    expect(result.exitCode).toBe(0)
    expect(result.warnings).toEqual([
      'The report was not put into an issue: GitHub refused: Validation Failed. Run the job again later.',
    ])
  })

  test('nobody asked for one: none is looked for', async () => {
    const world = await reportWorld({ changes: 20, permissions: allowed })
    const result = await world.run()
    expect(result.reads.some((read) => read.includes('/issues'))).toBe(false)
    expect(issuesOf(world)).toEqual([])
  })
})
