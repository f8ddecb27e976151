import type { Tenant } from '../../store/index.ts'
import type { Operation } from './operation.ts'

/** The account of that number; undefined: there is none, which is said. */
export async function findAccount(
  { store, say }: Operation,
  text: string,
): Promise<Tenant | undefined> {
  const tenant = /^\d{1,15}$/.test(text) ? await store.tenants.get(Number(text)) : undefined
  if (tenant === undefined) {
    say('what-shipped: there is no such account; "npm start -- --tenants" lists their numbers')
  }
  return tenant
}
