import * as z from 'zod/mini'
import type { Account, LabelEvent } from '../provenance/index.ts'

/** What is asked for of an actor in GraphQL. A mannequin stands for a person whose work was imported. */
export const actorFields =
  '__typename login ... on User { databaseId } ... on Bot { databaseId } ... on Mannequin { databaseId }'

export const ActorNodeSchema = z.object({
  __typename: z.string(),
  login: z.string(),
  databaseId: z.nullish(z.number()),
})

/** The author, actor or viewer as GraphQL tells them. */
export type ActorNode = z.infer<typeof ActorNodeSchema>

/** The account behind the token. */
export type Viewer = Pick<ActorNode, 'login' | 'databaseId'>

/** Undefined: a deleted account, or one of a kind that has no number. */
export function toAccount(actor: ActorNode | null | undefined): Account | undefined {
  if (typeof actor?.databaseId !== 'number') return undefined
  return { id: actor.databaseId, login: fullLogin(actor), bot: isBot(actor) }
}

/**
 * Who put a label on or took it off. `us`: the account behind the token; with a person's own token that is this tool where
 * it labels itself, as the Action does, and that person where it only reads (`reading`).
 */
export function labelledBy(
  actor: ActorNode | null,
  viewer: Viewer,
  { reading = false }: { readonly reading?: boolean } = {},
): LabelEvent['by'] {
  if (actor === null) return 'person'
  if (isViewer(actor, viewer) && (isBot(actor) || !reading)) return 'us'
  return isBot(actor) ? 'app' : 'person'
}

function isViewer(actor: ActorNode, viewer: Viewer): boolean {
  if (typeof actor.databaseId === 'number' && typeof viewer.databaseId === 'number') {
    return actor.databaseId === viewer.databaseId
  }
  const login = viewer.login.toLowerCase()
  return [actor.login, fullLogin(actor)].some((name) => name.toLowerCase() === login)
}

function isBot({ __typename }: ActorNode): boolean {
  return __typename === 'Bot'
}

/** GraphQL leaves the "[bot]" off an app's login; REST, commits and people's habit have it. */
function fullLogin(actor: ActorNode): string {
  return isBot(actor) && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login
}
