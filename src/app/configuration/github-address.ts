/** Where GitHub is. */
export interface GitHubAddress {
  /** Of the REST API, without a slash at its end. */
  readonly apiUrl: string
  /** Where people sign in and Apps are registered, without a slash at its end. */
  readonly webUrl: string
}

/**
 * Finds GitHub's pages from its API: `https://api.github.com`, `https://api.<name>.ghe.com`, and on a GitHub Enterprise Server
 * `https://<host>/api/v3` (docs.github.com, "Getting started with the REST API").
 */
export function githubAddress(api: URL): GitHubAddress {
  const apiUrl = api.href.replace(/\/+$/, '')
  if (api.hostname === 'api.github.com') return { apiUrl, webUrl: 'https://github.com' }
  if (/^api\.[\w-]+\.ghe\.com$/.test(api.hostname)) {
    return { apiUrl, webUrl: `https://${api.hostname.slice('api.'.length)}` }
  }
  return { apiUrl, webUrl: api.origin }
}
