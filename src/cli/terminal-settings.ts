import type { Surroundings } from './surroundings.ts'

/** What the terminal that a text is for can show. */
export interface TerminalSettings {
  /** Columns. */
  readonly width: number
  /** Whether lines may be set in bold or faint. */
  readonly colour: boolean
  /** Only ASCII. */
  readonly ascii: boolean
}

const usualWidth = 80

/**
 * Reads what the environment says of the terminal: NO_COLOR and FORCE_COLOR as no-color.org and force-color.org have them,
 * and the locale as POSIX has it. Where no locale is set at all, UTF-8 is taken: containers and Windows set none.
 */
export function terminalSettings({
  stdout,
  environment,
}: Pick<Surroundings, 'stdout' | 'environment'>): TerminalSettings {
  const told = Number(environment.COLUMNS)
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || 'UTF-8'
  return {
    width: stdout.columns || (Number.isInteger(told) && told > 0 ? told : usualWidth),
    colour: wantsColour(environment, stdout.isTTY === true),
    ascii: !/utf-?8/i.test(locale),
  }
}

function wantsColour(
  { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal }: Surroundings['environment'],
  isTerminal: boolean,
): boolean {
  if (forced) return forced !== '0' && forced !== 'false'
  return isTerminal && !refused && terminal !== 'dumb'
}
