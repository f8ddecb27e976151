import { type Configuration, readConfiguration } from '../provenance/index.ts'

/**
 * The configuration that a text holds; undefined where there is none, or it is of no use.
 *
 * @param path of the file, as the user is told of it
 * @param warn told why it is of no use, and what in it is wrong
 */
export async function useConfiguration(
  text: string | undefined,
  path: string,
  warn: (message: string) => void,
): Promise<Configuration | undefined> {
  if (text === undefined) return undefined
  const reading = await readConfiguration(text)
  if ('error' in reading) {
    warn(`${path} was not used: ${reading.error}`)
    return undefined
  }
  for (const warning of reading.configuration.warnings) warn(`${path}: ${warning}`)
  return reading.configuration
}
