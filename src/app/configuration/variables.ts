/** One setting, as the environment names it. */
export interface Variable {
  readonly name: string
  /** What it is, for `--check` and docs/operate.md. */
  readonly about: string
  /** Its value is never shown. */
  readonly secret: boolean
  /** What holds without it, in words; null: nothing. */
  readonly otherwise: string | null
}

const variable = (name: string, otherwise: string | null, about: string): Variable => ({
  name,
  about,
  secret: false,
  otherwise,
})
const secret = (name: string, about: string): Variable => ({
  name,
  about,
  secret: true,
  otherwise: null,
})

/** Every setting there is. Nothing else in the environment is read, and no file. */
export const variables = [
  variable('APP_ID', null, 'the number of the GitHub App'),
  secret('PRIVATE_KEY', "the App's private key, PEM"),
  variable('PRIVATE_KEY_PATH', null, 'a file with the private key, in place of PRIVATE_KEY'),
  secret('WEBHOOK_SECRET', 'signs the deliveries'),
  secret('WEBHOOK_SECRET_OLD', 'the one before, while it is being changed'),
  variable('CLIENT_ID', null, "the App's client id, for signing in"),
  secret('CLIENT_SECRET', "the App's client secret, for signing in"),
  secret('SESSION_KEY', 'encrypts sessions; without it, made from CLIENT_SECRET'),
  variable('PUBLIC_URL', 'no links to this server', 'where people reach this server'),
  variable('GITHUB_API_URL', 'https://api.github.com', "GitHub's REST API"),
  variable('DATABASE_FILE', './data/what-shipped.sqlite', 'the embedded database'),
  secret('DATABASE_URL', 'a PostgreSQL database, in place of DATABASE_FILE'),
  secret('MIGRATION_DATABASE_URL', "the same database, as the schema's owner"),
  variable('DATABASE_CONNECTIONS', '10', 'most connections to PostgreSQL'),
  variable('PORT', '3000', 'the port'),
  variable('HOST', '127.0.0.1', 'the address to listen on'),
  variable('ROLES', 'ingress,worker', 'what this process does'),
  secret('METRICS_TOKEN', 'opens /metrics to others than this machine'),
  variable('BACKFILL_WEEKS', '26', 'how far back an installation is read'),
  variable('RETENTION_DAYS', '400', 'how long facts of pull requests are kept'),
  variable('LOG_LEVEL', 'info', 'debug, info, warn, error or silent'),
] as const satisfies readonly Variable[]
