import { isNode, literalText, type SyntaxNode, walk } from './source-tree.ts'

/** One place where a file names another module. */
export interface FoundImport {
  /** As written: `./trailers.ts`, `zod`, `node:fs`; null where `import()` is given anything but a plain string. */
  readonly specifier: string | null
  /** Gone after compilation: `import type`, `export type … from`, `import('…')` in a type. */
  readonly typeOnly: boolean
  /** `import('…')` in code, which loads the module only when it is reached. */
  readonly dynamic: boolean
  /** The names that it takes; null where it may take any: a namespace, a side effect, `import()`. */
  readonly names: readonly string[] | null
  /** Where it stands in the source. */
  readonly position: number
}

/** Every import of a file: static, side-effect, re-exporting, dynamic, and in types. */
export function findImports(tree: SyntaxNode): FoundImport[] {
  const found: FoundImport[] = []
  walk(tree, (node) => {
    const source = importSource(node)
    if (source === undefined) return
    found.push({
      specifier: literalText(source) ?? null,
      typeOnly: isTypeOnly(node),
      dynamic: node.type === 'ImportExpression',
      names: namesTaken(node),
      position: node.start,
    })
  })
  return found
}

function importSource(node: SyntaxNode): unknown {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source
    case 'ExportNamedDeclaration':
      return node.source ?? undefined
    case 'TSExternalModuleReference':
      return node.expression
    default:
      return undefined
  }
}

function isTypeOnly(node: SyntaxNode): boolean {
  if (node.type === 'TSImportType') return true
  if (node.importKind === 'type' || node.exportKind === 'type') return true
  const names = node.specifiers
  return Array.isArray(names) && names.length > 0 && names.every(isTypeName)
}

function isTypeName(name: unknown): boolean {
  return isNode(name) && (name.importKind === 'type' || name.exportKind === 'type')
}

function namesTaken({ specifiers }: SyntaxNode): string[] | null {
  if (!Array.isArray(specifiers) || specifiers.length === 0) return null
  const names = specifiers.map((specifier) => {
    const taken = isNode(specifier) ? (specifier.imported ?? specifier.local) : undefined
    const named = isNode(specifier) && /^(?:Import|Export)Specifier$/.test(specifier.type)
    return named && isNode(taken) ? taken.name : undefined
  })
  return names.every((name) => typeof name === 'string') ? names : null
}
