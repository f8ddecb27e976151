import type { Installation } from './app-state.ts'
import type { Urls } from './exchange.ts'
import { nodeId } from './node-id.ts'
import { renderOrganization } from './rest/people.ts'
import { renderAccount } from './rest/render-account.ts'
import { renderRepository } from './rest/render-repository.ts'
import type { Account, Repository } from './state.ts'

/** What every delivery to an App carries beside what happened. */
export interface Occasion {
  readonly installation: Pick<Installation, 'id' | 'account'>
  /** Undefined: it is about no repository. */
  readonly repository?: Repository | undefined
  /** Whether the organisation is named too, as it is but in deliveries about installations. */
  readonly named: boolean
  readonly sender: Account | null
  readonly urls: Urls
}

/** The body of a delivery. */
export function envelope(
  { installation, repository, named, sender, urls }: Occasion,
  action: string | undefined,
  more: object,
): Readonly<Record<string, unknown>> {
  const { id, account } = installation
  return {
    ...(action === undefined ? {} : { action }),
    ...(repository === undefined ? {} : { repository: renderRepository(repository, urls) }),
    ...(named && account.type === 'Organization'
      ? { organization: renderOrganization(account, urls.api) }
      : {}),
    sender: renderAccount(sender, urls),
    installation: { id, node_id: nodeId('MDIzOkludGVncmF0aW9u', id) },
    ...more,
  }
}
