import { hearDeclaration } from '../check/hear-declaration.ts'
import { publishCheck } from '../check/publish-check.ts'
import { keepLabels } from '../labels/keep-labels.ts'
import { backfillRepository } from './backfill-repository.ts'
import { buildSnapshots } from './build-snapshots.ts'
import { endSessions } from './end-sessions.ts'
import { endTokens } from './end-tokens.ts'
import { findChanges } from './find-changes.ts'
import { findInstallations } from './find-installations.ts'
import { purge } from './purge.ts'
import { readChange } from './read-change.ts'
import { reconcileRepository } from './reconcile-repository.ts'
import { redeliverMissed } from './redeliver-missed.ts'
import type { JobKinds } from './run-job.ts'
import { syncInstallation } from './sync-installation.ts'
import { syncRepositories } from './sync-repositories.ts'
import { syncRepository } from './sync-repository.ts'
import { withRightClock } from './with-right-clock.ts'

/** All that this version of the App knows to do. A job of another kind waits for a process that knows it (P7). */
export const jobKinds: JobKinds = {
  'backfill-repository': { run: backfillRepository, of: 'tenant' },
  'build-snapshots': { run: withRightClock(buildSnapshots), of: 'tenant' },
  'end-sessions': { run: endSessions, of: 'app' },
  'end-tokens': { run: endTokens, of: 'tenant' },
  'find-changes': { run: findChanges, of: 'tenant' },
  'find-installations': { run: findInstallations, of: 'app' },
  'hear-declaration': { run: hearDeclaration, of: 'tenant', outOfReach: 'keep' },
  'keep-labels': { run: keepLabels, of: 'tenant' },
  'publish-check': { run: publishCheck, of: 'tenant' },
  purge: { run: purge, of: 'app' },
  'read-change': { run: readChange, of: 'tenant', outOfReach: 'wait' },
  'reconcile-repository': { run: reconcileRepository, of: 'tenant' },
  'redeliver-missed': { run: redeliverMissed, of: 'app' },
  'sync-installation': { run: syncInstallation, of: 'app' },
  'sync-repositories': { run: syncRepositories, of: 'tenant' },
  'sync-repository': { run: syncRepository, of: 'tenant' },
}
