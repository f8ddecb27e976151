import { createHash, timingSafeEqual } from 'node:crypto'

/** One way to GitHub and back. */
export interface SetupTicket {
  /** Goes to GitHub and comes back in the address. */
  readonly state: string
  /** Stays in the browser. */
  readonly cookie: string
}

/** The ways that were begun in this process. */
export interface SetupStates {
  begin(publicUrl: string): SetupTicket
  /** Ends the way, and gives the address that it was begun with; undefined where there is none for that browser. */
  take(state: string, cookie: string): string | undefined
  /** Opens the way again where GitHub did not answer, since the code may still be good. */
  giveBack(ticket: SetupTicket, publicUrl: string): void
}

interface Begun {
  readonly cookie: Buffer
  readonly publicUrl: string
  readonly until: number
}

/** As long as GitHub's code is good, milliseconds. */
const lifetime = 3_600_000
/** More than anybody begins. The oldest goes first. */
const most = 20
const secretBytes = 32

/**
 * Remembers for an hour who began to connect. A state is random, good once, and only in the browser that began; so nobody can
 * be led to an App of somebody else's (RELIABILITY.md, section 4).
 */
export function createSetupStates(options: {
  readonly now: () => number
  readonly randomBytes: (count: number) => Uint8Array
}): SetupStates {
  const { now, randomBytes } = options
  const begun = new Map<string, Begun>()
  const secret = () => Buffer.from(randomBytes(secretBytes)).toString('base64url')
  const keep = ({ state, cookie }: SetupTicket, publicUrl: string) => {
    const [oldest] = begun.keys()
    if (begun.size >= most && oldest !== undefined) begun.delete(oldest)
    begun.set(state, { cookie: digest(cookie), publicUrl, until: now() + lifetime })
  }
  return {
    begin: (publicUrl) => {
      const ticket = { state: secret(), cookie: secret() }
      keep(ticket, publicUrl)
      return ticket
    },
    take: (state, cookie) => {
      const found = begun.get(state)
      if (found === undefined || !timingSafeEqual(found.cookie, digest(cookie))) return undefined
      begun.delete(state)
      return found.until > now() ? found.publicUrl : undefined
    },
    giveBack: keep,
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
