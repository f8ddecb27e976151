/** Anything of this server will do: its origin is cut off again. */
const here = 'https://here.invalid'
const longest = 2_000

/**
 * Where to go after signing in: a path of this server, whatever was asked for. Browsers read `//host`, `/\host` and paths with
 * line ends in them as other servers, so that it is not what was given that is used, but what it comes to by the rules that
 * browsers follow (WHATWG URL).
 */
export function returnPath(asked: string | undefined): string {
  if (asked === undefined || !asked.startsWith('/') || asked.length > longest) return '/'
  const url = URL.parse(asked, here)
  if (url === null || url.origin !== here || url.username !== '') return '/'
  const path = url.pathname + url.search
  // `/..//host` comes to `//host`. And who signs in to come to the sign-in goes in circles.
  if (/^\/[/\\]/.test(path) || /^\/sign-(?:in|out)(?:[/?]|$)/.test(path)) return '/'
  return path
}
