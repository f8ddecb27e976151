import type { Facts } from '../contract/facts.ts'
import { createAudit } from './audit.ts'
import { createChanges } from './changes.ts'
import { createChecks } from './checks.ts'
import { createCorrections } from './corrections.ts'
import { createPeople } from './own-changes.ts'
import { createRecords } from './records.ts'
import { createRepositories } from './repositories.ts'
import { createReverts } from './reverts.ts'
import { createSettings } from './settings.ts'
import { createSnapshots } from './snapshots.ts'
import { createStays } from './stays.ts'
import type { TenantQueries } from './tenant-queries.ts'
import { createTokens } from './tokens.ts'

/** Everything that is kept of one tenant, inside one transaction. */
export function createFacts(tenant: TenantQueries): Facts {
  return {
    repositories: createRepositories(tenant),
    records: createRecords(tenant),
    changes: createChanges(tenant),
    people: createPeople(tenant),
    stays: createStays(tenant),
    reverts: createReverts(tenant),
    corrections: createCorrections(tenant),
    snapshots: createSnapshots(tenant),
    checks: createChecks(tenant),
    settings: createSettings(tenant),
    audit: createAudit(tenant),
    tokens: createTokens(tenant),
  }
}
