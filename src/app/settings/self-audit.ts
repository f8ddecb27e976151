import * as z from 'zod'

/** What an owner answers in own words, at most so many characters. */
export const longestAnswer = 300

/** In which cases a figure about AI use is tied to what happens to people. */
export const ties = {
  no: 'No',
  'not-decided': 'Not decided',
  yes: 'Yes',
} as const

export const SelfAuditSchema = z.object({
  /** Milliseconds since the epoch. */
  answeredAt: z.number(),
  tied: z.enum(['no', 'not-decided', 'yes']),
  /** What is tied to what, and how. */
  tiedHow: z.string().max(longestAnswer).default(''),
  /** Who else gets the numbers, outside these pages: in slides, in exports. */
  passedOn: z.string().max(longestAnswer).default(''),
})

export type StoredSelfAudit = z.infer<typeof SelfAuditSchema>

/** What an owner is asked, as it stands in the form and in every report. */
export const questions = {
  seen: 'Who can see these numbers?',
  passedOn: 'Who else gets them, outside these pages?',
  tied: 'Is any figure about AI tied to pay, bonuses, reviews or assessments of people?',
  kept: 'How long are facts of pull requests kept?',
  shown: 'From how many people on is a group shown?',
} as const

/** The answers, as they are printed with every report. */
export interface SelfAudit {
  /** When an owner gave those that are no facts of the settings, milliseconds since the epoch. */
  readonly answeredAt: number
  readonly answers: readonly { readonly question: string; readonly answer: string }[]
}

/** What the settings tell by themselves. */
export interface SelfAuditFacts {
  readonly open: boolean
  readonly thresholds: {
    readonly people: number
    readonly changes: number
    readonly largestPersonPercent: number
  }
  readonly keptDays: number
}

/** Undefined: no owner has answered yet. What the settings tell is told as it is now. */
export function selfAuditOf(
  stored: StoredSelfAudit | null,
  facts: SelfAuditFacts,
): SelfAudit | undefined {
  if (stored === null) return undefined
  const { seen, kept, shown } = factAnswers(facts)
  const { tied, tiedHow, passedOn, answeredAt } = stored
  return {
    answeredAt,
    answers: [
      { question: questions.seen, answer: seen },
      { question: questions.passedOn, answer: passedOn === '' ? 'Nobody was named.' : passedOn },
      {
        question: questions.tied,
        answer: tiedHow === '' ? `${ties[tied]}.` : `${ties[tied]}: ${tiedHow}`,
      },
      { question: questions.kept, answer: kept },
      { question: questions.shown, answer: shown },
    ],
  }
}

/** Those that the settings answer. */
export function factAnswers({ open, thresholds, keptDays }: SelfAuditFacts) {
  const { people, changes, largestPersonPercent } = thresholds
  return {
    seen: open
      ? 'Every member of the organisation sees what its owners see. Others see only repositories that they can read on GitHub.'
      : 'Nobody: the owners have closed them for everybody, themselves included.',
    kept: `${keptDays} days after the last thing that happened in them.`,
    shown: `${people} people and ${changes} changes, of which nobody made more than ${largestPersonPercent} %.`,
  }
}
