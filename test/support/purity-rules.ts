import { isNode, type SyntaxNode, walk } from './source-tree.ts'

/** Something that a pure function cannot do: its result would hang on more than its input. */
export interface Impurity {
  readonly what: string
  readonly position: number
}

/** Names of the runtime that reach outside: the clock, chance, the network, the process. */
const OUTSIDE: ReadonlyMap<string, string> = new Map([
  ['performance', 'the clock'],
  ['Temporal', 'the clock'],
  ['setTimeout', 'the clock'],
  ['setInterval', 'the clock'],
  ['setImmediate', 'the clock'],
  ['crypto', 'randomness'],
  ['fetch', 'the network'],
  ['WebSocket', 'the network'],
  ['EventSource', 'the network'],
  ['XMLHttpRequest', 'the network'],
  ['process', 'the process'],
  ['console', 'the process'],
  ['globalThis', 'the process'],
  ['global', 'the process'],
  ['require', 'the file system'],
  ['eval', 'code made from text'],
  ['Function', 'code made from text'],
])

/** Methods whose result hangs on the machine's time zone or language. */
const MACHINE_DEPENDENT: ReadonlySet<string> = new Set([
  'getFullYear',
  'getMonth',
  'getDate',
  'getDay',
  'getHours',
  'getMinutes',
  'getSeconds',
  'getTimezoneOffset',
  'setFullYear',
  'setMonth',
  'setDate',
  'setHours',
  'setMinutes',
  'toDateString',
  'toTimeString',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
  'localeCompare',
])

/** What in a file keeps it from being a pure function of its input, in source order. */
export function findImpurities(tree: SyntaxNode): Impurity[] {
  const found: Impurity[] = []
  walk(tree, (node, parent, field) => {
    const what = impurity(node, parent, field)
    if (what !== undefined) found.push({ what, position: node.start })
  })
  return found
}

function impurity(
  node: SyntaxNode,
  parent: SyntaxNode | undefined,
  field: string,
): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return isReference(node, parent, field) ? outside(String(node.name)) : undefined
    case 'MemberExpression':
      return memberImpurity(node)
    case 'NewExpression':
    case 'CallExpression':
      return dateImpurity(node)
    case 'MetaProperty':
      return 'import.meta (the file system)'
    default:
      return undefined
  }
}

function outside(name: string): string | undefined {
  const kind = OUTSIDE.get(name)
  return kind === undefined ? undefined : `${name} (${kind})`
}

function memberImpurity(node: SyntaxNode): string | undefined {
  const member = memberName(node)
  if (member === undefined) return undefined
  if (isNamed(node.object, 'Date') && member === 'now') return 'Date.now (the clock)'
  if (isNamed(node.object, 'Math') && member === 'random') return 'Math.random (randomness)'
  if (MACHINE_DEPENDENT.has(member)) return `${member} (the machine's time zone or language)`
  return undefined
}

/** `new Date(milliseconds)` and `new Date(text)` are pure; without an argument it is the clock, with parts it is local. */
function dateImpurity(node: SyntaxNode): string | undefined {
  if (!isNamed(node.callee, 'Date')) return undefined
  if (node.type === 'CallExpression') return 'Date() (the clock)'
  const count = Array.isArray(node.arguments) ? node.arguments.length : 0
  if (count === 0) return 'new Date() (the clock)'
  return count > 1 ? "new Date(year, month, …) (the machine's time zone)" : undefined
}

/** `a.name` and `a['name']`. */
function memberName(node: SyntaxNode): string | undefined {
  const { property } = node
  if (!isNode(property)) return undefined
  const name = node.computed === true ? property.value : property.name
  return typeof name === 'string' ? name : undefined
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node.name === name
}

/** Whether the identifier stands for a value, and is not merely the name of a member, a key or a type's field. */
function isReference(node: SyntaxNode, parent: SyntaxNode | undefined, field: string): boolean {
  if (parent === undefined || parent.type === 'ImportSpecifier') return false
  if (field === 'property' || field === 'key') return parent.computed === true
  if (parent.type === 'TSTypeReference' || parent.type === 'TSInterfaceDeclaration') return false
  return !(parent.type === 'ExportSpecifier' && field === 'exported') && node.type === 'Identifier'
}
