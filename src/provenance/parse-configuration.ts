import { RE2JS } from 're2js'
import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import * as z from 'zod'
import type { Configuration, ConfigurationReading } from './configuration.ts'
import { answerLabelTool } from './find-change-evidence.ts'
import { patternSource, shippedRegistry } from './registry.ts'
import type { Mark, Tool } from './registry-schema.ts'

/** Larger files are refused unread: a configuration of this format is a page at most. */
const maximumCharacters = 65_536
/** Instructions of all compiled patterns together: `(a{1000}){1}` is short to write and long to run. */
const maximumInstructions = 10_000

const ownTools = { bots: 'repository-bot', labels: 'repository-label' }
const reserved: readonly string[] = [...Object.values(ownTools), answerLabelTool]

const text = z.string().min(1).max(200)
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,29}$/, 'use 1 to 30 lower-case letters, digits and hyphens')
  .refine((name) => !reserved.includes(name), 'this id is taken, use another')
const texts = z.array(text).max(100)

/** An address in whole, or a login as GitHub shows it (`acme-helper[bot]`). */
const identities = z
  .array(text.regex(/^[^\s<>@]+(@[^\s<>@]+\.[^\s<>@]+)?$/, 'use a whole e-mail address or a login'))
  .max(100)

/** The value of a trailer whose key alone is the mark. */
const anyValue = '.'

const FileSchema = z.strictObject({
  tools: z
    .array(
      z.strictObject({
        id,
        name: text,
        kind: z.enum(['assistant', 'agent', 'reviewer']).default('assistant'),
        authors: identities.default([]),
        'co-authors': identities.default([]),
        trailers: z
          .array(
            z.strictObject({
              key: text.regex(/^[A-Za-z0-9-]{1,60}$/, 'use letters, digits and hyphens'),
              value: text.default(anyValue),
            }),
          )
          .max(100)
          .default([]),
        lines: z.array(text).max(100).default([]),
        labels: texts.default([]),
      }),
    )
    .max(100)
    .default([]),
  ignore: z
    .array(text.regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'use the id of a mark, as in claude-code/branch'))
    .max(100)
    .default([]),
  branches: texts.default([]),
  labels: z
    .strictObject({
      assisted: texts.default([]),
      'agent-authored': texts.default([]),
      unassisted: texts.default([]),
    })
    .prefault({}),
  bots: identities.default([]),
})

type File = z.infer<typeof FileSchema>

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
  const file = FileSchema.safeParse(value)
  if (!file.success) return toFault(file.error.issues[0])
  const tools = file.data.tools.map(toTool)
  const compiled = compilePatterns(tools)
  if ('message' in compiled) return compiled
  return {
    configuration: {
      tools: [...tools, ...labelTool(file.data.labels), ...botTool(file.data.bots)],
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

/**
 * Compiles the patterns of the file with RE2, which takes linear time on any text, one after the other: compiling a bad
 * one is not free either.
 */
function compilePatterns(
  tools: readonly Tool[],
): { patterns: Map<string, RE2JS>; warnings: string[] } | Fault {
  const patterns = new Map<string, RE2JS>()
  const warnings: string[] = []
  let instructions = 0
  for (const { path, mark } of patternedMarks(tools)) {
    const source = patternSource(mark) ?? ''
    const fault = (reason: string): Fault => ({
      path,
      message: `the pattern ${JSON.stringify(mark.pattern)} cannot be used: ${reason}`,
    })
    try {
      const pattern = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
      instructions += pattern.programSize()
      if (instructions > maximumInstructions)
        return fault('it is too large, alone or with those above it')
      patterns.set(source, pattern)
      if (mark.pattern !== anyValue && matchesEverything(pattern)) {
        warnings.push(
          `${path.join('.')}: the pattern ${JSON.stringify(mark.pattern)} matches every text`,
        )
      }
    } catch (error) {
      const reason = firstLine(error instanceof Error ? error.message : String(error))
      return fault(`${reason}; RE2 syntax is supported, without look-around or back-references`)
    }
  }
  return { patterns, warnings }
}

interface PatternedMark {
  readonly path: readonly (string | number)[]
  readonly mark: Extract<Mark, { in: 'trailer' | 'line' }>
}

function patternedMarks(tools: readonly Tool[]): PatternedMark[] {
  return tools.flatMap(({ marks }, index) => [
    ...marks
      .filter((mark) => mark.in === 'trailer')
      .map((mark, at) => ({ path: ['tools', index, 'trailers', at, 'value'], mark })),
    ...marks
      .filter((mark) => mark.in === 'line')
      .map((mark, at) => ({ path: ['tools', index, 'lines', at], mark })),
  ])
}

/** A pattern that finds itself in a word, a sentence and another script alike tells nothing apart. */
function matchesEverything(pattern: RE2JS): boolean {
  return ['x', 'Any other text, 1.', 'другое'].every((sample) => pattern.test(sample))
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

function toTool(entry: File['tools'][number]): Tool {
  const claim = entry.kind === 'reviewer' ? 'suggested' : 'assisted'
  const marks: Mark[] = []
  if (entry.authors.length > 0) {
    marks.push({
      ...identity(entry.authors),
      in: 'author',
      id: 'author',
      tier: 'E2',
      claim: 'agent-authored',
    })
  }
  if (entry['co-authors'].length > 0) {
    marks.push({
      ...identity(entry['co-authors']),
      in: 'co-author',
      id: 'co-author',
      tier: 'E2',
      claim,
    })
  }
  for (const [index, { key, value }] of entry.trailers.entries()) {
    marks.push({
      in: 'trailer',
      id: `trailer-${index + 1}`,
      keys: [key],
      pattern: value,
      within: 'message',
      tier: 'E2',
      claim,
    })
  }
  for (const [index, pattern] of entry.lines.entries()) {
    marks.push({ in: 'line', id: `line-${index + 1}`, pattern, contains: '', tier: 'E2', claim })
  }
  if (entry.labels.length > 0) {
    marks.push({ in: 'label', id: 'label', names: entry.labels, tier: 'E3', claim })
  }
  return { id: entry.id, name: entry.name, vendor: 'this repository', kind: entry.kind, marks }
}

function identity(list: readonly string[]): { emails: string[]; logins: string[] } {
  return {
    emails: list.filter((entry) => entry.includes('@')),
    logins: list.filter((entry) => !entry.includes('@')),
  }
}

function labelTool(labels: File['labels']): Tool[] {
  const marks = (['assisted', 'agent-authored', 'unassisted'] as const)
    .filter((claim) => labels[claim].length > 0)
    .map((claim): Mark => ({ in: 'label', id: claim, names: labels[claim], tier: 'E3', claim }))
  if (marks.length === 0) return []
  return [
    {
      id: ownTools.labels,
      name: 'Label of this repository',
      vendor: 'this repository',
      kind: 'declaration',
      marks,
    },
  ]
}

function botTool(bots: readonly string[]): Tool[] {
  if (bots.length === 0) return []
  const mark: Mark = {
    ...identity(bots),
    in: 'author',
    id: 'author',
    tier: 'E2',
    claim: 'assisted',
  }
  return [
    {
      id: ownTools.bots,
      name: 'Bot of this repository',
      vendor: 'this repository',
      kind: 'automation',
      marks: [mark],
    },
  ]
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message
}
