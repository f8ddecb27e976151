import type { Context, Hono, MiddlewareHandler } from 'hono'
import {
  connectGitHub,
  connectRest,
  type GitHubApi,
  GitHubError,
  readViewer,
} from '../../github/index.ts'
import type { Store } from '../../store/index.ts'
import type { AppSurroundings } from '../app-surroundings.ts'
import type { Configuration } from '../configuration.ts'
import { AccessError } from '../library/access-error.ts'
import type { Library } from '../library/library.ts'
import { createReadNotes } from '../library/read-notes.ts'
import { createReportShelf } from '../library/report-shelf.ts'
import type { AccountSources } from '../library/store-account.ts'
import { personLibrary, tokenLibrary } from '../library/store-library.ts'
import { createViewerAccess, type ViewerAccess } from '../library/viewer-access.ts'
import type { Log } from '../log.ts'
import type { PageEnvironment } from '../server/page-environment.ts'
import { accountOfApiToken } from './api-token.ts'
import { createSealedBox } from './sealed-box.ts'
import { readCookie, takeCookie } from './session-cookie.ts'
import { createSessions, type SessionKeeper, type SignedIn } from './sessions.ts'
import { noSignInRoutes, signInRoutes } from './sign-in-routes.ts'

/** How these pages know who looks at them. */
export interface Access {
  /** Sets `library`. */
  readonly viewer: MiddlewareHandler<PageEnvironment>
  /** The ways in and out. */
  readonly routes: Hono<PageEnvironment>
}

export interface AccessOptions {
  readonly store: Store
  readonly configuration: Pick<Configuration, 'signIn' | 'github' | 'retentionDays'>
  readonly surroundings: AppSurroundings
  readonly log: Log
}

/** A page that waits for GitHub has its answer, or none, before whoever waits goes away. Milliseconds. */
const longestCall = 5_000
const longestSleep = 1_000
/** Sessions of which is remembered what they may see. */
const most = 2_000

/** Signing in, and what is shown to whom, over the store. */
export function createAccess({ store, configuration, surroundings, log }: AccessOptions): Access {
  const { signIn: settings, github } = configuration
  const { now, randomBytes } = surroundings
  const sources: AccountSources = {
    store,
    now,
    shelf: createReportShelf(),
    notes: createReadNotes(store, now),
    retentionDays: configuration.retentionDays,
  }
  const connect = (token: string) =>
    connectGitHub(connectRest({ token, baseUrl: github.apiUrl }), patience(surroundings))
  const box = settings && createSealedBox(settings.sessionKey, randomBytes)
  const sessions = box && createSessions({ sessions: store.sessions, box, now, randomBytes })
  const accessOf = rememberAccess(connect, now)

  return {
    routes:
      settings === null || box === null || sessions === null
        ? noSignInRoutes()
        : signInRoutes({
            ...surroundings,
            webUrl: github.webUrl,
            settings,
            sessions,
            box,
            log,
            readViewer: (token) => readViewer(connect(token)),
          }),
    viewer: async (context, next) => {
      const [, token] = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '') ?? []
      if (token !== undefined) {
        context.set('library', await libraryOfToken(token, sources))
        return next()
      }
      const session = sessions === null ? undefined : await sessionOf(context, sessions)
      context.set('library', session && libraryOf(session, accessOf(session), sources))
      await next()
      const { error } = context
      if (sessions && session && error instanceof AccessError && error.reason === 'signed-out') {
        await sessions.end(session.id)
        takeCookie(context, 'session')
      }
    },
  }
}

async function sessionOf(
  context: Context<PageEnvironment>,
  sessions: SessionKeeper,
): Promise<SignedIn | undefined> {
  const id = readCookie(context, 'session')
  return id === undefined ? undefined : sessions.find(id)
}

function libraryOf(
  { userId, login, formToken, signedInAt }: SignedIn,
  access: ViewerAccess,
  sources: AccountSources,
): Library {
  return personLibrary(sources, { kind: 'person', userId, login, formToken, signedInAt }, access)
}

/** Undefined: it is no token, or no longer one. */
async function libraryOfToken(
  token: string,
  sources: AccountSources,
): Promise<Library | undefined> {
  const accountId = accountOfApiToken(token)
  if (accountId === undefined) return undefined
  const found = await sources.store.tenant(accountId).read(({ tokens }) => tokens.find(token))
  if (found === undefined) return undefined
  const { name, createdBy } = found
  return tokenLibrary(sources, { kind: 'token', accountId, name, createdBy })
}

/** What each session may see, in this process; the sessions that were used longest ago are forgotten first. */
function rememberAccess(
  connect: (token: string) => GitHubApi,
  now: () => number,
): (session: SignedIn) => ViewerAccess {
  const remembered = new Map<string, ViewerAccess>()
  return ({ id, token, userId }) => {
    const access = remembered.get(id) ?? createViewerAccess(connect(token), userId, now)
    remembered.delete(id)
    remembered.set(id, access)
    const [oldest] = remembered.keys()
    if (remembered.size > most && oldest !== undefined) remembered.delete(oldest)
    return access
  }
}

/** One more try at most, and none where GitHub asks to wait. */
function patience({ now, random, sleep }: AppSurroundings): Parameters<typeof connectGitHub>[1] {
  return {
    now,
    random,
    sleep: async (milliseconds) => {
      if (milliseconds <= longestSleep) return sleep(milliseconds)
      throw new GitHubError('unavailable', 'GitHub asks to wait', {
        limitedUntil: now() + milliseconds,
      })
    },
    timeout: () => AbortSignal.timeout(longestCall),
  }
}
