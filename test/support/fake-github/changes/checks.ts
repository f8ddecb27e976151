import type { CheckRun, Installation } from '../app-state.ts'
import { renderApp } from '../rest/render-app.ts'
import { renderCheckRun, suiteOf } from '../rest/render-check-run.ts'
import type { Account, Repository } from '../state.ts'
import { installationsOf, type Stage, tellOfRepository } from '../tell-apps.ts'

/** Somebody presses a button of a check run. @throws Error where it has no such button */
export async function pressButton(
  stage: Stage,
  repository: Repository,
  run: CheckRun,
  identifier: string,
  by: Account,
): Promise<void> {
  if (!run.actions.some((action) => action.identifier === identifier)) {
    throw new Error(`check run ${run.id} has no button ${identifier}`)
  }
  await tell(stage, repository, run, 'requested_action', by, { requested_action: { identifier } })
}

/** Somebody asks for one check run again. */
export async function rerequestCheck(
  stage: Stage,
  repository: Repository,
  run: CheckRun,
  by: Account,
): Promise<void> {
  await tell(stage, repository, run, 'rerequested', by)
}

/** Somebody asks for all of an App's check runs on a commit again; GitHub also tells of a new commit this way. */
export async function requestSuite(
  stage: Stage,
  repository: Repository,
  headSha: string,
  action: 'requested' | 'rerequested',
  by: Account,
): Promise<void> {
  for (const app of stage.state.apps) {
    const check_suite = {
      id: suiteOf({ headSha, appId: app.id }),
      head_branch: null,
      head_sha: headSha,
      status: 'queued',
      conclusion: null,
      pull_requests: [],
      app: renderApp(app, stage.urls),
    }
    const happening = { event: 'check_suite', action, sender: by, more: { check_suite } }
    await tellOfRepository(stage, repository, happening, own(stage, repository, app.id))
  }
}

/** A merge queue wants to know of a commit that it made. */
export async function requestMergeGroup(
  stage: Stage,
  repository: Repository,
  group: { readonly number: number; readonly headSha: string; readonly baseSha: string },
): Promise<void> {
  const base = `refs/heads/${repository.defaultBranch}`
  await tellOfRepository(stage, repository, {
    event: 'merge_group',
    action: 'checks_requested',
    sender: repository.owner,
    more: {
      merge_group: {
        head_sha: group.headSha,
        head_ref: `refs/heads/gh-readonly-queue/${repository.defaultBranch}/pr-${group.number}-${group.baseSha}`,
        base_sha: group.baseSha,
        base_ref: base,
      },
    },
  })
}

async function tell(
  stage: Stage,
  repository: Repository,
  run: CheckRun,
  action: string,
  sender: Account,
  more: object = {},
): Promise<void> {
  const check_run = renderCheckRun(stage.state, repository, run, stage.urls)
  const happening = { event: 'check_run', action, sender, more: { check_run, ...more } }
  await tellOfRepository(stage, repository, happening, own(stage, repository, run.appId))
}

function own(stage: Stage, repository: Repository, appId: number): Installation[] {
  return installationsOf(stage, repository).filter((installation) => installation.appId === appId)
}
