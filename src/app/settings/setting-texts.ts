import {
  type AccountChoices,
  type AccountSettings,
  BranchPatternSchema,
  leastThresholds,
  mostThresholds,
} from './account-settings.ts'
import { leastRetentionDays, longestRetentionDays } from './retention.ts'

/** Settings as an operator types them, `NAME=VALUE`. */
interface SettingText {
  print(settings: AccountSettings): string
  /** Undefined: it is no value of this setting. */
  parse(text: string, settings: AccountSettings): Partial<AccountChoices> | undefined
}

const texts: Readonly<Record<string, SettingText>> = {
  open: onOrOff('open'),
  people: threshold('people'),
  changes: threshold('changes'),
  'largest-person-percent': threshold('largestPersonPercent'),
  'retention-days': {
    print: ({ retentionDays }) => String(retentionDays ?? 'server'),
    parse: (text) => {
      if (text === 'server') return { retentionDays: null }
      const days = wholeNumber(text, leastRetentionDays, longestRetentionDays)
      return days === undefined ? undefined : { retentionDays: days }
    },
  },
  repositories: {
    print: ({ tracking }) =>
      tracking.repositories === 'all' ? 'all' : tracking.repositories.join(),
    parse: (text, { tracking }) => {
      if (text === 'all') return { tracking: { ...tracking, repositories: 'all' } }
      const ids = listOf(text).map((id) => wholeNumber(id, 1, Number.MAX_SAFE_INTEGER))
      const repositories = ids.filter((id) => id !== undefined)
      if (repositories.length < ids.length) return undefined
      return { tracking: { ...tracking, repositories } }
    },
  },
  branches: {
    print: ({ tracking }) => tracking.branches.join(),
    parse: (text, { tracking }) => {
      const branches = listOf(text)
      const areRight = branches.every((one) => BranchPatternSchema.safeParse(one).success)
      return areRight ? { tracking: { ...tracking, branches } } : undefined
    },
  },
  'organisation-in-public-checks': onOrOff('organisationInPublicChecks'),
  labels: onOrOff('labels'),
}

export const settingNames: readonly string[] = Object.keys(texts)

/** A line each, as `parseAssignment` takes them. */
export function printSettings(settings: AccountSettings): string {
  return Object.entries(texts)
    .map(([name, { print }]) => `${name}=${print(settings)}\n`)
    .join('')
}

/** What an assignment makes of settings; undefined: it is none, or its value cannot be. */
export function parseAssignment(
  text: string,
  settings: AccountSettings,
): Partial<AccountChoices> | undefined {
  const [, name = '', value = ''] = /^([\w-]+)=(.*)$/.exec(text) ?? []
  return Object.hasOwn(texts, name) ? texts[name]?.parse(value, settings) : undefined
}

function onOrOff(name: 'open' | 'organisationInPublicChecks' | 'labels'): SettingText {
  return {
    print: (settings) => (settings[name] ? 'on' : 'off'),
    parse: (text) => (text === 'on' || text === 'off' ? { [name]: text === 'on' } : undefined),
  }
}

function threshold(name: keyof typeof leastThresholds): SettingText {
  const [from, to] = [leastThresholds[name], mostThresholds[name]].toSorted((a, b) => a - b)
  return {
    print: ({ thresholds }) => String(thresholds[name]),
    parse: (text, { thresholds }) => {
      const value = wholeNumber(text, from ?? 0, to ?? 0)
      return value === undefined ? undefined : { thresholds: { ...thresholds, [name]: value } }
    },
  }
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : undefined
  return number !== undefined && number >= least && number <= most ? number : undefined
}

/** Separated by commas; nothing: none. */
function listOf(text: string): string[] {
  return text === '' ? [] : text.split(',').map((one) => one.trim())
}
