import { describe, expect, test } from 'vitest'
import type { Configuration } from '../../src/provenance/configuration.ts'
import { readConfiguration } from '../../src/provenance/read-configuration.ts'
import { indexRegistry, isAccountOf, shippedRegistry } from '../../src/provenance/registry.ts'
import { RegistrySchema } from '../../src/provenance/registry-schema.ts'
import { smallRegistry } from '../support/small-registry.ts'

const registry = smallRegistry(
  [
    {
      id: 'claude-code',
      marks: [
        { id: 'co-author', in: 'co-author', emails: ['noreply@anthropic.com'], tier: 'E2' },
        { id: 'author', in: 'author', emails: ['noreply@anthropic.com'], tier: 'E2' },
        {
          id: 'session',
          in: 'trailer',
          keys: ['Claude-Session'],
          pattern: '^https://',
          within: 'message',
          tier: 'E2',
        },
        { id: 'label', in: 'label', names: ['Claude-Assisted'], tier: 'E2' },
        { id: 'branch', in: 'branch', pattern: '^claude/', tier: 'E4' },
      ],
    },
    {
      id: 'claude-app',
      kind: 'agent',
      marks: [
        { id: 'author', in: 'author', accounts: [209825114], logins: ['claude[bot]'], tier: 'E2' },
        { id: 'weak-author', in: 'author', accounts: [1], tier: 'E4' },
      ],
    },
    {
      id: 'aider',
      marks: [{ id: 'author', in: 'author', pattern: ' \\(aider\\) <[^<>]*>$', tier: 'E2' }],
    },
    {
      id: 'github-actions',
      kind: 'automation',
      marks: [
        {
          id: 'author',
          in: 'author',
          accounts: [41898282],
          logins: ['github-actions[bot]'],
          tier: 'E2',
        },
      ],
    },
  ],
  {
    epochs: [
      {
        id: 'bad-days',
        mark: 'claude-code/co-author',
        from: '2026-04-22',
        to: '2026-05-10',
        reason: 'r',
        source: 's',
      },
    ],
    policies: [{ repository: 'Acme/App', reason: 'Forbidden.', source: 's' }],
  },
)

const marks = indexRegistry(registry)

const configurationOf = async (text: string): Promise<Configuration> => {
  const reading = await readConfiguration(text)
  if ('error' in reading) throw new Error(reading.error)
  return reading.configuration
}

describe('identities', () => {
  const authorsOf = (text: string) =>
    marks.authors.match(text).map(({ known, by }) => `${known.id} by ${by}`)

  test.each<[string, string[]]>([
    ['Claude <NoReply@Anthropic.com>', ['claude-code/author by address']],
    ['Dev <dev@anthropic.com>', []],
    ['x <noreply@anthropic.com.example.com>', []],
    ['Claude <209825114+claude[bot]@users.noreply.github.com>', ['claude-app/author by account']],
    ['Claude <claude[bot]@users.noreply.github.com>', ['claude-app/author by account']],
    ['renamed <209825114+other@users.noreply.github.com>', ['claude-app/author by account']],
    [
      'claude[bot] <41898282+claude[bot]@users.noreply.github.com>',
      ['github-actions/author by account', 'claude-app/author by account'],
    ],
    ['claude[bot] <dev@example.com>', []],
    ['Claude <5+claude@users.noreply.github.com>', []],
    ['Dev (aider) <dev@example.com>', ['aider/author by address']],
    ['aider <dev@example.com>', []],
    ['__proto__ <__proto__@users.noreply.github.com>', []],
    ['constructor <constructor>', []],
    ['', []],
  ])('%s', (text, found) => {
    expect(authorsOf(text)).toEqual(found)
  })

  test('a linked account counts as what it is', () => {
    const byAccount = (id: number, login: string) =>
      marks.authors.match('', { id, login, bot: true }).map(({ known }) => known.id)
    expect(byAccount(209825114, 'renamed[bot]')).toEqual(['claude-app/author'])
    expect(byAccount(7, 'Claude[Bot]')).toEqual(['claude-app/author'])
    expect(byAccount(7, 'dev')).toEqual([])
  })

  test('an address is known in any index', () => {
    expect(marks.knowsAddress('NOREPLY@anthropic.com')).toBe(true)
    expect(marks.knowsAddress('1+claude[bot]@users.noreply.github.com')).toBe(true)
    expect(marks.knowsAddress('209825114+x@users.noreply.github.com')).toBe(true)
    expect(marks.knowsAddress('dev@example.com')).toBe(false)
    expect(marks.knowsAddress('__proto__@users.noreply.github.com')).toBe(false)
  })
})

test('an account attests a tool by number, or by a login that only an app has', () => {
  const [app, weak] = marks.authors
    .match('<209825114+x@users.noreply.github.com> <1+x@users.noreply.github.com>')
    .map(({ known }) => known)
  const [label] = marks.labels.values()
  if (app === undefined || weak === undefined || label === undefined) throw new Error('not found')
  expect(isAccountOf(app, { id: 209825114, login: 'x', bot: false })).toBe(true)
  expect(isAccountOf(app, { id: 7, login: 'Claude[bot]', bot: true })).toBe(true)
  expect(isAccountOf(app, { id: 7, login: 'claude[bot]', bot: false })).toBe(false)
  expect(isAccountOf(app, { id: 7, login: 'dev', bot: true })).toBe(false)
  expect(isAccountOf(app, undefined)).toBe(false)
  expect(isAccountOf(weak, { id: 1, login: 'x', bot: true })).toBe(false)
  expect(isAccountOf(label, { id: 209825114, login: 'x', bot: true })).toBe(false)
})

describe('epochs: first and last day count, in UTC', () => {
  test.each<[string, string | undefined]>([
    ['2026-04-21T23:59:59.999Z', undefined],
    ['2026-04-22T00:00:00Z', 'bad-days'],
    ['2026-05-01T12:00:00Z', 'bad-days'],
    ['2026-05-10T23:59:59.999Z', 'bad-days'],
    ['2026-05-11T00:00:00Z', undefined],
    ['2026-05-11T00:30:00+02:00', 'bad-days'],
  ])('%s', (time, epoch) => {
    expect(marks.epoch('claude-code/co-author', Date.parse(time))?.id).toBe(epoch)
  })

  test('another mark, no time', () => {
    expect(marks.epoch('claude-code/author', Date.parse('2026-05-01'))).toBeUndefined()
    expect(marks.epoch('claude-code/co-author', undefined)).toBeUndefined()
    expect(marks.epoch('__proto__', Date.parse('2026-05-01'))).toBeUndefined()
  })
})

test('labels, trailers and policies are found without regard to case', () => {
  expect(marks.labels.get('claude-assisted')?.id).toBe('claude-code/label')
  expect(marks.trailers.get('claude-session')?.[0]?.id).toBe('claude-code/session')
  expect(marks.policies.get('acme/app')).toBe('Forbidden.')
  expect(marks.trailers.get('constructor')).toBeUndefined()
})

describe('whether a message may hold a mark', () => {
  test.each<[string, boolean]>([
    ['Add x\n\nClaude-Session: https://claude.ai/x\n', true],
    ['Add x\n\nCLAUDE-SESSION \t: x', true],
    ['    Co-Authored-By: x', true],
    ['Add x\n\nOur Claude-Session: x', false],
    ['Add x', false],
    ['', false],
  ])('%j', (message, may) => {
    expect(marks.mayHoldMark(message)).toBe(may)
  })

  test('always, where a repository has lines of its own', async () => {
    const own = indexRegistry(
      registry,
      await configurationOf("tools: [{ id: x, name: X, lines: ['x.*'] }]"),
    )
    expect(own.mayHoldMark('Add y')).toBe(true)
  })
})

describe('a repository’s configuration', () => {
  test('takes marks of the registry away', async () => {
    const own = indexRegistry(
      registry,
      await configurationOf('ignore: [claude-code/co-author, claude-code/label]'),
    )
    expect(own.coAuthors.match('Claude <noreply@anthropic.com>')).toEqual([])
    expect(own.labels.size).toBe(0)
    expect(own.authors.match('Claude <noreply@anthropic.com>')).toHaveLength(1)
  })

  test('adds tools, marks to a known tool, labels and bots', async () => {
    const own = indexRegistry(
      registry,
      await configurationOf(`
tools:
  - id: acme-helper
    name: Acme helper
    kind: agent
    authors: [acme-helper, helper@acme.example]
    trailers: [{ key: Acme-Run, value: '^\\d+$' }]
    lines: ['made with acme.*']
  - id: claude-code
    name: Our Claude
    co-authors: [claude@acme.example]
labels: { unassisted: [by-hand] }
bots: [acme-releases]
`),
    )
    const authors = (text: string) => own.authors.match(text).map(({ known }) => known.id)
    expect(authors('x <helper@acme.example>')).toEqual(['acme-helper/author'])
    expect(authors('x <3+Acme-Helper@users.noreply.github.com>')).toEqual(['acme-helper/author'])
    expect(authors('x <3+acme-releases@users.noreply.github.com>')).toEqual([
      'repository-bot/author',
    ])
    const [run] = own.trailers.get('acme-run') ?? []
    expect([run?.pattern?.test('12'), run?.pattern?.test('1a')]).toEqual([true, false])
    const [line] = own.lines
    expect(line?.pattern?.test('Made with ACME 2')).toBe(true)
    expect(line?.pattern?.test('not made with acme')).toBe(false)
    expect(own.labels.get('by-hand')?.mark.claim).toBe('unassisted')
    expect(own.coAuthors.match('x <claude@acme.example>')[0]?.known.tool.id).toBe('claude-code')
  })

  test('cannot rename a tool of the registry', async () => {
    const own = indexRegistry(
      registry,
      await configurationOf('tools: [{ id: claude-code, name: Something, kind: reviewer }]'),
    )
    expect(own.tools.get('claude-code')).toMatchObject({
      name: 'The claude-code',
      kind: 'assistant',
    })
  })

  test('keeps its own mark where it ignores the registry’s of the same name', async () => {
    const own = indexRegistry(
      registry,
      await configurationOf(
        'ignore: [claude-code/co-author]\ntools: [{ id: claude-code, name: C, co-authors: [c@acme.example] }]',
      ),
    )
    expect(own.coAuthors.match('C <c@acme.example>')).toHaveLength(1)
  })

  test('never has its patterns run by the engine that can be made to backtrack', async () => {
    const configuration = await configurationOf("tools: [{ id: x, name: X, lines: ['(a+)+$'] }]")
    expect(() => indexRegistry(registry, { ...configuration, patterns: new Map() })).toThrow(
      'The pattern of the mark x/line-1 was not compiled',
    )
    const [line] = indexRegistry(registry, configuration).lines
    expect(line?.pattern?.test(`${'a'.repeat(50_000)}!`)).toBe(false)
  })
})

describe('the shipped registry', () => {
  const shipped = shippedRegistry()
  const index = indexRegistry(shipped)
  const allMarks = shipped.tools.flatMap((tool) => tool.marks.map((mark) => ({ tool, mark })))

  test('has the shape that its schema gives', () => {
    expect(RegistrySchema.safeParse(shipped).error).toBeUndefined()
  })

  test('has each id once', () => {
    const ids = allMarks.map(({ tool, mark }) => `${tool.id}/${mark.id}`)
    expect(ids).toEqual([...new Set(ids)])
    const tools = shipped.tools.map(({ id }) => id)
    expect(tools).toEqual([...new Set(tools)])
  })

  test('has its epochs, blocks and labels at home', () => {
    const ids = new Set(allMarks.map(({ tool, mark }) => `${tool.id}/${mark.id}`))
    for (const { mark } of shipped.epochs) expect(ids).toContain(mark)
    for (const { tool } of shipped.reviewerBlocks) expect([...index.tools.keys()]).toContain(tool)
    const labels = allMarks.flatMap(({ mark }) => (mark.in === 'label' ? mark.names : []))
    expect(index.labels.size).toBe(labels.length)
  })

  test('has no pattern that finds itself in nothing', () => {
    const greedy = [
      ...index.lines,
      ...index.branches,
      ...[...index.trailers.values()].flat(),
    ].filter(({ pattern }) => pattern?.test('') === true)
    expect(greedy.map(({ id }) => id)).toEqual([])
    expect(index.authors.match('')).toEqual([])
    expect(index.coAuthors.match('')).toEqual([])
    expect(index.committers.match('')).toEqual([])
  })

  test('calls a branch name weak, and what a tool’s own identity authors agent-authored', () => {
    const branches = allMarks.filter(({ mark }) => mark.in === 'branch' && mark.tier !== 'E4')
    expect(branches.map(({ tool }) => tool.id)).toEqual([])
    const authors = allMarks.filter(
      ({ tool, mark }) =>
        tool.kind !== 'automation' &&
        mark.in === 'author' &&
        mark.pattern === undefined &&
        mark.tier === 'E2' &&
        mark.claim !== 'agent-authored',
    )
    expect(authors.map(({ tool, mark }) => `${tool.id}/${mark.id}`)).toEqual([])
  })

  test('lets no reviewer’s line or label stand for authorship', () => {
    const places = ['co-author', 'trailer', 'line', 'label']
    const wrong = allMarks.filter(
      ({ tool, mark }) =>
        tool.kind === 'reviewer' && places.includes(mark.in) && mark.claim !== 'suggested',
    )
    expect(wrong.map(({ tool }) => tool.id)).toEqual([])
  })
})
