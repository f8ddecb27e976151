import type { Report } from '../../report/index.ts'
import { type AccountSettings, isLooser } from './account-settings.ts'

/**
 * Whether a report may still be shown: one that was made while less was asked of a group is hidden as soon as more is, and one that was
 * made under stricter thresholds stays.
 */
export function meetsSettings(
  { settings }: Pick<Report, 'settings'>,
  { thresholds }: Pick<AccountSettings, 'thresholds'>,
): boolean {
  return !isLooser(settings, thresholds)
}
