import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { SYSTEM_TENANT } from '../../../src/store/index.ts'
import { expectFactsOfGitHub, expectOneCheckEach, recordsOf } from '../../support/app-facts.ts'
import type { AppProcess } from '../../support/app-process.ts'
import { type AppWorld, anAppWorld, soon } from '../../support/app-process-world.ts'
import { writeTime } from '../../support/fake-github/builders.ts'
import {
  type Account,
  anAccount,
  aRepository,
  type CheckRun,
  type HistoryEvent,
  installApp,
  pressButton,
  type Repository,
  renameRepository,
  rerequestCheck,
  resumeInstallation,
  setPrivate,
  suspendInstallation,
  transferRepository,
  uninstallApp,
} from '../../support/fake-github/index.ts'
import { people } from '../../support/history/arbitrary-history.ts'
import { LivePullRequest } from '../../support/history/live-pull-request.ts'
import { postgresPrograms } from '../../support/postgres.ts'
import { begin, comeBack } from '../setup/setup-browser.ts'
import { rowsOfTenant } from './rows-of-tenant.ts'

const hour = 60 * 60_000
const day = 24 * hour
const acme = anAccount('acme', { type: 'Organization' })
const globex = anAccount('globex', { type: 'User' })
const stranger = anAccount('passer-by')
/** Of what is written on GitHub, and must not be in any log. */
const canary = 'Canary-4711 sings'

/** What a person does on GitHub, one thing after the other, a minute apart. */
class Life {
  readonly world: AppWorld
  process: AppProcess

  constructor(world: AppWorld, process: AppProcess) {
    this.world = world
    this.process = process
  }

  async open(repository: Repository, number: number, title = `${canary} ${number}`) {
    const { github, clock } = this.world
    clock.pass(60_000)
    return await LivePullRequest.open(github, repository, {
      number,
      author: people.author,
      title,
      openedAt: writeTime(clock.now()),
      commits: [{ message: `Change ${number}` }],
    })
  }

  async happens(live: LivePullRequest, event: WithoutTime<HistoryEvent>) {
    this.world.clock.pass(60_000)
    await live.happens({ ...event, at: writeTime(this.world.clock.now()) } as HistoryEvent)
  }

  async workedOff() {
    await this.world.pass(this.process, ...soon)
  }

  async press(repository: Repository, number: number, identifier: string, by: Account) {
    await pressButton(this.world.github, repository, runOf(repository, number), identifier, by)
    await this.workedOff()
    return runOf(repository, number).title
  }
}

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never

/** The check run on the head that a pull request has now. */
function runOf(repository: Repository, number: number): CheckRun {
  const head = repository.pullRequests.find((one) => one.number === number)?.head.sha
  const runs = repository.checkRuns.filter(
    (run) => run.headSha === head && run.externalId === `change/${repository.id}/${number}`,
  )
  const [run] = runs
  if (run === undefined || runs.length > 1) {
    throw new Error(`#${number} has ${runs.length} check runs on its head`)
  }
  return run
}

/** The set-up page and its way over GitHub, until a process with credentials runs. */
async function connect(world: AppWorld): Promise<AppProcess> {
  const { github, app, folder, location } = world
  const debug = { LOG_LEVEL: 'debug' }
  const bare = world.start('bare', debug)
  const address = await bare.listening
  expect((await fetch(`${address}/readyz`)).status).toBe(200)
  const { action, manifest, cookie, keyCookie } = await begin({ address, said: bare.output })
  // What GitHub's own page does with the form.
  const asked = JSON.parse(manifest)
  const state = new URL(action).searchParams.get('state')
  expect(asked.default_permissions).toEqual(app.permissions)
  expect(asked.public).toBe(false)
  github.state.apps.splice(0)
  github.state.manifestCodes.once = app
  const back = await comeBack(`${asked.redirect_url}?code=once&state=${state}`, keyCookie, cookie)
  const page = await back.text()
  expect(back.status).toBe(200)
  expect(github.state.apps).toEqual([app])
  if (location.engine === 'postgres') {
    // With nowhere to keep them, they are shown once.
    expect(page).toContain(`WEBHOOK_SECRET=${app.webhookSecret}`)
  } else {
    expect(page).not.toContain(app.webhookSecret)
    expect(await readFile(`${folder}/data/app-credentials.json`, 'utf8')).toContain(
      app.webhookSecret,
    )
  }
  expect(await bare.stop()).toBe(0)
  expect(bare.output()).not.toContain(app.webhookSecret)
  // On sqlite it reads what the page kept; with PostgreSQL somebody copied it.
  const process = world.start(location.engine === 'postgres' ? 'both' : 'bare', debug)
  await process.listening
  return process
}

async function live(engine: 'sqlite' | 'postgres'): Promise<void> {
  const widgets = aRepository({ owner: acme, name: 'widgets', pullRequests: [] })
  const gadgets = aRepository({ owner: globex, name: 'gadgets', pullRequests: [] })
  widgets.collaborators[people.maintainer.login] = 'write'
  const world = await anAppWorld({ engine, repositories: [widgets, gadgets], installed: false })
  const { github, app, clock } = world
  const process = await connect(world)
  const life = new Life(world, process)
  try {
    // What is there before the App: read when it is installed.
    const old = await life.open(widgets, 1)
    await life.open(gadgets, 1)
    const installation = await installApp(github, app, acme)
    await installApp(github, app, globex)
    await life.workedOff()
    expect(runOf(widgets, 1)).toMatchObject({ conclusion: 'neutral', title: 'No AI recorded' })

    // A pull request with all that happens to one.
    const change = await life.open(widgets, 2)
    await life.workedOff()
    const first = runOf(widgets, 2)
    await life.happens(change, { type: 'label', label: 'bug' })
    await life.happens(change, { type: 'retarget', base: 'release/1' })
    await life.workedOff()
    expect(runOf(widgets, 2).id).toBe(first.id)
    await life.happens(change, {
      type: 'push',
      commits: [{ message: 'Mend it\n\nCo-Authored-By: Claude <noreply@anthropic.com>' }],
    })
    await life.workedOff()
    expect(runOf(widgets, 2).id).not.toBe(first.id)
    expect(runOf(widgets, 2).title).toBe('AI recorded: AI-assisted · Claude Code')
    await rerequestCheck(github, widgets, runOf(widgets, 2), people.author)
    await life.happens(change, { type: 'review', by: people.reviewer, state: 'APPROVED' })
    await life.happens(change, { type: 'merge', by: people.maintainer, method: 'squash' })
    await life.workedOff()
    expect(runOf(widgets, 2).summary).toContain('Not reverted so far.')

    // The buttons.
    expect(await life.press(widgets, 1, 'assisted', stranger)).toBe('No AI recorded')
    expect(await life.press(widgets, 1, 'assisted', people.author)).toBe('AI recorded: AI-assisted')
    expect(await life.press(widgets, 1, 'assisted', people.author)).toBe('No AI recorded')
    expect(await life.press(widgets, 1, 'unassisted', people.maintainer)).toBe(
      'Recorded as made without AI',
    )
    await life.happens(old, { type: 'merge', by: people.maintainer, method: 'merge' })
    await life.workedOff()
    clock.pass(8 * day)
    await life.workedOff()
    await pressAnyway(life, widgets, 1, 'agent-authored')
    expect(runOf(widgets, 1).title).toBe('Recorded as made without AI')

    // GitHub tells of a repository's and an installation's fate.
    await renameRepository(github, widgets, 'sprockets')
    await life.open(widgets, 3)
    await life.workedOff()
    expect(runOf(widgets, 3).title).toBe('No AI recorded')
    await setPrivate(github, widgets, true)
    await life.workedOff()
    const renamed = runOf(widgets, 3)
    await rerequestCheck(github, widgets, renamed, people.author)
    await life.workedOff()
    expect(runOf(widgets, 3).summary).toContain('### The whole organisation')
    await suspendInstallation(github, installation)
    await life.open(widgets, 4)
    await life.workedOff()
    expect(widgets.checkRuns.filter(({ externalId }) => externalId?.endsWith('/4'))).toEqual([])
    await resumeInstallation(github, installation)
    await life.workedOff()
    // What happened meanwhile is looked for at the next reconciling at the latest.
    await world.pass(process, 7 * hour, ...soon)
    expect(runOf(widgets, 4).conclusion).toBe('neutral')
    const moved = aRepository({ owner: acme, name: 'moved', id: 900, pullRequests: [] })
    github.state.repositories.push(moved)
    await life.open(moved, 5)
    await life.workedOff()
    await transferRepository(github, moved, globex)
    await life.workedOff()
    expectOneCheckEach(widgets)
  } finally {
    await process.stop()
  }
  await world.look(async (store) => {
    expect(await expectFactsOfGitHub(world, store)).toBe(6)
    const corrections = await store
      .tenant(acme.id)
      .read((facts) => facts.corrections.of(widgets.id, 1))
    expect(corrections.filter(({ undoneAt }) => undoneAt === null)).toMatchObject([
      { claim: 'unassisted', role: 'writer' },
    ])
    expect(await store.jobs.dead(10)).toEqual([])
  })
  await end(world, life)
}

/** The button is gone from the check by then; whoever sends the request all the same is not heard. */
async function pressAnyway(life: Life, repository: Repository, number: number, action: string) {
  const run = runOf(repository, number)
  expect(run.actions).toEqual([])
  const withButton = { ...run, actions: [{ label: '', description: '', identifier: action }] }
  await pressButton(life.world.github, repository, withButton, action, people.author)
  await life.workedOff()
}

/** The App is removed from one account; a month later nothing of it is left, and the other one's is as it was. */
async function end(world: AppWorld, life: Life): Promise<void> {
  const { github, app, clock, location } = world
  const [installation] = github.state.installations
  if (installation === undefined) throw new Error('nobody installed the App')
  const process = world.start(location.engine === 'postgres' ? 'both' : 'bare', {
    LOG_LEVEL: 'debug',
  })
  life.process = process
  await process.listening
  await uninstallApp(github, installation)
  await life.workedOff()
  clock.pass(29 * day)
  await life.workedOff()
  clock.pass(2 * day)
  await life.workedOff()
  expect(await process.stop()).toBe(0)
  expect(await rowsOfTenant(location, acme.id)).toEqual({})
  await world.look(async (store) => {
    const audit = await store.tenant(SYSTEM_TENANT).read((facts) => facts.audit.list(10))
    expect(audit).toMatchObject([
      { action: 'erase', subject: `tenant ${acme.id}`, outcome: 'erased', actor: null },
    ])
    const left = github.state.repositories.filter(({ owner }) => owner.id === globex.id)
    for (const repository of left) {
      expect(await recordsOf(store, repository)).toHaveLength(repository.pullRequests.length)
    }
  })
  if (location.engine === 'sqlite') {
    // Also past the tables: what was deleted is overwritten.
    expect((await readFile(location.file)).includes('sprockets')).toBe(false)
  }
  const logs = world.processes.map((one) => one.output()).join('')
  const secrets = [app.webhookSecret, app.clientSecret, 'PRIVATE KEY', 'ghs_']
  const texts = [canary, 'widgets', 'sprockets', ...Object.values(people).map(({ login }) => login)]
  for (const word of [...secrets, ...texts, 'acme', '@users.noreply']) {
    expect(logs, `the log has ${word}`).not.toContain(word)
  }
}

test('P8 (sqlite): from an empty machine to an erased account', () => live('sqlite'), 600_000)

test.skipIf(postgresPrograms === undefined)(
  'P8 (postgres): from an empty machine to an erased account',
  () => live('postgres'),
  600_000,
)
