import { anInstallation } from '../an-app.ts'
import type { App, Installation } from '../app-state.ts'
import { writeTime } from '../builders.ts'
import { nodeId } from '../node-id.ts'
import { renderInstallation } from '../rest/render-app.ts'
import { type Account, fullName, type Repository } from '../state.ts'
import { type Stage, tellInstallation } from '../tell-apps.ts'

/** An owner installs the App. */
export async function installApp(
  stage: Stage,
  app: App,
  account: Account,
  init: Partial<Installation> = {},
): Promise<Installation> {
  const createdAt = writeTime(stage.now())
  const installation = anInstallation(app, account, { createdAt, ...init })
  stage.state.installations.push(installation)
  await tell(stage, installation, 'created', {
    repositories: briefly(reached(stage, installation)),
  })
  return installation
}

export async function suspendInstallation(stage: Stage, installation: Installation): Promise<void> {
  installation.suspendedAt = writeTime(stage.now())
  await tell(stage, installation, 'suspend')
}

export async function resumeInstallation(stage: Stage, installation: Installation): Promise<void> {
  installation.suspendedAt = null
  await tell(stage, installation, 'unsuspend')
}

/** Its tokens end at once. */
export async function uninstallApp(stage: Stage, installation: Installation): Promise<void> {
  const repositories = briefly(reached(stage, installation))
  const { installations } = stage.state
  installations.splice(installations.indexOf(installation), 1)
  await tell(stage, installation, 'deleted', { repositories })
}

/** An owner grants what a later version asks for. */
export async function acceptPermissions(
  stage: Stage,
  installation: Installation,
  permissions: Installation['permissions'],
): Promise<void> {
  installation.permissions = { ...installation.permissions, ...permissions }
  await tell(stage, installation, 'new_permissions_accepted')
}

/** An owner chooses the repositories anew: by id, or all. */
export async function chooseRepositories(
  stage: Stage,
  installation: Installation,
  repositories: Installation['repositories'],
): Promise<void> {
  const before = reached(stage, installation)
  installation.repositories = repositories
  const after = reached(stage, installation)
  const added = briefly(after.filter((one) => !before.includes(one)))
  const removed = briefly(before.filter((one) => !after.includes(one)))
  const common = {
    installation: renderInstallation(stage.state, installation, stage.urls),
    repository_selection: repositories === 'all' ? 'all' : 'selected',
    requester: null,
    repositories_added: added,
    repositories_removed: removed,
  }
  for (const [action, changed] of [
    ['added', added],
    ['removed', removed],
  ] as const) {
    if (changed.length === 0) continue
    await tellInstallation(stage, installation, undefined, {
      event: 'installation_repositories',
      action,
      sender: installation.account,
      more: common,
    })
  }
}

async function tell(
  stage: Stage,
  installation: Installation,
  action: string,
  more: object = {},
): Promise<void> {
  await tellInstallation(stage, installation, undefined, {
    event: 'installation',
    action,
    sender: installation.account,
    more: { installation: renderInstallation(stage.state, installation, stage.urls), ...more },
  })
}

function reached({ state }: Stage, { account, repositories }: Installation): Repository[] {
  return state.repositories.filter(
    ({ id, owner }) =>
      owner.id === account.id && (repositories === 'all' || repositories.includes(id)),
  )
}

/** A repository as deliveries about installations name it. */
function briefly(repositories: readonly Repository[]) {
  return repositories.map((repository) => ({
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.private,
  }))
}
