import type { Estimate } from '../document/report-parts.ts'

/** A piece of a section, without any layout. Its texts may hold names from outside: whoever writes them out makes them safe. */
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly strong?: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'interval'; readonly estimate: Estimate }
  | {
      readonly kind: 'table'
      /** Of what it is, said right above it. */
      readonly caption?: string
      /** The first names the rows. */
      readonly headings: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }

/** Something with its name before it. */
export interface Fact {
  readonly label: string
  readonly text: string
}

/** A part of the report under a title of its own. */
export interface Section {
  readonly title: string
  readonly blocks: readonly Block[]
}

export function text(words: string): Block {
  return { kind: 'text', text: words }
}

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): Block[] {
  return rows.length === 0 ? [] : [{ kind: 'table', headings, rows }]
}

/** A table with a line above it that says of what it is. */
export function captioned(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): Block {
  return { kind: 'table', caption, headings, rows }
}

export function list(items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}

export function facts(all: readonly (Fact | null)[]): Block[] {
  const known = all.filter((fact) => fact !== null)
  return known.length === 0 ? [] : [{ kind: 'facts', facts: known }]
}

export function section(title: string, blocks: readonly Block[]): Section[] {
  return blocks.length === 0 ? [] : [{ title, blocks }]
}
