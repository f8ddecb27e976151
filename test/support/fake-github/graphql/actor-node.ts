import type { Urls } from '../exchange.ts'
import { nodeId } from '../node-id.ts'
import type { Account } from '../state.ts'

/** An account as author or actor: null for a ghost, and an app's login without `[bot]`. */
export function actorNode(account: Account | null, urls: Urls) {
  if (account === null) return null
  const login = account.graphqlLogin ?? account.login.replace(/\[bot\]$/, '')
  const path = account.type === 'Bot' ? `/apps/${login}` : `/${login}`
  return {
    __typename: account.type,
    id: nodeId(account.type, account.id),
    databaseId: account.id,
    login,
    resourcePath: path,
    url: urls.web + path,
  }
}

/** The account behind the token. The schema has it a User, and its login keeps `[bot]`. */
export function viewerNode(account: Account, urls: Urls) {
  return { ...actorNode(account, urls), __typename: 'User', login: account.login }
}

/** The account that a commit's address is linked to. The schema has a User there, so an app is null. */
export function linkedUserNode(account: Account | null, urls: Urls) {
  return account?.type === 'User' ? actorNode(account, urls) : null
}
