import type { Facts } from '../../store/index.ts'
import {
  type AccountChoices,
  type AccountSettings,
  parseAccountSettings,
  readAccountSettings,
} from './account-settings.ts'
import { describeChange } from './describe-change.ts'
import { areSameBranches } from './tracked.ts'

/** Who changes settings, and when. */
export interface ChangedBy {
  /** GitHub's number of the owner; null: whoever runs this server. */
  readonly actor: number | null
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface SettingsChange {
  readonly before: AccountSettings
  readonly after: AccountSettings
  /** What is different now. */
  readonly changed: readonly (keyof AccountChoices)[]
}

/**
 * Changes some settings, and leaves the others as they are. Each that is different now gets its line in the access log, from which it
 * is announced. What a newer version of the App keeps beside them stays.
 */
export async function changeAccountSettings(
  facts: Pick<Facts, 'settings' | 'audit'>,
  changes: Partial<AccountChoices>,
  { actor, at }: ChangedBy,
): Promise<SettingsChange> {
  const before = await readAccountSettings(facts)
  const wanted = parseAccountSettings(JSON.stringify({ ...before, ...changes }))
  const after = { ...wanted, history: historyOf(before, wanted, at) }
  const changed = namesOf(before).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  if (changed.length === 0) return { before, after: before, changed }
  const stored: unknown = JSON.parse((await facts.settings.get()) ?? '{}')
  await facts.settings.put(JSON.stringify({ ...Object(stored), ...after }))
  for (const name of changed) {
    const line = { at, actor, subject: name }
    await facts.audit.add(
      name === 'selfAudit'
        ? { ...line, action: 'answer-self-audit', outcome: 'done' }
        : {
            ...line,
            action: 'change-settings',
            outcome: describeChange(name, before[name], after[name]),
          },
    )
  }
  return { before, after, changed }
}

function namesOf({ history: _, ...choices }: AccountSettings): (keyof AccountChoices)[] {
  return Object.keys(choices) as (keyof AccountChoices)[]
}

function historyOf(
  before: AccountSettings,
  after: AccountSettings,
  changedAt: number,
): AccountSettings['history'] {
  const isSame = areSameBranches(before.tracking.branches, after.tracking.branches)
  return isSame ? before.history : { branches: { changedAt } }
}
