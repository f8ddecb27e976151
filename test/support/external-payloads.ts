import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Payloads of one event. */
export interface Payloads {
  readonly name: string
  readonly examples: readonly Readonly<Record<string, unknown>>[]
}

const folder = fileURLToPath(new URL('../../../shared/data/external/payloads/', import.meta.url))

/** In the title of a test that reads them. */
export const whereExternal = '(skipped where ../shared/data/external/payloads is absent)'

/** Deliveries as a bot in production got them, by event; null where they are not on this machine. */
export function readExternalPayloads(): Payloads[] | null {
  if (!existsSync(folder)) return null
  const all = readdirSync(folder).map((file) => ({
    name: eventOf(file),
    payload: JSON.parse(readFileSync(folder + file, 'utf8')) as Record<string, unknown>,
  }))
  return [...Map.groupBy(all, ({ name }) => name)].map(([name, found]) => ({
    name,
    examples: found.map(({ payload }) => payload),
  }))
}

/** `bors-pull-request-review.json` is of `pull_request_review`, `bors-pull-request-opened.json` of `pull_request`. */
function eventOf(file: string): string {
  const events = ['pull-request-review', 'pull-request', 'installation', 'push']
  const event = events.find((one) => file.startsWith(`bors-${one}`))
  if (event === undefined) throw new Error(`${file} is of no event that is known here`)
  return event.replaceAll('-', '_')
}
