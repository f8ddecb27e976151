import type { AuditEntry, Facts } from '../../store/index.ts'
import type { AuditAction } from '../audit-actions.ts'
import type { Announcement } from '../library/library.ts'
import { settingLabel } from './describe-change.ts'

const actions: readonly AuditAction[] = ['change-settings', 'answer-self-audit']

/** For so long a change is announced, milliseconds. */
export const announcedFor = 30 * 24 * 60 * 60 * 1_000

/** Changes of the settings lately, the newest first: read from the access log, so that they are written once. */
export async function readAnnouncements(
  { audit }: Pick<Facts, 'audit'>,
  now: number,
): Promise<Announcement[]> {
  const lines = await audit.list(100, { actions, since: now - announcedFor })
  return lines.map((line) => ({ at: line.at, text: textOf(line) }))
}

function textOf({ actor, action, subject, outcome }: AuditEntry): string {
  if (action === 'answer-self-audit') return 'An owner answered the self-audit.'
  const who = actor === null ? 'Whoever runs this server' : 'An owner'
  return `${who} changed a setting. ${settingLabel(subject)}: ${outcome}.`
}
