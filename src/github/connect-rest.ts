import { Octokit as RestOctokit } from '@octokit/rest'
import type { Octokit } from './octokit.ts'

/** Where GitHub is, and who asks. */
export interface RestConnection {
  /** Undefined: asked without a name, which gives public data and 60 calls an hour, and no GraphQL. */
  readonly token?: string
  /** `GITHUB_API_URL`: `https://api.github.com`, or `https://<host>/api/v3` on a GitHub Enterprise Server. */
  readonly baseUrl?: string
}

/**
 * The command's client for GitHub. It neither retries nor waits by itself: `connectGitHub` does. GraphQL is found beside
 * REST, at `/api/graphql` on a GitHub Enterprise Server. A proxy is Node's matter: `NODE_USE_ENV_PROXY=1` and `HTTPS_PROXY`.
 */
export function connectRest({
  token,
  baseUrl = 'https://api.github.com',
}: RestConnection): Octokit {
  return new RestOctokit({
    ...(token === undefined ? {} : { auth: token }),
    baseUrl: baseUrl.replace(/\/+$/, ''),
    userAgent: 'what-shipped',
    // What goes wrong is told once, by the error; Octokit would also write it to the screen.
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  })
}

function ignore(): void {}
