import type { AccountChoices } from './account-settings.ts'

/** Of what a setting is, as pages and the access log call it. */
const labels: Readonly<Record<keyof AccountChoices, string>> = {
  open: 'Who sees the numbers',
  thresholds: 'From when on a group is shown',
  retentionDays: 'How long facts are kept',
  tracking: 'What is counted',
  organisationInPublicChecks: 'The account’s statement in checks that others can read',
  labels: 'Labels on pull requests',
  selfAudit: 'Self-audit',
}

/** A line that another version of the App wrote may be of a setting that is not known here. */
export function settingLabel(name: string): string {
  return Object.entries(labels).find(([key]) => key === name)?.[1] ?? name
}

type Values = { readonly [Name in keyof AccountChoices]: (value: AccountChoices[Name]) => string }

/** Values in words. Repositories are counted and not named: whoever reads this may not know of all of them. */
const words: Values = {
  open: (open) => (open ? 'every member' : 'nobody'),
  thresholds: ({ people, changes, largestPersonPercent }) =>
    `${people} people, ${changes} changes, nobody above ${largestPersonPercent} %`,
  retentionDays: (days) => (days === null ? 'as long as this server keeps any' : `${days} days`),
  tracking: ({ repositories, branches }) =>
    `${repositories === 'all' ? 'all repositories' : counted(repositories.length, 'chosen repository', 'chosen repositories')}, the default branch${
      branches.length === 0
        ? ''
        : ` and ${counted(branches.length, 'pattern', 'patterns')} of branches`
    }`,
  organisationInPublicChecks: onOrOff,
  labels: onOrOff,
  selfAudit: (answers) => (answers === null ? 'not answered' : 'answered'),
}

/** What became of one setting, as it stands in the access log: `from … to …`. */
export function describeChange<Name extends keyof AccountChoices>(
  name: Name,
  before: AccountChoices[Name],
  after: AccountChoices[Name],
): string {
  const [was, is] = [words[name](before), words[name](after)]
  return was === is ? `changed, still ${is}` : `from ${was} to ${is}`
}

/** In words, as pages show it. */
export function describeSetting<Name extends keyof AccountChoices>(
  name: Name,
  value: AccountChoices[Name],
): string {
  return words[name](value)
}

function onOrOff(isOn: boolean): string {
  return isOn ? 'on' : 'off'
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
