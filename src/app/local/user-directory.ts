/**
 * The directory that the user is in. npm runs `start` in the directory of the package, and tells in INIT_CWD where it was called;
 * under another script's name the variable is left over from whatever called us.
 */
export function userDirectory(
  { npm_lifecycle_event: script, INIT_CWD: calledIn }: Readonly<Record<string, string | undefined>>,
  workingDirectory: string,
): string {
  return script === 'start' && calledIn ? calledIn : workingDirectory
}
