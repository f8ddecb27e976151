import { html } from 'hono/html'
import type { Html } from '../pages/page.ts'
import { describeSetting, settingLabel } from './describe-change.ts'
import type { SettingsPage } from './settings-page-contents.ts'

const shown = [
  'open',
  'thresholds',
  'retentionDays',
  'tracking',
  'organisationInPublicChecks',
  'labels',
] as const

/** The settings in words. Repositories are counted: a member may not know of each. */
export function settingsValues({ settings, serverDays }: SettingsPage): Html {
  return html`<dl>
${shown.map(
  (name) =>
    html`<dt>${settingLabel(name)}</dt><dd>${describeSetting(name, settings[name])}${name === 'retentionDays' && settings.retentionDays === null ? `, ${serverDays} days` : ''}</dd>\n`,
)}</dl>`
}
