import type { Configuration, ConfigurationProblem } from '../configuration.ts'
import { variables } from './variables.ts'

/**
 * What `--check` prints: every setting with what is set, what holds without it and what is missing, then what is wrong, then
 * what would happen and what should still be changed. Never a secret's value.
 */
export function explainConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  configuration: Configuration | undefined,
  problems: readonly ConfigurationProblem[],
  warnings: readonly ConfigurationProblem[] = [],
): string {
  const width = Math.max(...variables.map(({ name }) => name.length))
  const settings = variables.map(({ name, about, secret, otherwise }) => {
    const value = environment[name]?.trim() ?? ''
    const state =
      value !== ''
        ? secret
          ? 'set'
          : `set: ${visible(value)}`
        : otherwise === null
          ? 'not set'
          : `not set: ${otherwise}`
    return `${name.padEnd(width)}  ${state} (${about})`
  })
  const lines = [...outcome(configuration, problems), ...warnings.map(describeWarning)]
  return `${[...settings, '', ...lines].join('\n')}\n`
}

function outcome(
  configuration: Configuration | undefined,
  problems: readonly ConfigurationProblem[],
): string[] {
  if (configuration === undefined) {
    return [
      `Would not start. ${problems.length === 1 ? 'One thing is wrong:' : `${problems.length} things are wrong:`}`,
      ...problems.map(describeProblem),
    ]
  }
  if (!configuration.connected) {
    return [
      `Would start on this machine alone, with the page that connects it to GitHub, at port ${configuration.port}; its whole address is shown then`,
    ]
  }
  const { identity, webhookSecrets, signIn, host, port, publicUrl, credentialsFile } = configuration
  const work = [
    ...(webhookSecrets === null ? [] : ['take deliveries']),
    ...(identity === null ? [] : [`work as App ${identity.appId}`]),
  ]
  return [
    `Would start on ${host}, port ${port}, and ${work.join(' and ')}.`,
    ...(credentialsFile === null ? [] : [`The credentials are from ${credentialsFile}.`]),
    ...(publicUrl === null
      ? ['PUBLIC_URL is not set: checks will have no link to this server.']
      : []),
    ...(identity !== null && signIn === null
      ? ['Nobody can sign in: that takes CLIENT_ID, CLIENT_SECRET and PUBLIC_URL.']
      : []),
  ]
}

/** One line for each, as the start prints them too. */
export function describeProblem({ variable, message }: ConfigurationProblem): string {
  return `- ${variable} ${message}`
}

export function describeWarning({ variable, message }: ConfigurationProblem): string {
  return `Warning: ${variable} ${message}`
}

/** On one line, and nothing that moves a terminal's cursor. */
function visible(value: string): string {
  return value.replace(/\p{C}/gu, '?').slice(0, 200)
}
