import type { NewTenant } from '../../src/store/index.ts'

/** An organisation that installed the App, and what differs. */
export function aTenant(differing: Partial<NewTenant> = {}): NewTenant {
  return {
    id: 1,
    login: 'octo',
    kind: 'Organization',
    installationId: 10,
    permissions: { metadata: 'read', checks: 'write' },
    state: 'active',
    ...differing,
  }
}
