import { type CheckRun, findApp } from '../app-state.ts'
import type { Urls } from '../exchange.ts'
import { idOf } from '../hash.ts'
import { nodeId } from '../node-id.ts'
import { fullName, type Repository, type State } from '../state.ts'
import { renderApp } from './render-app.ts'
import { repositoryUrl } from './render-repository.ts'

/** A suite holds the runs of one App on one commit. */
export function suiteOf({ headSha, appId }: Pick<CheckRun, 'headSha' | 'appId'>): number {
  return idOf(`suite ${headSha} ${appId}`)
}

/** `pull_requests` is empty for heads in forks, and GitHub is not consistent about the rest: nobody is to rely on it. */
export function renderCheckRun(state: State, repository: Repository, run: CheckRun, urls: Urls) {
  const url = `${repositoryUrl(repository, urls)}/check-runs/${run.id}`
  const { title, summary, text } = run
  return {
    id: run.id,
    head_sha: run.headSha,
    node_id: nodeId('CR', run.id),
    external_id: run.externalId,
    url,
    html_url: `${urls.web}/${fullName(repository)}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { title, summary, text, annotations_count: 0, annotations_url: `${url}/annotations` },
    name: run.name,
    check_suite: { id: suiteOf(run) },
    app: renderApp(findApp(state, run.appId), urls),
    pull_requests: [],
  }
}
