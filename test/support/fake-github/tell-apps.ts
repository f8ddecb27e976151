import { findApp, type Installation, reachOf } from './app-state.ts'
import { envelope } from './hook-payload.ts'
import type { FakeGitHub } from './start-fake-github.ts'
import type { Account, Repository } from './state.ts'

/** What changes take place on. */
export type Stage = Pick<FakeGitHub, 'state' | 'hooks' | 'urls' | 'now'>

/** What happened, and to whom it is told. */
export interface Happening {
  readonly event: string
  /** Undefined for those without, as `push`. */
  readonly action?: string
  readonly sender: Account | null
  /** What the delivery carries beside what all do. */
  readonly more?: object
}

/** Events that come unasked. */
const unasked = ['installation', 'installation_repositories', 'github_app_authorization']

/** Tells one installation's App, unless it did not subscribe. One that is suspended hears of nothing but its suspension. */
export async function tellInstallation(
  { state, hooks, urls }: Stage,
  installation: Installation,
  repository: Repository | undefined,
  { event, action, sender, more = {} }: Happening,
): Promise<void> {
  const app = findApp(state, installation.appId)
  if (!unasked.includes(event) && !app.events.includes(event)) return
  if (installation.suspendedAt !== null && event !== 'installation') return
  const named = !unasked.includes(event)
  const payload = envelope({ installation, repository, named, sender, urls }, action, more)
  await hooks.send({ app, event, payload: structuredClone(payload) })
}

/** Installations that reach the repository. */
export function installationsOf({ state }: Stage, { id }: Repository): Installation[] {
  return state.installations.filter((installation) => reachOf(state, installation).includes(id))
}

/** Tells the App of every installation that reaches the repository, or of those given. */
export async function tellOfRepository(
  stage: Stage,
  repository: Repository,
  happening: Happening,
  told: readonly Installation[] = installationsOf(stage, repository),
): Promise<void> {
  for (const installation of told) {
    await tellInstallation(stage, installation, repository, happening)
  }
}

/** Tells the App of every installation on the account. */
export async function tellOfAccount(
  stage: Stage,
  { id }: Account,
  happening: Happening,
): Promise<void> {
  for (const installation of stage.state.installations) {
    if (installation.account.id === id) {
      await tellInstallation(stage, installation, undefined, happening)
    }
  }
}
