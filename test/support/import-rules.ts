import { posix } from 'node:path'
import { findCycles } from './find-cycles.ts'
import { type FoundImport, findImports } from './find-imports.ts'
import { findImpurities } from './purity-rules.ts'
import { lineAt, parseSource } from './source-tree.ts'

/** A place where the house's rules are broken. */
export interface Violation {
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly message: string
}

/** Which folders of src/ a folder may import, beside itself (CONTRIBUTING.md). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  provenance: [],
  delivery: ['provenance'],
  comparison: ['delivery', 'provenance'],
  report: ['comparison', 'delivery', 'provenance'],
  github: ['comparison', 'delivery', 'provenance'],
  git: ['comparison', 'delivery', 'provenance'],
  store: ['comparison', 'delivery', 'provenance'],
  action: ['github', 'git', 'store', 'report', 'comparison', 'delivery', 'provenance'],
  app: ['github', 'git', 'store', 'report', 'comparison', 'delivery', 'provenance'],
  cli: ['github', 'git', 'store', 'report', 'comparison', 'delivery', 'provenance'],
}

/** The folders inside a folder, each of which may import the ones before it. What lies beside them may import all of them. */
const INNER_ORDER: Readonly<Record<string, readonly string[]>> = {
  comparison: [
    'numbers',
    'table',
    'strata',
    'statistics',
    'disclosure',
    'descriptions',
    'outcomes',
  ],
}

/** Pure functions of their input, and imported from outside through their index.ts only. */
const PURE: ReadonlySet<string> = new Set(['provenance', 'delivery', 'comparison', 'report'])

/** The packages that pure folders may use: they touch neither GitHub nor disk, clock, network or chance. */
const PURE_PACKAGES: ReadonlySet<string> = new Set([
  'd3-scale',
  'd3-shape',
  'hono/html',
  're2js',
  'yaml',
  'zod',
  'zod/mini',
])

/** What pure folders may take out of a module of which the rest is not pure: a keyed hash hangs on its input alone. */
const PURE_NAMES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['node:crypto', new Set(['createHmac', 'createSecretKey'])],
])

/** Packages that belong to some folders alone; a name that ends in `/` stands for the whole scope. */
const RESERVED: readonly { readonly name: string; readonly folders: readonly string[] }[] = [
  { name: '@actions/', folders: ['action'] },
  { name: 'probot', folders: ['app'] },
  { name: 'kysely', folders: ['store'] },
  { name: 'node:sqlite', folders: ['store'] },
  { name: 'pg', folders: ['store'] },
]

/**
 * Checks the sources against the import rules of CONTRIBUTING.md: the direction between folders and inside some of them, the
 * public face of the pure folders, their purity, and no cycle between files. Imports of types count as imports.
 *
 * @param files path from the repository's root, with `/`, to source; other than `.ts` files only need to exist
 */
export function findViolations(files: ReadonlyMap<string, string>): Violation[] {
  const violations: Violation[] = []
  const graph = new Map<string, string[]>()
  for (const [path, source] of files) {
    if (!path.endsWith('.ts')) continue
    const tree = parseSource(path, source)
    const report = (position: number, message: string) => {
      violations.push({ path, line: lineAt(source, position), message })
    }
    const folder = folderOf(path)
    if (folder === undefined) {
      report(0, `is in no folder of the house: ${Object.keys(MAY_IMPORT).join(', ')}`)
      continue
    }
    const imports = findImports(tree)
    for (const found of imports) {
      const message = importProblem(path, folder, found, files)
      if (message !== undefined) report(found.position, message)
    }
    if (PURE.has(folder)) {
      for (const { what, position } of findImpurities(tree)) {
        report(position, `src/${folder} is pure, and may not use ${what}: take it as a parameter`)
      }
    }
    graph.set(path, localTargets(path, imports))
  }
  return [...violations, ...findCycles(graph).map(cycleViolation)].sort(byPlace)
}

/** The packages named in the sources, with whether any import of each is left after compilation. */
export function findPackages(
  files: ReadonlyMap<string, string>,
): Map<string, { typeOnly: boolean }> {
  const packages = new Map<string, { typeOnly: boolean }>()
  for (const [path, source] of files) {
    if (!path.endsWith('.ts')) continue
    for (const { specifier, typeOnly } of findImports(parseSource(path, source))) {
      if (specifier === null || /^(\.|node:)/.test(specifier)) continue
      const name = packageName(specifier)
      packages.set(name, { typeOnly: typeOnly && (packages.get(name)?.typeOnly ?? true) })
    }
  }
  return packages
}

function importProblem(
  path: string,
  folder: string,
  found: FoundImport,
  files: ReadonlyMap<string, string>,
): string | undefined {
  const { specifier } = found
  if (specifier === null) return 'import() needs a plain string, or nobody knows what it loads'
  if (!specifier.startsWith('.')) return packageProblem(folder, specifier, found.names)
  const target = resolve(path, specifier)
  // The package tells its version.
  if (target === 'package.json') return undefined
  if (!files.has(target)) return `'${specifier}' is no file of src/ (${target})`
  const targetFolder = folderOf(target)
  if (targetFolder === folder) return innerProblem(folder, path, target)
  if (targetFolder === undefined || !MAY_IMPORT[folder]?.includes(targetFolder)) {
    return `src/${folder} may not import src/${targetFolder ?? ''}: ${direction(folder)}`
  }
  if (PURE.has(targetFolder) && !isFace(target) && !found.dynamic) {
    return `'${specifier}' goes past the public face: import it from src/${targetFolder}/index.ts`
  }
  return undefined
}

function innerProblem(folder: string, path: string, target: string): string | undefined {
  const order = INNER_ORDER[folder] ?? []
  const [from, to] = [path, target].map((file) => file.split('/')[2] ?? '')
  const [own, other] = [from, to].map((inner) => order.indexOf(inner ?? ''))
  if (own === undefined || other === undefined || own === -1 || other <= own) return undefined
  return `src/${folder}/${from} may not import src/${folder}/${to}: they import one way, ${order.join(' ← ')}`
}

function packageProblem(
  folder: string,
  specifier: string,
  names: FoundImport['names'],
): string | undefined {
  for (const { name, folders } of RESERVED) {
    const matches = name.endsWith('/')
      ? specifier.startsWith(name)
      : specifier === name || specifier.startsWith(`${name}/`)
    if (matches && !folders.includes(folder)) {
      return `src/${folder} may not import '${specifier}': it belongs to src/${folders.join(', src/')}`
    }
  }
  if (!PURE.has(folder) || PURE_PACKAGES.has(specifier)) return undefined
  const pure = PURE_NAMES.get(specifier)
  if (pure === undefined) return `src/${folder} is pure, and may not import '${specifier}'`
  if (names?.every((name) => pure.has(name)) !== true) {
    return `src/${folder} is pure, and may import of '${specifier}' only ${[...pure].join(', ')}`
  }
  return undefined
}

function direction(folder: string): string {
  const allowed = MAY_IMPORT[folder] ?? []
  return allowed.length === 0 ? 'it imports no other folder' : `it may import ${allowed.join(', ')}`
}

/** `src/provenance/trailers.ts` → `provenance`; undefined outside the house. */
function folderOf(path: string): string | undefined {
  const [root, folder, ...rest] = path.split('/')
  return root === 'src' &&
    folder !== undefined &&
    rest.length > 0 &&
    Object.hasOwn(MAY_IMPORT, folder)
    ? folder
    : undefined
}

function isFace(path: string): boolean {
  return path.split('/').length === 3 && path.endsWith('/index.ts')
}

function localTargets(path: string, imports: readonly FoundImport[]): string[] {
  return imports
    .map(({ specifier }) => specifier)
    .filter((specifier) => specifier?.startsWith('.') === true)
    .map((specifier) => resolve(path, specifier ?? ''))
}

function resolve(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier)
}

/** `@scope/name/part` → `@scope/name`, `name/part` → `name`. */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function cycleViolation(cycle: readonly string[]): Violation {
  const [path = ''] = cycle
  return { path, line: 1, message: `is in an import cycle: ${[...cycle, path].join(' → ')}` }
}

function byPlace(a: Violation, b: Violation): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1
  return a.line - b.line
}
