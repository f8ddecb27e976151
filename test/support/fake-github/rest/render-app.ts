import { type App, findApp, type Installation } from '../app-state.ts'
import { minute } from '../builders.ts'
import type { Urls } from '../exchange.ts'
import { nodeId } from '../node-id.ts'
import type { State } from '../state.ts'
import { renderAccount } from './render-account.ts'

export function renderApp(app: App, urls: Urls) {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    client_id: app.clientId,
    owner: renderAccount(app.owner, urls),
    name: app.name,
    description: null,
    external_url: `${urls.web}/${app.slug}`,
    html_url: `${urls.web}/apps/${app.slug}`,
    created_at: minute(-10_000),
    updated_at: minute(-10_000),
    permissions: app.permissions,
    events: app.events,
  }
}

export function renderInstallation(state: State, installation: Installation, urls: Urls) {
  const { id, appId, account, suspendedAt, createdAt } = installation
  const app = findApp(state, appId)
  const kind = account.type === 'Organization' ? 'organizations/' : ''
  return {
    id,
    account: renderAccount(account, urls),
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${urls.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${urls.api}/installation/repositories`,
    html_url: `${urls.web}/${kind}${account.login}/settings/installations/${id}`,
    app_id: appId,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: app.events,
    created_at: createdAt,
    updated_at: suspendedAt ?? createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: suspendedAt === null ? null : renderAccount(account, urls),
    suspended_at: suspendedAt,
  }
}
