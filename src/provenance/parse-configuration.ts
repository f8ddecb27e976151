import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import * as z from 'zod/mini'
import { compilePatterns } from './compile-patterns.ts'
import type { Configuration, ConfigurationReading } from './configuration.ts'
import { ConfigurationFileSchema } from './configuration-file.ts'
import { configuredTools } from './configured-tools.ts'
import { shippedRegistry } from './registry.ts'

/** Larger files are refused unread: a configuration of this format is a page at most. */
const maximumCharacters = 65_536

/** What is wrong with the file's content, and the path of keys and indexes to it. */
interface Fault {
  readonly path: readonly (string | number)[]
  /** Set when the key itself is the fault. */
  readonly key?: string
  readonly message: string
}

/** See `readConfiguration`, which loads this file when there is a configuration to read. */
export function parseConfiguration(source: string): ConfigurationReading {
  if (source.length > maximumCharacters) {
    return {
      error: `line 1, column 1: the file has ${source.length} characters; at most ${maximumCharacters} are read`,
    }
  }
  const lineCounter = new LineCounter()
  const document = parseDocument(source, {
    lineCounter,
    version: '1.2',
    schema: 'core',
    resolveKnownTags: false,
    prettyErrors: false,
  })
  const errorAt = (offset: number, message: string) => {
    const { line, col } = lineCounter.linePos(offset)
    return { error: `line ${line}, column ${col}: ${message}` }
  }
  const broken = document.errors[0] ?? document.warnings[0]
  if (broken !== undefined) {
    return errorAt(broken.pos[0], plainFaults.get(broken.code) ?? firstLine(broken.message))
  }
  const alias = firstAlias(document)
  if (alias !== undefined)
    return errorAt(alias, 'YAML aliases are not supported here; write the value out')
  const reading = toConfiguration(document.toJS() ?? {})
  if ('configuration' in reading) return reading
  return errorAt(offsetOf(document, reading), describe(reading))
}

/** What the parser says in words for its programmers. */
const plainFaults: ReadonlyMap<string, string> = new Map([
  ['MULTIPLE_DOCS', 'the file holds a second document; take out the line ---'],
  ['RESOURCE_EXHAUSTION', 'the file nests too deeply'],
])

/** Messages that say what was expected: a schema of zod/mini has none by itself. */
const inWords = { error: z.locales.en().localeError }

type Document = ReturnType<typeof parseDocument>

function firstAlias(document: Document): number | undefined {
  let offset: number | undefined
  visit(document, {
    Alias: (_, alias) => {
      offset = alias.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return offset
}

function describe({ path, message }: Fault): string {
  return `${path.length === 0 ? 'the file' : path.join('.')}: ${message}`
}

/** Where the value stands that is at fault, or the key; what is missing has no place but its parent's. */
function offsetOf(document: Document, { path, key }: Fault): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown =
      depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)
    const named = key === undefined ? undefined : keyNode(node, key)
    const place = named ?? node
    if (isNode(place) && place.range) return place.range[0]
  }
  return 0
}

function keyNode(node: unknown, key: string): unknown {
  if (!isMap(node)) return undefined
  return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)?.key
}

function toConfiguration(value: unknown): { configuration: Configuration } | Fault {
  const file = z.safeParse(ConfigurationFileSchema, value, inWords)
  if (!file.success) return toFault(file.error.issues[0])
  const tools = configuredTools(file.data)
  const compiled = compilePatterns(tools)
  if ('message' in compiled) return compiled
  return {
    configuration: {
      tools,
      ignore: file.data.ignore,
      branches: file.data.branches,
      patterns: compiled.patterns,
      warnings: [...compiled.warnings, ...unknownMarks(file.data.ignore)],
    },
  }
}

function toFault(issue: z.core.$ZodIssue | undefined): Fault {
  const path = (issue?.path ?? []).map((step) => (typeof step === 'number' ? step : String(step)))
  const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  if (key === undefined) return { path, message: issue?.message ?? 'is not valid' }
  return {
    path,
    key,
    message: `${JSON.stringify(key)} is not a setting; see docs/configuration.md`,
  }
}

function unknownMarks(ignored: readonly string[]): string[] {
  if (ignored.length === 0) return []
  const known = new Set(
    shippedRegistry().tools.flatMap((tool) => tool.marks.map((mark) => `${tool.id}/${mark.id}`)),
  )
  return ignored
    .filter((mark) => !known.has(mark))
    .map((mark) => `ignore: the registry has no mark ${JSON.stringify(mark)}`)
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message
}
