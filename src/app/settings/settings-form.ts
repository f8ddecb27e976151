import {
  type AccountChoices,
  type AccountSettings,
  BranchPatternSchema,
  leastThresholds,
  mostThresholds,
  type Thresholds,
} from './account-settings.ts'
import type { FormInput } from './form-input.ts'
import { leastRetentionDays, longestRetentionDays } from './retention.ts'

/** What the form asks for, but for the self-audit. */
export type FormChoices = Omit<AccountChoices, 'selfAudit'>

export type SettingsField =
  | 'open'
  | 'people'
  | 'changes'
  | 'largestPersonPercent'
  | 'retentionDays'
  | 'repositories'
  | 'branches'

export type SettingsProblems = Readonly<Partial<Record<SettingsField, string>>>

/** The form as it is sent where nothing of it is touched. */
export function inputOf(settings: AccountSettings): FormInput {
  const { open, thresholds, retentionDays, tracking, organisationInPublicChecks, labels } = settings
  const isAll = tracking.repositories === 'all'
  return {
    open: [open ? 'yes' : 'no'],
    people: [String(thresholds.people)],
    changes: [String(thresholds.changes)],
    largestPersonPercent: [String(thresholds.largestPersonPercent)],
    retentionDays: [retentionDays === null ? '' : String(retentionDays)],
    repositories: [isAll ? 'all' : 'chosen'],
    repository: tracking.repositories === 'all' ? [] : tracking.repositories.map(String),
    branches: [tracking.branches.join('\n')],
    organisationInPublicChecks: organisationInPublicChecks ? ['on'] : [],
    labels: labels ? ['on'] : [],
  }
}

/**
 * What was chosen, or what is wrong with each field.
 *
 * @param known numbers of the repositories that the form offers
 */
export function readSettingsForm(
  input: FormInput,
  known: ReadonlySet<number>,
): { choices: FormChoices; problems?: never } | { choices?: never; problems: SettingsProblems } {
  const problems: Partial<Record<SettingsField, string>> = {}
  const orProblem = <T>(field: SettingsField, value: T | undefined, problem: string) => {
    if (value === undefined) problems[field] = problem
    return value
  }
  const text = (name: string) => (input[name]?.[0] ?? '').trim()
  const threshold = (name: keyof Thresholds) => {
    const [least, most] = spanOf(name)
    const wanted = name === 'largestPersonPercent' ? 'a whole percentage' : 'a whole number'
    return orProblem(
      name,
      wholeNumber(text(name), least, most),
      `Give ${wanted} from ${least} to ${most}.`,
    )
  }
  const open = orProblem('open', isOneOf(text('open'), ['yes', 'no']), 'Choose one of the two.')
  const people = threshold('people')
  const changes = threshold('changes')
  const largestPersonPercent = threshold('largestPersonPercent')
  const retentionDays =
    text('retentionDays') === ''
      ? null
      : orProblem(
          'retentionDays',
          wholeNumber(text('retentionDays'), leastRetentionDays, longestRetentionDays),
          `Give a whole number of days from ${leastRetentionDays} to ${longestRetentionDays}, or nothing.`,
        )
  const repositories = orProblem(
    'repositories',
    readRepositories(input, known),
    'Choose all, or one repository at least.',
  )
  const branches = orProblem(
    'branches',
    readBranches(input.branches?.[0] ?? ''),
    'Give at most 50 patterns, one a line, of what a branch may be called; * stands for any text.',
  )
  if (
    open === undefined ||
    people === undefined ||
    changes === undefined ||
    largestPersonPercent === undefined ||
    retentionDays === undefined ||
    repositories === undefined ||
    branches === undefined
  ) {
    return { problems }
  }
  return {
    choices: {
      open: open === 'yes',
      thresholds: { people, changes, largestPersonPercent },
      retentionDays,
      tracking: { repositories, branches },
      organisationInPublicChecks: text('organisationInPublicChecks') === 'on',
      labels: text('labels') === 'on',
    },
  }
}

/** From where to where a threshold can be, smallest first. */
export function spanOf(name: keyof Thresholds): readonly [number, number] {
  const [one, other] = [leastThresholds[name], mostThresholds[name]]
  return [Math.min(one, other), Math.max(one, other)]
}

function readRepositories(
  input: FormInput,
  known: ReadonlySet<number>,
): AccountSettings['tracking']['repositories'] | undefined {
  const which = isOneOf(input.repositories?.[0] ?? '', ['all', 'chosen'])
  if (which !== 'chosen') return which
  const ids = (input.repository ?? []).map((id) => wholeNumber(id, 1, Number.MAX_SAFE_INTEGER))
  const chosen = ids
    .filter((id) => id !== undefined && known.has(id))
    .filter((id) => id !== undefined)
  return chosen.length === 0 || chosen.length < ids.length
    ? undefined
    : [...new Set(chosen)].sort((one, other) => one - other)
}

function readBranches(text: string): string[] | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const patterns = [...new Set(lines.filter((line) => line !== ''))]
  const areRight = patterns.every((one) => BranchPatternSchema.safeParse(one).success)
  return areRight && patterns.length <= 50 ? patterns : undefined
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : undefined
  return number !== undefined && number >= least && number <= most ? number : undefined
}

function isOneOf<const Value extends string>(
  text: string,
  values: readonly Value[],
): Value | undefined {
  return values.find((value) => value === text)
}
