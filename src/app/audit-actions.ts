/** Everything that is written to the access log of an account, and how a page calls it. */
export const auditActions = {
  'read-report': 'Read a report',
  'download-report': 'Downloaded a report',
  'read-access-log': 'Read the access log',
  'export-facts': 'Exported the facts',
  'change-settings': 'Changed a setting',
  'answer-self-audit': 'Answered the self-audit',
  'create-token': 'Made a token of the API',
  'revoke-token': 'Revoked a token of the API',
  'erase-account': 'Erased everything',
  'erase-mine': 'Erased their own data',
} as const satisfies Record<string, string>

export type AuditAction = keyof typeof auditActions

/** In words; a line of another version of the App, in its own. */
export function actionText(action: string): string {
  return Object.entries(auditActions).find(([name]) => name === action)?.[1] ?? action
}
