import type { FormInput } from './form-input.ts'
import { longestAnswer, type StoredSelfAudit, ties } from './self-audit.ts'

export type SelfAuditField = 'tied' | 'tiedHow' | 'passedOn'

export type SelfAuditProblems = Readonly<Partial<Record<SelfAuditField, string>>>

/** The form as it is sent where nothing of it is touched. */
export function selfAuditInput(stored: StoredSelfAudit | null): FormInput {
  if (stored === null) return {}
  return { tied: [stored.tied], tiedHow: [stored.tiedHow], passedOn: [stored.passedOn] }
}

/** The answers, or what is wrong with each. */
export function readSelfAuditForm(
  input: FormInput,
  answeredAt: number,
):
  | { answers: StoredSelfAudit; problems?: never }
  | { answers?: never; problems: SelfAuditProblems } {
  const [tied, tiedHow, passedOn] = [
    input.tied?.[0],
    oneLine(input.tiedHow),
    oneLine(input.passedOn),
  ]
  const problems: Partial<Record<SelfAuditField, string>> = {}
  const chosen = (Object.keys(ties) as (keyof typeof ties)[]).find((one) => one === tied)
  if (chosen === undefined) problems.tied = 'Choose one of the three.'
  if (chosen === 'yes' && tiedHow === '') problems.tiedHow = 'Say what is tied to what.'
  if (tiedHow.length > longestAnswer) problems.tiedHow = tooLong
  if (passedOn.length > longestAnswer) problems.passedOn = tooLong
  if (chosen === undefined || Object.keys(problems).length > 0) return { problems }
  return { answers: { answeredAt, tied: chosen, tiedHow, passedOn } }
}

const tooLong = `Say it in at most ${longestAnswer} characters.`

/** Reports print answers as sentences. */
function oneLine(values: readonly string[] = []): string {
  return (values[0] ?? '').toWellFormed().replaceAll(/\s+/g, ' ').trim()
}
