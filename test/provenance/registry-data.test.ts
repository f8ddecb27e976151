import { describe, expect, it } from 'vitest'
import data from '../../src/provenance/registry.json' with { type: 'json' }
import { type Mark, RegistrySchema } from '../../src/provenance/registry-schema.ts'

const registry = RegistrySchema.parse(data)
const marks = registry.tools.flatMap((tool) =>
  tool.marks.map((mark) => ({ name: `${tool.id}/${mark.id}`, kind: tool.kind, mark })),
)
const identities = marks.flatMap(({ name, mark }) =>
  mark.in === 'author' || mark.in === 'committer' || mark.in === 'co-author'
    ? [{ name, mark }]
    : [],
)
const patterned = marks.flatMap(({ name, mark }) =>
  'pattern' in mark && mark.pattern !== undefined
    ? [{ name, mark, pattern: compile(mark, mark.pattern) }]
    : [],
)

/** The registry's own semantics: a line is matched whole, everything else is searched. */
function compile(mark: Mark, source: string): RegExp {
  return new RegExp(mark.in === 'line' ? `^(?:${source})$` : source, 'iu')
}

function duplicates(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

describe('the registry', () => {
  it('names every tool once', () => {
    expect(duplicates(registry.tools.map(({ id }) => id))).toEqual([])
    expect(duplicates(registry.tools.map(({ name }) => name))).toEqual([])
  })

  it('names every mark once within its tool', () => {
    expect(duplicates(marks.map(({ name }) => name))).toEqual([])
  })

  it('refers only to marks and tools that it has', () => {
    const names = new Set(marks.map(({ name }) => name))
    const tools = new Set(registry.tools.map(({ id }) => id))
    expect(registry.epochs.filter(({ mark }) => !names.has(mark))).toEqual([])
    expect(registry.reviewerBlocks.filter(({ tool }) => !tools.has(tool))).toEqual([])
  })

  it('opens and closes reviewer blocks with different texts, so that a block is never its first line alone', () => {
    expect(registry.reviewerBlocks.filter(({ start, end }) => start.includes(end))).toEqual([])
  })

  it('lists every repository with a policy once', () => {
    const repositories = registry.policies.map(({ repository }) => repository.toLowerCase())
    expect(duplicates(repositories)).toEqual([])
  })

  it('gives spans of time in order', () => {
    const spans = [
      ...registry.epochs.map(({ id, from, to }) => ({ name: id, from, to })),
      ...marks.map(({ name, mark }) => ({ name, from: mark.firstSeen, to: mark.lastSeen })),
    ]
    expect(spans.filter(({ from, to }) => from && to && from > to)).toEqual([])
  })
})

describe('the tier of a mark', () => {
  it('is never E1 for an identity or a text: anybody can write one', () => {
    expect(marks.filter(({ mark }) => mark.tier === 'E1' && mark.in !== 'note')).toEqual([])
  })

  it('is E1 only for a note that is read and validated', () => {
    const attested = marks.filter(({ mark }) => mark.tier === 'E1')
    expect(attested.map(({ name }) => name)).toEqual(['git-ai/note'])
    expect(attested[0]?.mark).toMatchObject({ format: 'git-ai', ref: 'refs/notes/ai' })
  })

  it('is E4 for every branch name', () => {
    expect(marks.filter(({ mark }) => mark.in === 'branch' && mark.tier !== 'E4')).toEqual([])
  })

  it('is E3 for every mark that names no tool', () => {
    expect(marks.filter(({ kind, mark }) => kind === 'declaration' && mark.tier !== 'E3')).toEqual(
      [],
    )
  })
})

describe('what a reviewer leaves', () => {
  it('says as a co-author that a suggestion was taken, not that the change was written with AI', () => {
    const reviewers = marks.filter(
      ({ kind, mark }) => kind === 'reviewer' && mark.in === 'co-author',
    )
    expect(reviewers.length).toBeGreaterThan(10)
    expect(reviewers.filter(({ mark }) => mark.claim !== 'suggested')).toEqual([])
  })

  it('is no trailer, line or label of the change', () => {
    const texts = new Set(['trailer', 'line', 'label', 'note'])
    expect(marks.filter(({ kind, mark }) => kind === 'reviewer' && texts.has(mark.in))).toEqual([])
  })
})

describe('automation', () => {
  it('is known by its authors alone', () => {
    const bots = marks.filter(({ kind }) => kind === 'automation')
    expect(bots.filter(({ mark }) => mark.in !== 'author')).toEqual([])
  })

  it('does not claim the account number of github-actions, which other tools commit under', () => {
    expect(identities.filter(({ mark }) => mark.accounts?.includes(41898282))).toEqual([])
  })
})

describe('identities', () => {
  it('are told by at least one address, account, login or pattern', () => {
    const empty = identities.filter(
      ({ mark: { emails = [], accounts = [], logins = [], pattern } }) =>
        emails.length + accounts.length + logins.length === 0 && pattern === undefined,
    )
    expect(empty).toEqual([])
  })

  it('give whole addresses in lower case, never a domain', () => {
    const emails = identities.flatMap(({ mark }) => mark.emails ?? [])
    expect(emails.length).toBeGreaterThan(100)
    const whole = /^[a-z0-9._+[\]-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/
    expect(emails.filter((email) => !whole.test(email))).toEqual([])
  })

  it('list nothing twice', () => {
    const repeated = identities.filter(
      ({ mark: { emails = [], accounts = [], logins = [] } }) =>
        duplicates([...emails, ...accounts.map(String), ...logins.map((l) => l.toLowerCase())])
          .length > 0,
    )
    expect(repeated.map(({ name }) => name)).toEqual([])
  })

  it('do not give one account or address of an author to two tools', () => {
    const keys = identities.flatMap(({ name, mark }) => {
      if (mark.in !== 'author') return []
      const tool = name.split('/', 1)[0] ?? ''
      const { emails = [], accounts = [], logins = [] } = mark
      return [...emails, ...accounts.map(String), ...logins.map((l) => l.toLowerCase())].map(
        (key) => ({ key, tool }),
      )
    })
    const byKey = Map.groupBy(keys, ({ key }) => key)
    const shared = [...byKey].filter(([, uses]) => new Set(uses.map(({ tool }) => tool)).size > 1)
    expect(shared).toEqual([])
  })

  it('never match a login that people can have by its bare name', () => {
    const given = ['claude', 'devin', 'jules', 'cody', 'charlie', 'copilot', 'cursor', 'cline']
    const logins = identities.flatMap(({ mark }) => mark.logins ?? [])
    expect(logins.filter((login) => given.includes(login.toLowerCase()))).toEqual([])
  })
})

describe('patterns', () => {
  it('are anchored or bounded: no quantifier without a limit stands inside a repeated group', () => {
    const nested =
      /\((?:[^()\\[]|\\.|\[(?:[^\]\\]|\\.)*\])*[*+](?:[^()\\[]|\\.|\[(?:[^\]\\]|\\.)*\])*\)[*+{]/u
    expect(
      patterned.filter(({ pattern }) => nested.test(pattern.source)).map(({ name }) => name),
    ).toEqual([])
  })

  it('read no reference to an earlier group, which costs exponential time', () => {
    expect(patterned.filter(({ pattern }) => /\\[1-9]|\\k</.test(pattern.source))).toEqual([])
  })

  it('get to the end of hostile texts of 20,000 characters', () => {
    const size = 20_000
    const pieces = ['a', ' ', '-', '.', '<', '(', '[', ':', '1', 'a ', 'a/', 'gpt ', '(copilot) ']
    const fill = (piece: string) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
    for (const { mark, pattern } of patterned) {
      const [example = ''] = mark.examples
      for (const piece of [...pieces, example]) {
        // A separator that no pattern accepts makes every attempt fail at the end, the costly case.
        pattern.test(`${fill(piece)}\u2028`)
        pattern.test(`${example.slice(0, -1)}${fill(piece)}\u2028`)
      }
    }
    expect(patterned.length).toBeGreaterThan(100)
  })

  it('of lines contain the text by which lines are picked out', () => {
    const lost = marks.flatMap(({ name, mark }) =>
      mark.in === 'line'
        ? mark.examples.filter((example) => !example.includes(mark.contains)).map(() => name)
        : [],
    )
    expect(lost).toEqual([])
  })
})

describe('examples', () => {
  it('are short', () => {
    const texts = marks.flatMap(({ mark }) => [...mark.examples, ...mark.counterexamples])
    expect(texts.filter((text) => text.length >= 300)).toEqual([])
  })

  it('do not repeat themselves, and never stand on both sides', () => {
    const unclear = marks.filter(
      ({ mark }) => duplicates([...mark.examples, ...mark.counterexamples]).length > 0,
    )
    expect(unclear.map(({ name }) => name)).toEqual([])
  })

  it("name no person: an address that is not a mark is at an example domain or a vendor's, under a made-up name", () => {
    const reserved = /@(?:[a-z0-9-]+\.)*(?:example(?:\.(?:com|org|net))?|invalid|local|test)$/
    const madeUp =
      /^(?:someone|claude|cody|devin|claude\.exemple|devin\.example|noreply|opensource|kiro|ruv|contact|github|support)@/
    const strangers = identities.flatMap(({ name, mark }) =>
      mark.counterexamples
        .flatMap((text) => text.match(/[^\s<>]+@[^\s<>]+/g) ?? [])
        .filter((email) => !email.endsWith('@users.noreply.github.com'))
        .filter((email) => !reserved.test(email) && !madeUp.test(email))
        .map((email) => ({ name, email })),
    )
    const known = new Set(identities.flatMap(({ mark }) => mark.emails ?? []))
    expect(strangers.filter(({ email }) => !known.has(email.toLowerCase()))).toEqual([])
  })
})

/** People whose names or employers are a tool's, people with AI words in their names, and look-alikes of bots. */
const innocent = [
  'Devin Example <devin@example.com>',
  'Devin Example <4242+devin-example@users.noreply.github.com>',
  'Devin <devin.example@cognition.ai>',
  'Someone <someone@cognition.ai>',
  'Claude Exemple <claude@example.org>',
  'Claude Exemple <claude.exemple@anthropic.com>',
  'Claude-Marie Exemple <cm@example.org>',
  'Claudette Exemple <claudette@example.org>',
  'Someone <someone@anthropic.com>',
  'someone-anthropic <someone-anthropic@users.noreply.github.com>',
  'Cody Sample <cody@example.org>',
  'Cody Sample <cody@sourcegraph.com>',
  'Jules <jules@example.net>',
  'Jules Exemple <4242+julesexemple@users.noreply.github.com>',
  'Jules Fleet <jules.fleet@example.com>',
  'Charlie Example <charlie@example.com>',
  'Junie Example <junie@example.com>',
  'Junior Jules <junior@example.com>',
  'Kimi Example <kimi@example.org>',
  'Kiro Example <kiro@example.com>',
  'Ai Example <ai@example.org>',
  'Gemini Example <gemini@example.org>',
  'Pat Cline <pat.cline@example.com>',
  'Travis Warp <warp@example.com>',
  'Oz Example <oz@example.com>',
  'Letta Example <letta@example.com>',
  'Nori Example <nori@example.com>',
  'Hermes Example <hermes@example.com>',
  'Opus Example <opus@example.org>',
  'Fable Example <fable@example.org>',
  'Someone <someone@openai.com>',
  'Someone <someone@cursor.com>',
  'Someone <someone@github.com>',
  'GitHub <noreply@github.com>',
  'Someone <someone@google.com>',
  'Someone <noreply@google.com>',
  'Someone <someone@cline.bot>',
  'Someone <someone@roocode.com>',
  'Someone <someone@factory.ai>',
  'Someone <someone@warp.dev>',
  'Someone <someone@continue.dev>',
  'Someone <someone@mistral.ai>',
  'Someone <someone@all-hands.dev>',
  'Someone <someone@coder.com>',
  'Someone <someone@zed.dev>',
  'Someone <someone@aider.chat>',
  'Someone <someone+claude@example.com>',
  'Dev Example <dev+aider@example.com>',
  'aider fan <aider@example.com>',
  'Cline Evaluation <cline@example.com>',
  'cursorfan <4242+cursorfan@users.noreply.github.com>',
  'claude4242 <4242+claude4242@users.noreply.github.com>',
  'copilot-fan <4242+copilot-fan@users.noreply.github.com>',
  'codexterous <codexterous@users.noreply.github.com>',
  'lawcontinue <4242+lawcontinue@users.noreply.github.com>',
  'droidfan <4242+droidfan@users.noreply.github.com>',
  'goosefan <4242+goosefan@users.noreply.github.com>',
  'Jane Doe <jane@antigravity-drones.example>',
  'AI Ethics Group <group@example.org>',
  'Agent Example <agent@example.com>',
  'The Gemini Project <project@example.org>',
  'Someone (Copilot) <someone@example.com>',
  'Some Person',
  'Claude',
  'Devin',
]

describe('people', () => {
  it.each(innocent)('%s is matched by no mark of an identity', (person) => {
    const text = person.toLowerCase()
    const email = /<([^<>]+)>$/.exec(text)?.[1] ?? ''
    const account = /^(?:(\d+)\+)?([^@+]+)@users\.noreply\.github\.com$/.exec(email)
    const matching = identities.filter(({ mark }) => {
      const { emails = [], accounts = [], logins = [] } = mark
      return (
        emails.includes(email) ||
        accounts.includes(Number(account?.[1])) ||
        logins.some((login) => login.toLowerCase() === account?.[2])
      )
    })
    const alike = patterned.filter(
      ({ mark, pattern }) =>
        (mark.in === 'author' || mark.in === 'committer' || mark.in === 'co-author') &&
        pattern.test(person),
    )
    expect([...matching, ...alike].map(({ name }) => name)).toEqual([])
  })

  const credited = [
    'Some Person <p@example.org>',
    'Person Example',
    'Kimi Example',
    'Claude Exemple',
    'Devin Example',
    'Jules Exemple <jules@example.net>',
    'Gemini Example <gemini@example.org>',
    'Ai Example <ai@example.org>',
    'Crush Example <crush@example.com>',
    'Person Example via #16045',
    'person-example on github',
  ]
  const creditKeys = ['assisted-by', 'generated-by', 'authored-by', 'co-developed-by']

  it.each(credited)('%s under a key that people use is matched by no trailer', (person) => {
    const matching = patterned.filter(
      ({ mark, pattern }) =>
        mark.in === 'trailer' &&
        mark.keys.some((key) => creditKeys.includes(key.toLowerCase())) &&
        pattern.test(person),
    )
    expect(matching.map(({ name }) => name)).toEqual([])
  })
})
