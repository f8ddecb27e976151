import type { Tenant } from '../../store/index.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import type { Account, Library } from './library.ts'
import { type AccountSources, createStoreAccount, type Sight } from './store-account.ts'
import type { Viewer } from './viewer.ts'
import type { Reach, ViewerAccess } from './viewer-access.ts'

type Person = Extract<Viewer, { kind: 'person' }>

/** What a signed-in person may see: what GitHub lets this person see through the App, and of that what is kept. */
export function personLibrary(
  sources: AccountSources,
  viewer: Person,
  access: ViewerAccess,
): Library {
  const { store } = sources

  /** Whether there is no such account or none for this viewer, the same is asked and the same is answered. */
  async function account(id: number): Promise<Account | undefined> {
    const tenant = await store.tenants.get(id)
    const reach = await access.reach(id, tenant?.accessVersion)
    if (tenant === undefined || reach === undefined) return undefined
    return open(sources, tenant, sightOf(reach, viewer))
  }

  return {
    viewer,
    account,
    accounts: async () => {
      const visible = await access.accounts()
      const found = await Promise.all(visible.map(({ id }) => account(id)))
      return found
        .filter((one) => one !== undefined)
        .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    },
  }
}

/** Somebody who reads by a token of the API. */
export interface TokenHolder extends Extract<Viewer, { kind: 'token' }> {
  /** GitHub's number of the owner who made it: who reads with it reads in that name. */
  readonly createdBy: number
}

/** What a token of the API may see: the account that it was made for, as every member of it does. */
export function tokenLibrary(
  sources: AccountSources,
  { createdBy, ...viewer }: TokenHolder,
): Library {
  const sight: Sight = {
    role: 'member',
    canRead: () => true,
    suspended: false,
    reader: { actor: createdBy, filter: `token ${viewer.name}` },
  }
  const account = async (id: number) => {
    const tenant = await sources.store.tenants.get(id)
    return tenant === undefined || id !== viewer.accountId
      ? undefined
      : open(sources, tenant, sight)
  }
  return {
    viewer,
    account,
    accounts: async () => {
      const own = await account(viewer.accountId)
      return own === undefined ? [] : [own]
    },
  }
}

function sightOf({ role, repositories, suspended }: Reach, { userId }: Person): Sight {
  return { role, canRead: (id) => repositories.has(id), suspended, reader: { actor: userId } }
}

/** Who removed the App is shown to nobody any more, and erased later. */
async function open(
  sources: AccountSources,
  tenant: Tenant,
  sight: Sight,
): Promise<Account | undefined> {
  if (tenant.state === 'removed') return undefined
  const settings = await sources.store.tenant(tenant.id).read(readAccountSettings)
  return createStoreAccount(sources, tenant, settings, sight)
}
