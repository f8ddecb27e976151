/** What a configuration is read from. */
export interface ConfigurationSource {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Absolute path: where relative ones start. */
  readonly directory: string
  /** Undefined: there is no such file. */
  readonly readFile: (path: string) => { text: string; openToOthers: boolean } | undefined
}

/** Tells what is wrong with a variable. */
export type Report = (variable: string, message: string) => void

/** A file or a key that cannot be read: the caller says which one it was, and never what is in it. */
export function attempt<T>(work: () => T): T | 'failed' {
  try {
    return work()
  } catch {
    // Told by the caller.
    return 'failed'
  }
}
