import { pino } from 'pino'
import { Probot, ProbotOctokit } from 'probot'
import * as z from 'zod/mini'
import {
  connectGitHub,
  connectRest,
  type GitHubApi,
  GitHubError,
  type Octokit,
} from '../github/index.ts'
import type { AppSurroundings } from './app-surroundings.ts'
import type { Metrics } from './metrics.ts'

/** GitHub, as the App itself and as each of its installations. */
export interface GitHubClients {
  /** Hands events to the handlers. */
  readonly probot: Probot
  /** Which check runs are ours. */
  readonly appId: number
  /** Where people read GitHub, without a slash at the end. */
  readonly webUrl: string
  /** Signs with the private key: installations and the log of deliveries. */
  appApi(): Promise<GitHubApi>
  /**
   * What an owner granted, for all repositories of the installation or for one of them.
   *
   * @throws GitHubError `suspended` or `uninstalled` where there is no token to be had
   */
  installationApi(installationId: number, repositoryId?: number): Promise<GitHubApi>
}

export interface ClientOptions {
  readonly appId: number
  /** PEM. */
  readonly privateKey: string
  /** `https://api.github.com`, or `https://<host>/api/v3`. */
  readonly apiUrl: string
  /** `https://github.com`, or `https://<host>`. */
  readonly webUrl: string
  readonly surroundings: AppSurroundings
  readonly metrics: Pick<Metrics, 'apiBudget'>
}

/** The calls' own retries wait for 6 seconds at most; whoever is asked to wait longer is asked by GitHub. */
const longestSleep = 7_000
/** A token that ends sooner than this is not begun with, milliseconds. */
const leastLife = 5 * 60_000

const TokenSchema = z.object({ token: z.string(), expires_at: z.string() })
type Token = z.infer<typeof TokenSchema>

/**
 * Probot is here for its handlers and for signing as the App. Its retries and throttling are off: they wait in memory for up to
 * an hour and hold every query to one a second (docs/reliability.md, G1, G2, G26). It is mute: at `debug` it writes whole payloads,
 * and with an error the event.
 *
 * Installation tokens are made here and not by Octokit, whose own call for one has no deadline and no schema. They are kept
 * until shortly before they end, and made anew once where GitHub does not accept one any more (G10).
 */
export function createGitHubClients({
  appId,
  privateKey,
  apiUrl,
  webUrl,
  surroundings,
  metrics,
}: ClientOptions): GitHubClients {
  const probot = new Probot({
    appId,
    privateKey,
    baseUrl: apiUrl,
    log: pino({ level: 'silent' }),
    // Probot puts throttling options of its own over those that it is given: only a function has the last word.
    Octokit: ProbotOctokit.defaults((options: { throttle?: object }) => ({
      ...options,
      retry: { enabled: false },
      throttle: { ...options.throttle, enabled: false },
    })),
  })
  const tokens = new Map<string, Token>()
  const api = {
    now: surroundings.now,
    random: surroundings.random,
    sleep: async (milliseconds: number) => {
      if (milliseconds <= longestSleep) return surroundings.sleep(milliseconds)
      // A worker is not held: the job comes back then.
      throw new GitHubError('unavailable', 'GitHub asks to wait', {
        limitedUntil: surroundings.now() + milliseconds,
      })
    },
  }

  async function appApi(): Promise<GitHubApi> {
    return connectGitHub(asOctokit(await probot.auth()), api)
  }

  async function makeToken(installationId: number, repositoryId?: number): Promise<Token> {
    const narrowed = repositoryId === undefined ? {} : { repository_ids: [repositoryId] }
    try {
      return await (await appApi()).write(
        'POST /app/installations/{installation_id}/access_tokens',
        { installation_id: installationId, ...narrowed },
        TokenSchema,
        { repeatable: true },
      )
    } catch (cause) {
      if (repositoryId === undefined || !isRefused(cause)) throw cause
      const message = `installation ${installationId} does not reach repository ${repositoryId}`
      throw new GitHubError('not-found', message, { cause })
    }
  }

  async function tokenFor(installationId: number, repositoryId?: number): Promise<string> {
    const key = `${installationId}/${repositoryId ?? ''}`
    const kept = tokens.get(key)
    if (kept !== undefined && Date.parse(kept.expires_at) > surroundings.now() + leastLife) {
      return kept.token
    }
    forgetEnded(tokens, surroundings.now())
    const made = await makeToken(installationId, repositoryId)
    tokens.set(key, made)
    return made.token
  }

  return {
    probot,
    appId,
    webUrl,
    appApi,
    installationApi: async (installationId, repositoryId) => {
      const connect = async () =>
        connectRest({ token: await tokenFor(installationId, repositoryId), baseUrl: apiUrl })
      let octokit = await connect()
      const current: Octokit = {
        request: async (route, parameters) => {
          const response = await octokit.request(route, parameters)
          const remaining = Number(response.headers['x-ratelimit-remaining'] ?? Number.NaN)
          if (!Number.isNaN(remaining)) metrics.apiBudget(installationId, remaining)
          return response
        },
        graphql: (query, variables) => octokit.graphql(query, variables),
      }
      return connectGitHub(current, {
        ...api,
        renewToken: async () => {
          tokens.delete(`${installationId}/${repositoryId ?? ''}`)
          octokit = await connect()
        },
      })
    },
  }
}

/** Of Probot's Octokit what is called; its types know every route, and ours are texts. */
function asOctokit(octokit: ProbotOctokit): Octokit {
  return {
    request: (route, parameters) => octokit.request(route, parameters),
    graphql: (query, variables) => octokit.graphql(query, variables),
  }
}

/** What GitHub says of a token for a repository that the installation does not reach, or not any more. */
function isRefused(error: unknown): boolean {
  return error instanceof GitHubError && error.failure === 'refused'
}

function forgetEnded(tokens: Map<string, Token>, now: number): void {
  for (const [key, { expires_at: end }] of tokens) {
    if (Date.parse(end) <= now) tokens.delete(key)
  }
}
