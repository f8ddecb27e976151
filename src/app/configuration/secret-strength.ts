/** Secrets that are in documentation, examples and defaults, or look as if nobody had changed them (ASVS 5.0, 13.2.3). */
const wellKnown =
  /development|change[-_ ]?(?:me|it)|replace[-_ ]?(?:me|this)|example|placeholder|password|passw0rd|default|insert|your[-_ ]|secret[-_ ]?to[-_ ]?everybody|webhook[-_ ]?secret|my[-_ ]?secret|super[-_ ]?secret|0123456789|abcdefgh|qwerty|deadbeef/i

const shortest = 32
/** Random letters or hexadecimal digits of that length hardly ever have fewer different ones. */
const fewestCharacters = 8

/** Why a webhook secret is no good, as the end of a sentence; undefined where it may do. */
export function secretWeakness(secret: string): string | undefined {
  if (secret.length < shortest)
    return `has ${secret.length} characters; it needs ${shortest} or more`
  if (wellKnown.test(secret)) return 'contains words that are in documentation and examples'
  if (new Set(secret).size < fewestCharacters) return 'repeats a few characters'
  return undefined
}

/** How a good one is made. */
export const secretAdvice =
  'make one with: node -e "console.log(crypto.randomBytes(32).toString(\'hex\'))"'
