import type { StoreLocation } from '../store/index.ts'
import type { GitHubAddress } from './configuration/github-address.ts'
import type { WebhookSecrets } from './ingress/index.ts'
import type { LogLevel } from './log.ts'

/** What the App is by GitHub's account, for a process that works. */
export interface AppIdentity {
  readonly appId: number
  /** PEM. */
  readonly privateKey: string
  readonly clientId: string | null
  readonly clientSecret: string | null
}

/** What signing in with GitHub takes, for a process that serves pages and works. */
export interface SignInSettings {
  readonly clientId: string
  readonly clientSecret: string
  /** Encrypts what sessions hold, 32 bytes; the same in every replica. */
  readonly sessionKey: Uint8Array
  /** As it is in the configuration: GitHub sends people back there and nowhere else. */
  readonly publicUrl: string
}

/** All that the App was told when it was started. */
export interface Configuration {
  /** False: there are no credentials at all, and the set-up page is what there is to see. */
  readonly connected: boolean
  /** The file that the set-up page wrote, where the credentials are from there and not from the environment. */
  readonly credentialsFile: string | null
  /** Null: this process takes no deliveries. */
  readonly webhookSecrets: WebhookSecrets | null
  /** Null: this process does not work, and holds no key. */
  readonly identity: AppIdentity | null
  /** Null: nobody can sign in here. */
  readonly signIn: SignInSettings | null
  readonly github: GitHubAddress
  /** The origin under which people reach this server, without a slash at its end. */
  readonly publicUrl: string | null
  readonly store: StoreLocation
  readonly host: string
  readonly port: number
  readonly metricsToken: string | null
  readonly backfillWeeks: number
  readonly retentionDays: number
  readonly logLevel: LogLevel
}

/** A setting that will not do. */
export interface ConfigurationProblem {
  readonly variable: string
  /** What is wrong and what to do, without the value where it is secret. */
  readonly message: string
}
