import type { ConfigurationReading } from './configuration.ts'

/**
 * Reads the text of `.github/what-shipped.yml`. Never throws for what the text holds: a bad file gives one error with
 * line and column, and the caller goes on with defaults. The parser is loaded when it is first needed.
 */
export async function readConfiguration(text: string): Promise<ConfigurationReading> {
  const { parseConfiguration } = await import('./parse-configuration.ts')
  return parseConfiguration(text)
}
