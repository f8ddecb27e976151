import type { Tool } from './registry-schema.ts'

/** A tested text pattern: a RegExp of ours, or a linear-time one made from a user's configuration. */
export interface TextPattern {
  test(text: string): boolean
}

/** What `.github/what-shipped.yml` adds to the shipped registry and settings. */
export interface Configuration {
  /** Extra tools, and one `automation` tool for the accounts that count as bots. */
  readonly tools: readonly Tool[]
  /** Ids of the registry's marks that this repository does not count. */
  readonly ignore: readonly string[]
  /** Base branches whose pull requests count; `*` stands for any text. Empty: the default branch. */
  readonly branches: readonly string[]
  /** Linear-time patterns of the extra tools, by their source. */
  readonly patterns: ReadonlyMap<string, TextPattern>
  /** What a user should know although the file was read: a pattern that matches everything, for one. */
  readonly warnings: readonly string[]
}

/** A configuration, or the one error that says what is wrong in it, and where. */
export type ConfigurationReading =
  | { readonly configuration: Configuration }
  | { readonly error: string }
