import { parseSync } from 'rolldown/utils'

/** A node of the syntax tree, as ESTree has it with TypeScript's own nodes. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

/** Calls `visit` for the node and all below it; `field` is where in `parent` the node is. */
export type Visit = (node: SyntaxNode, parent: SyntaxNode | undefined, field: string) => void

/**
 * The syntax tree of a TypeScript file. A real parser and not expressions over the text: a comment, a string or a template
 * that merely looks like an import, or like a call, is none.
 *
 * @throws {Error} with the path and the parser's message, where the file does not parse
 */
export function parseSource(path: string, source: string): SyntaxNode {
  const { program, errors } = parseSync(path, source)
  const [error] = errors
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`)
  if (!isNode(program)) throw new Error(`${path}: the parser returned no syntax tree`)
  return program
}

/** Walks the tree from its root, parents before children, in source order within a field. */
export function walk(root: SyntaxNode, visit: Visit): void {
  step(root, undefined, '', visit)
}

function step(node: SyntaxNode, parent: SyntaxNode | undefined, field: string, visit: Visit): void {
  visit(node, parent, field)
  for (const [name, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) step(child, node, name, visit)
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'start' in value &&
    typeof value.start === 'number'
  )
}

/** The text of a string literal, or undefined where the node is anything else. */
export function literalText(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string'
    ? node.value
    : undefined
}

/** The line, from 1, of a position in the text. */
export function lineAt(source: string, position: number): number {
  return source.slice(0, position).split('\n').length
}
