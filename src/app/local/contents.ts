import type { Library } from '../library/library.ts'

/** What there is to show at the moment of a source or of the example. */
export type Contents =
  /** `line`: how far it is, as the reader last said; null: nothing said yet. */
  | { readonly kind: 'reading'; readonly line: string | null }
  | { readonly kind: 'ready'; readonly library: Library }
  /** It cannot be read; `reason` is in words for whoever started this. */
  | { readonly kind: 'failed'; readonly reason: string }

/** What pages on this machine alone are over: they are there at once, and their contents once these are read. */
export interface LocalSource {
  /** What it is called on the pages; null: the made-up example. */
  readonly name: string | null
  contents(): Contents
  /** Reads it; called once. Resolves when there is no more to wait for, whatever came of it. */
  read(): Promise<Contents>
}

/** @param load gives the library; tells by `onProgress` how far it is */
export function openLocalSource(
  name: string | null,
  load: (onProgress: (line: string) => void) => Promise<Library>,
): LocalSource {
  let contents: Contents = { kind: 'reading', line: null }
  const read = async (): Promise<Contents> => {
    try {
      const library = await load((line) => {
        contents = { kind: 'reading', line }
      })
      contents = { kind: 'ready', library }
    } catch (error) {
      contents = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
    }
    return contents
  }
  return { name, contents: () => contents, read }
}
