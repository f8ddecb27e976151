/**
 * What GitHub's secrets look like. Tokens: a prefix that names their kind, then letters and digits, or since 2026 for
 * installation tokens an app's id and a JSON Web Token (docs.github.com, "About authentication to GitHub"). An app signs
 * in with a JSON Web Token that it makes with a private key.
 */
const secrets = [
  /\bgh[pousr]_[\w.-]+/g,
  /\bgithub_pat_\w+/g,
  /\bv1\.[0-9a-f]{40}\b/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g,
]

/** The text with every token and private key in it replaced, cut-off ones too: some replies quote what they were sent. */
export function redactSecrets(text: string): string {
  return secrets.reduce((redacted, secret) => redacted.replace(secret, '[REDACTED]'), text)
}

/** An error that may be logged in whole: words, stack and causes without secrets; requests and replies left behind. */
export function redactError(error: unknown): unknown {
  if (!(error instanceof Error)) return redactSecrets(String(error))
  const { cause } = error
  const redacted = new Error(
    redactSecrets(error.message),
    cause === undefined ? {} : { cause: redactError(cause) },
  )
  redacted.name = error.name
  redacted.stack = redactSecrets(error.stack ?? error.message)
  return redacted
}
