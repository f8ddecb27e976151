import { isAbsolute, join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Where this user keeps settings (XDG Base Directory Specification); undefined where no home is known. */
export function configFolder(environment: Environment): string | undefined {
  return folder(environment, environment.XDG_CONFIG_HOME, '.config')
}

/** Where this user keeps what can be made again. */
export function cacheFolder(environment: Environment): string | undefined {
  return folder(environment, environment.XDG_CACHE_HOME, '.cache')
}

/** A path in such a variable that is not absolute is to be ignored, as the specification says. */
function folder(
  { HOME, USERPROFILE }: Environment,
  chosen: string | undefined,
  usual: string,
): string | undefined {
  if (chosen !== undefined && isAbsolute(chosen)) return join(chosen, 'what-shipped')
  const home = HOME || USERPROFILE
  return home === undefined || home === '' ? undefined : join(home, usual, 'what-shipped')
}
