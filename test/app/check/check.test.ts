import { describe, expect, test } from 'vitest'
import { listDead, replayDead } from '../../../src/app/operate/dead-letters.ts'
import { applyChanges } from '../../../src/app/settings/apply-changes.ts'
import { changeAccountSettings } from '../../../src/app/settings/change-settings.ts'
import { aFork, anAccount, minute } from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { owner } from '../jobs/app-case.ts'
import { aCheckCase, day, merged, minutes, opened } from './check-case.ts'

const writesOf = (check: Awaited<ReturnType<typeof aCheckCase>>) =>
  check.app.github.requests.filter(
    ({ method, path }) => method !== 'GET' && path.includes('/check-runs'),
  ).length

describe('the check of a pull request', () => {
  test('is there after the backfill, neutral, with what was found and three buttons', async () => {
    const check = await aCheckCase()
    expect(check.run()).toMatchObject({
      name: 'What Shipped',
      status: 'completed',
      conclusion: 'neutral',
      headSha: check.repository.pullRequests[0]?.head.sha,
      externalId: `change/${check.repository.id}/7`,
      title: 'AI recorded: AI-assisted · Claude Code',
      actions: [
        { identifier: 'assisted' },
        { identifier: 'agent-authored' },
        { identifier: 'unassisted' },
      ],
    })
    expect(check.text()).toContain('Co-Authored-By: Claude <noreply@anthropic.com>')
    expect(check.text()).toContain("E2 a tool's own mark")
    expect(check.text()).toContain('### This repository')
  })

  test('names nobody', async () => {
    const check = await aCheckCase(merged)
    await check.becomes({ ...merged, events: [...merged.events] })
    for (const { login } of [people.author, people.reviewer, people.maintainer]) {
      expect(
        check
          .runs()
          .map(({ summary }) => summary)
          .join('\n'),
      ).not.toContain(login)
    }
  })

  test('follows the head: one run for each commit that was the head', async () => {
    const check = await aCheckCase()
    await check.becomes({
      ...opened,
      events: [{ type: 'push', at: minute(70), commits: [{ message: 'Mend it' }] }],
    })
    const heads = check.runs().map(({ headSha }) => headSha)
    expect(heads).toHaveLength(2)
    expect(new Set(heads).size).toBe(2)
    expect(heads.at(-1)).toBe(check.repository.pullRequests[0]?.head.sha)
    expect(check.runs().at(-1)?.summary).toContain('1 of 2 commits')
  })

  test('is brought up to date at the merge, and again 14 and 30 days after it', async () => {
    const check = await aCheckCase()
    await check.becomes(merged)
    expect(check.text()).toMatch(
      /\| Merged \| 2026-03-02 \d\d:\d\d \| 30 min after it was ready \|/,
    )
    expect(check.text()).toContain('Not reverted so far.')
    await check.later(15 * day)
    expect(check.text()).toContain('Not reverted within 14 days of the merge.')
    await check.later(16 * day)
    expect(check.text()).toContain('Not reverted within 30 days of the merge.')
    expect(check.runs()).toHaveLength(1)
  })

  test('is not written where nothing changed', async () => {
    const check = await aCheckCase()
    const before = writesOf(check)
    await check.app.want(owner.id, 'publish-check', `${check.repository.id}/7`)
    await check.app.pass(1_000)
    expect(writesOf(check)).toBe(before)
  })

  test('is written again where somebody asks for it', async () => {
    const check = await aCheckCase()
    const before = writesOf(check)
    await check.app.want(owner.id, 'publish-check', `${check.repository.id}/7`, 'again')
    await check.app.pass(1_000)
    expect(writesOf(check)).toBe(before + 1)
    expect(check.runs()).toHaveLength(1)
  })

  test('is written again on an earlier head, where somebody asks for it there', async () => {
    const check = await aCheckCase()
    const earlier = check.run()
    earlier.status = 'queued'
    await check.becomes({ ...opened, commits: [...opened.commits, { message: 'More' }] })
    await check.app.pass(60_000)
    expect(check.runs()).toHaveLength(2)
    const subject = `${check.repository.id}/7/${earlier.headSha}`
    await check.app.want(owner.id, 'publish-check', subject, 'again')
    await check.app.pass(1_000)
    expect(check.runs().map(({ status }) => status)).toEqual(['completed', 'completed'])
  })

  test('is there for a fork, whose head GitHub ties to no pull request', async () => {
    const check = await aCheckCase({ ...opened, from: aFork('somebody') })
    expect(check.run().headSha).toBe(check.repository.pullRequests[0]?.head.sha)
  })

  test('is there for the commit that a merge queue tries', async () => {
    const check = await aCheckCase()
    const { commits } = check.repository
    const queued = commits[0]?.sha
    await check.app.want(owner.id, 'publish-check', `${check.repository.id}/7/${queued}`)
    await check.app.pass(1_000)
    expect(check.runs().map(({ headSha }) => headSha)).toContain(queued)
    await check.app.want(owner.id, 'publish-check', `${check.repository.id}/7`)
    await check.app.pass(1_000)
    expect(check.runs()).toHaveLength(2)
  })

  test('tells of the repository alone where more than the organisation can read it', async () => {
    const check = await aCheckCase()
    expect(check.text()).not.toContain('### The whole organisation')
  })

  test('tells of the organisation in a private repository', async () => {
    const check = await aCheckCase(opened, { repository: { private: true } })
    expect(check.text()).toContain('### The whole organisation')
  })

  test('tells of the organisation elsewhere once an owner has said so', async () => {
    const check = await aCheckCase()
    await check.app.work.store
      .tenant(owner.id)
      .write(null, ({ settings }) =>
        settings.put(JSON.stringify({ organisationInPublicChecks: true })),
      )
    await check.app.want(owner.id, 'publish-check', `${check.repository.id}/7`)
    await check.app.pass(1_000)
    expect(check.text()).toContain('### The whole organisation')
  })
})

describe('once an owner has closed the numbers', () => {
  test('the check tells of the change alone, also where it is over', async () => {
    const check = await aCheckCase(opened, { repository: { private: true } })
    await check.becomes(merged)
    expect(check.text()).toContain('### The whole organisation')
    const { store, surroundings } = check.app.work
    const at = surroundings.now()
    const jobs = await store.tenant(owner.id).write(null, async (facts) => {
      const change = await changeAccountSettings(facts, { open: false }, { actor: 99, at })
      return applyChanges(facts, change, { tenantId: owner.id, at, backfillWeeks: 26 })
    })
    expect(jobs.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      `publish-check ${check.repository.id}/7`,
    ])
    await store.jobs.enqueue(jobs)
    await check.later(2 * minutes)
    expect(check.text()).toContain('### What happened so far')
    expect(check.text()).not.toMatch(/### (?:This repository|The whole organisation)/)
  })
})

describe('a button of the check', () => {
  const standing = async (check: Awaited<ReturnType<typeof aCheckCase>>) => {
    const corrections = await check.app.work.store
      .tenant(owner.id)
      .read((facts) => facts.corrections.of(check.repository.id, 7))
    return corrections
      .filter(({ undoneAt }) => undoneAt === null)
      .map(({ claim, role }) => `${role}: ${claim}`)
  }
  const plain = { ...opened, commits: [{ message: 'Fix it' }] }

  test.each([
    ['assisted', 'AI recorded: AI-assisted'],
    ['agent-authored', 'AI recorded: authored by an agent'],
    ['unassisted', 'Recorded as made without AI'],
  ])('%s is heard of the author', async (identifier, title) => {
    const check = await aCheckCase(plain)
    expect(check.run().title).toBe('No AI recorded')
    await check.press(identifier, people.author)
    expect(check.run().title).toBe(title)
    expect(check.text()).toContain('The author declared on 2 March 2026')
    expect(await standing(check)).toEqual([`author: ${identifier}`])
  })

  test('is heard of who may write', async () => {
    const check = await aCheckCase(plain)
    await check.press('assisted', people.maintainer)
    expect(check.run().title).toBe('AI recorded: AI-assisted')
    expect(check.text()).toContain('Somebody with write access declared')
  })

  test('is not heard of anybody else', async () => {
    const check = await aCheckCase(plain)
    await check.press('assisted', anAccount('stranger'))
    expect(check.run().title).toBe('No AI recorded')
    expect(await standing(check)).toEqual([])
  })

  test('takes back its own word when it is pressed again, and replaces another', async () => {
    const check = await aCheckCase(plain)
    await check.press('assisted', people.author)
    await check.press('unassisted', people.author)
    expect(await standing(check)).toEqual(['author: unassisted'])
    await check.press('unassisted', people.author)
    expect(await standing(check)).toEqual([])
    expect(check.run().title).toBe('No AI recorded')
    expect(check.text().match(/It was taken back on 2 March 2026/g)).toHaveLength(2)
  })

  test('is heard once, under whatever name its body comes again (I5)', async () => {
    const check = await aCheckCase(plain)
    await check.press('assisted', people.author)
    await check.replay()
    expect(await standing(check)).toEqual(['author: assisted'])
    await check.press('assisted', people.author)
    expect(await standing(check)).toEqual([])
    await check.replay()
    await check.later(30 * day)
    await check.replay()
    expect(await standing(check)).toEqual([])
    expect(await check.app.work.store.jobs.dead(10)).toEqual([])
  })

  test('has another body each time, as often as it takes its own word back', async () => {
    const check = await aCheckCase(plain)
    for (const word of [['author: assisted'], [], ['author: assisted'], []]) {
      await check.press('assisted', people.author)
      expect(await standing(check)).toEqual(word)
    }
  })

  test('counts by when it was pressed, and not by when it was heard', async () => {
    const outcomes = []
    for (const order of [
      [1, 2, 3],
      [3, 1, 2, 1],
      [2, 3, 2, 1],
    ]) {
      const check = await aCheckCase(plain)
      for (const time of order) {
        const press = {
          id: `press ${time}`,
          repositoryId: check.repository.id,
          number: 7,
          claim: time === 1 ? 'assisted' : 'unassisted',
          userId: people.author.id,
          login: people.author.login,
          at: Date.parse('2026-03-02T11:00:00Z') + time,
        }
        await check.app.want(owner.id, 'hear-declaration', press.id, JSON.stringify(press))
        await check.app.pass(minutes)
      }
      const record = await check.app.work.store
        .tenant(owner.id)
        .read(({ records }) => records.get(check.repository.id, 7))
      outcomes.push({
        standing: await standing(check),
        declarations: record?.declarations,
        title: check.run().title,
      })
    }
    expect(outcomes[0]).toMatchObject({ standing: [], title: 'No AI recorded' })
    expect(outcomes[0]?.declarations).toHaveLength(2)
    expect(outcomes[1]).toEqual(outcomes[0])
    expect(outcomes[2]).toEqual(outcomes[0])
  })

  test('is kept as a dead letter where it cannot be judged, for a week (G11)', async () => {
    const check = await aCheckCase(plain)
    const { app } = check
    app.github.faults.push({
      match: { path: /\/collaborators\/.*permission$/ },
      respond: {
        kind: 'status',
        status: 403,
        body: { message: 'Resource not accessible by integration' },
      },
    })
    await check.press('assisted', people.maintainer)
    const [dead] = await listDead(app.work.store)
    expect(dead).toMatchObject({ kind: 'hear-declaration', error: 'missing-permission' })
    await replayDead(app.work.store, dead?.id ?? '')
    await app.pass(minutes)
    expect(await standing(check)).toEqual(['writer: assisted'])
  })

  test('that is tried again a week later has nothing to say any more', async () => {
    const check = await aCheckCase(plain)
    const { app } = check
    await app.want(owner.id, 'hear-declaration', 'withheld')
    await app.pass(minutes)
    expect(await listDead(app.work.store)).toEqual([])
    expect(app.lines).toContainEqual(
      expect.objectContaining({ event: 'declaration', outcome: 'withheld' }),
    )
  })

  test("against a tool's own mark sets the change aside", async () => {
    const check = await aCheckCase()
    await check.press('unassisted', people.author)
    expect(check.run().title).toBe('AI recorded: AI-assisted, but disputed · Claude Code')
  })

  test('changes the record, and not the group in which the change is compared', async () => {
    const check = await aCheckCase(plain)
    await check.press('assisted', people.author)
    const { change, record } = await check.app.work.store.tenant(owner.id).read(async (facts) => ({
      change: await facts.changes.get(check.repository.id, 7),
      record: await facts.records.get(check.repository.id, 7),
    }))
    expect(change).toMatchObject({
      assistance: 'assisted',
      exposure: { atReady: { group: 'none-recorded' } },
    })
    expect(record?.declarations).toMatchObject([{ claim: 'assisted', by: 'author' }])
    expect(check.text()).toContain('It came after the change was ready for review')
  })

  test('is heard for 7 days after the merge, and then there is none', async () => {
    const check = await aCheckCase(plain)
    await check.becomes({ ...plain, events: merged.events })
    await check.later(6 * day)
    await check.press('assisted', people.author)
    expect(await standing(check)).toEqual(['author: assisted'])
    await check.later(9 * day)
    expect(check.run().actions).toEqual([])
    await check.press('unassisted', people.author)
    expect(await standing(check)).toEqual(['author: assisted'])
    expect(check.text()).toContain('The time for corrections by button is over')
  })
})
