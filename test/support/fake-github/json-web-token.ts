import { createVerify } from 'node:crypto'
import type { App } from './app-state.ts'
import type { State } from './state.ts'

/** GitHub takes no token that is valid for longer, seconds. */
const longest = 600

/** The App that signed the token, or what GitHub says of it. `now`: milliseconds since the epoch. */
export function readJsonWebToken(state: State, token: string, now: number): App | string {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const { alg } = decode(header)
  const { iss, iat, exp } = decode(claims)
  const app = state.apps.find(({ id, clientId }) => [String(id), clientId].includes(String(iss)))
  if (app === undefined) return 'Integration not found'
  const verify = createVerify('RSA-SHA256').update(`${header}.${claims}`)
  if (alg !== 'RS256' || !verify.verify(app.publicKey, signature, 'base64url')) {
    return 'A JSON web token could not be decoded'
  }
  const seconds = now / 1_000
  if (typeof iat !== 'number' || iat > seconds) {
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
  }
  if (typeof exp !== 'number' || exp <= seconds) {
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
  }
  if (exp > seconds + longest) return "'Expiration time' claim ('exp') is too far in the future"
  return app
}

function decode(part: string): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(Buffer.from(part, 'base64url').toString()) }
  } catch {
    return {}
  }
}
