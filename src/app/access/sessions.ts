import * as z from 'zod'
import type { Sessions } from '../../store/index.ts'
import { randomSecret } from './random-secret.ts'
import type { SealedBox } from './sealed-box.ts'

/** What a session holds beside whose it is; in the database it is encrypted. */
const SessionDataSchema = z.object({
  /** GitHub's token of the person. */
  token: z.string(),
  /** For display only. */
  login: z.string(),
  /** What forms of this session carry. */
  formToken: z.string(),
})

/** A session that is running. */
export interface SignedIn extends z.infer<typeof SessionDataSchema> {
  readonly id: string
  /** GitHub's number of the person. */
  readonly userId: number
  /** Milliseconds since the epoch. */
  readonly signedInAt: number
}

export interface NewSession {
  readonly userId: number
  readonly login: string
  readonly token: string
  /** Milliseconds for which GitHub takes the token; null: until it is taken back. */
  readonly tokenLife: number | null
}

/** The sessions of people who signed in. */
export interface SessionKeeper {
  /** @returns the id of a new session, which only its browser gets to know */
  begin(session: NewSession): Promise<string>
  /** Undefined: there is none, or it is over. */
  find(id: string): Promise<SignedIn | undefined>
  end(id: string): Promise<void>
}

const minute = 60_000
const hour = 60 * minute
/** Milliseconds (RELIABILITY.md, section 6; ASVS 5.0, 7.3.1 and 7.3.2). */
export const sessionTimes = { idle: 8 * hour, absolute: 24 * hour, noted: minute } as const
/** Shorter or longer than those that are made here, it is none. */
const idPattern = /^[\w-]{43}$/

/**
 * Keeps sessions on the server, where they can be ended: after 8 hours without a request, after 24 hours in any case, and when
 * GitHub's token ends, since none is ever renewed. What is in the database shows neither id nor token.
 */
export function createSessions(options: {
  readonly sessions: Sessions
  readonly box: SealedBox
  readonly now: () => number
  readonly randomBytes: (count: number) => Uint8Array
}): SessionKeeper {
  const { sessions, box, now, randomBytes } = options
  return {
    begin: async ({ userId, login, token, tokenLife }) => {
      const id = randomSecret(randomBytes)
      const at = now()
      const data = { token, login, formToken: randomSecret(randomBytes) }
      await sessions.create(id, {
        userId,
        createdAt: at,
        seenAt: at,
        expiresAt: at + Math.min(sessionTimes.absolute, tokenLife ?? Number.POSITIVE_INFINITY),
        data: box.seal(JSON.stringify(data), id),
      })
      return id
    },
    find: async (id) => {
      if (!idPattern.test(id)) return undefined
      const found = await sessions.find(id)
      if (found === undefined || found.seenAt + sessionTimes.idle <= now()) return undefined
      const text = box.open(found.data, id)
      if (text === undefined) return undefined
      if (found.seenAt + sessionTimes.noted <= now()) await sessions.seen(id, now())
      const { userId, createdAt: signedInAt } = found
      return { id, userId, signedInAt, ...SessionDataSchema.parse(JSON.parse(text)) }
    },
    end: (id) => sessions.delete(id),
  }
}
