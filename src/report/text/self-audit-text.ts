import type { Report } from '../document/report-document.ts'
import { dayText } from './dates.ts'

/** What stands where an account's owners were asked and none has answered. */
export const noOwnerHasAnswered = 'No owner has answered.'

/** Since when the answers stand. */
export function answeredText({ answeredAt }: NonNullable<Report['selfAudit']>): string {
  return `Answered by an owner on ${dayText(answeredAt)}. Nobody checks these answers.`
}
