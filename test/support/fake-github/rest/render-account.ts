import type { Urls } from '../exchange.ts'
import { nodeId } from '../node-id.ts'
import type { Account } from '../state.ts'

/** What REST shows where the account was deleted. GraphQL has null there. */
const ghost: Account = { id: 10137, login: 'ghost', type: 'User' }

export function renderAccount(account: Account | null, urls: Urls) {
  const { id, login, type } = account ?? ghost
  const url = `${urls.api}/users/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `${urls.web}/avatars/u/${id}`,
    gravatar_id: '',
    url,
    html_url:
      type === 'Bot' ? `${urls.web}/apps/${login.replace('[bot]', '')}` : `${urls.web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  }
}
