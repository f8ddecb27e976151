import type { Account, Announcement } from '../library/library.ts'
import type { Viewer } from '../library/viewer.ts'
import type { AccountSettings } from './account-settings.ts'
import type { FormInput } from './form-input.ts'
import type { SelfAuditProblems } from './self-audit-form.ts'
import type { SettingsProblems } from './settings-form.ts'

/** What the settings of an account bear on. */
export interface SettingsContext {
  readonly settings: AccountSettings
  /** Those that the installation reaches, tracked or not, by name. */
  readonly repositories: readonly RepositoryChoice[]
  /** Whether an owner granted what it takes to label. */
  readonly mayLabel: boolean
  /** For how many days this server keeps facts. */
  readonly serverDays: number
  /** Changes of the last 30 days, the newest first. */
  readonly announcements: readonly Announcement[]
}

export interface RepositoryChoice {
  readonly id: number
  readonly name: string
  readonly visibility: 'public' | 'internal' | 'private'
}

export interface SettingsPage extends SettingsContext {
  readonly account: Pick<Account, 'id' | 'name' | 'role' | 'synthetic' | 'kind'>
  readonly viewer: Extract<Viewer, { kind: 'person' }>
  readonly wasSaved: boolean
  /** As it was sent, where something was wrong with it. */
  readonly sent?: { readonly input: FormInput; readonly problems: SettingsProblems }
  readonly sentAudit?: { readonly input: FormInput; readonly problems: SelfAuditProblems }
}
