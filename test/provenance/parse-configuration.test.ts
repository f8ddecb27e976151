import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Configuration } from '../../src/provenance/configuration.ts'
import { parseConfiguration } from '../../src/provenance/parse-configuration.ts'
import { readConfiguration } from '../../src/provenance/read-configuration.ts'
import { maliciousTexts } from '../support/malicious-inputs.ts'
import { propertyRuns } from '../support/property-runs.ts'

function configurationOf(text: string): Configuration {
  const reading = parseConfiguration(text)
  if ('error' in reading) throw new Error(reading.error)
  return reading.configuration
}

function errorOf(text: string): string {
  const reading = parseConfiguration(text)
  return 'error' in reading ? reading.error : 'no error'
}

const nothing: Configuration = {
  tools: [],
  ignore: [],
  branches: [],
  patterns: new Map(),
  warnings: [],
}

const oneTool = (rest: string) => `tools:\n  - id: x\n    name: X\n${rest}`
const oneLine = (pattern: string) => oneTool(`    lines: [${JSON.stringify(pattern)}]\n`)

describe('files without settings', () => {
  test.each(['', '\n', '# only words\n', '---\n', 'null', '{}', '\ufeff', '%YAML 1.2\n---\n'])(
    '%j',
    (text) => {
      expect(configurationOf(text)).toEqual(nothing)
    },
  )
})

describe('each setting', () => {
  test('a tool in full', () => {
    const { tools, patterns } = configurationOf(`
tools:
  - id: acme-helper
    name: Acme helper
    kind: agent
    authors: [helper@acme.example, 'acme-helper[bot]']
    co-authors: [helper@acme.example]
    trailers:
      - { key: Acme-Run, value: '^[0-9]+$' }
      - { key: Acme-Task }
    lines: ['Made with Acme \\d+']
    labels: [acme]
`)
    expect(tools).toEqual([
      {
        id: 'acme-helper',
        name: 'Acme helper',
        vendor: 'this repository',
        kind: 'agent',
        marks: [
          {
            in: 'author',
            id: 'author',
            tier: 'E2',
            claim: 'agent-authored',
            emails: ['helper@acme.example'],
            logins: ['acme-helper[bot]'],
          },
          {
            in: 'co-author',
            id: 'co-author',
            tier: 'E2',
            claim: 'assisted',
            emails: ['helper@acme.example'],
            logins: [],
          },
          {
            in: 'trailer',
            id: 'trailer-1',
            keys: ['Acme-Run'],
            pattern: '^[0-9]+$',
            within: 'message',
            tier: 'E2',
            claim: 'assisted',
          },
          {
            in: 'trailer',
            id: 'trailer-2',
            keys: ['Acme-Task'],
            pattern: '.',
            within: 'message',
            tier: 'E2',
            claim: 'assisted',
          },
          {
            in: 'line',
            id: 'line-1',
            pattern: 'Made with Acme \\d+',
            contains: '',
            tier: 'E2',
            claim: 'assisted',
          },
          { in: 'label', id: 'label', names: ['acme'], tier: 'E3', claim: 'assisted' },
        ],
      },
    ])
    expect([...patterns.keys()]).toEqual(['^[0-9]+$', '.', '^(?:Made with Acme \\d+)$'])
    expect(patterns.get('^(?:Made with Acme \\d+)$')?.test('MADE WITH ACME 3')).toBe(true)
    expect(patterns.get('^(?:Made with Acme \\d+)$')?.test('not Made with Acme 3')).toBe(false)
  })

  test('a tool is an assistant where nothing else is said', () => {
    expect(configurationOf(oneTool('')).tools).toMatchObject([{ kind: 'assistant', marks: [] }])
  })

  test('what a reviewer leaves is a suggestion, what it authors is authored', () => {
    const [tool] = configurationOf(
      oneTool(
        '    kind: reviewer\n    authors: [a]\n    co-authors: [a]\n    trailers: [{ key: A }]\n    labels: [a]\n',
      ),
    ).tools
    expect(tool?.marks.map(({ claim }) => claim)).toEqual([
      'agent-authored',
      'suggested',
      'suggested',
      'suggested',
    ])
  })

  test('marks that do not count', () => {
    expect(configurationOf('ignore: [claude-code/branch]')).toEqual({
      ...nothing,
      ignore: ['claude-code/branch'],
    })
  })

  test('branches', () => {
    expect(configurationOf('branches: [main, "release/*"]').branches).toEqual(['main', 'release/*'])
  })

  test('labels', () => {
    const { tools } = configurationOf(
      'labels: { assisted: [ai], agent-authored: [agent, bot], unassisted: [by-hand] }',
    )
    expect(tools).toMatchObject([
      {
        id: 'repository-label',
        kind: 'declaration',
        marks: [
          { in: 'label', names: ['ai'], tier: 'E3', claim: 'assisted' },
          { in: 'label', names: ['agent', 'bot'], tier: 'E3', claim: 'agent-authored' },
          { in: 'label', names: ['by-hand'], tier: 'E3', claim: 'unassisted' },
        ],
      },
    ])
    expect(configurationOf('labels: {}')).toEqual(nothing)
  })

  test('bots', () => {
    expect(configurationOf('bots: [acme-releases, ci@acme.example]').tools).toMatchObject([
      {
        id: 'repository-bot',
        kind: 'automation',
        marks: [{ in: 'author', emails: ['ci@acme.example'], logins: ['acme-releases'] }],
      },
    ])
  })

  test('words that look like values of YAML 1.1 are words', () => {
    const { branches } = configurationOf('branches: [no, yes, on, off, y, 12:30, 1_000, 0o, =]')
    expect(branches).toEqual(['no', 'yes', 'on', 'off', 'y', '12:30', '1_000', '0o', '='])
    expect(configurationOf('%YAML 1.1\n---\nbranches: [no, on]').branches).toEqual(['no', 'on'])
  })
})

describe('what is wrong is said with its place', () => {
  test.each<[string, string, string]>([
    [
      'an unknown setting',
      'bots: []\nbotz: []',
      'line 2, column 1: the file: "botz" is not a setting; see docs/configuration.md',
    ],
    [
      'an unknown setting below',
      'labels:\n  assisted: []\n  asisted: [x]',
      'line 3, column 3: labels: "asisted" is not a setting; see docs/configuration.md',
    ],
    [
      'an unknown setting of a tool',
      oneTool('    autors: [x]\n'),
      'line 4, column 5: tools.0: "autors" is not a setting; see docs/configuration.md',
    ],
    [
      'a key that is a number',
      '1: x',
      'line 1, column 1: the file: "1" is not a setting; see docs/configuration.md',
    ],
    [
      '__proto__',
      '__proto__:\n  isAdmin: true',
      'line 1, column 1: the file: "__proto__" is not a setting; see docs/configuration.md',
    ],
    [
      'constructor',
      'bots: []\nconstructor: {}',
      'line 2, column 1: the file: "constructor" is not a setting; see docs/configuration.md',
    ],
    [
      'a missing id',
      'tools:\n  - name: X',
      'line 2, column 5: tools.0.id: Invalid input: expected string, received undefined',
    ],
    [
      'a bad id',
      'tools:\n  - id: Acme\n    name: X',
      'line 2, column 9: tools.0.id: use 1 to 30 lower-case letters, digits and hyphens',
    ],
    [
      'an id that is ours',
      'tools:\n  - id: label\n    name: X',
      'line 2, column 9: tools.0.id: this id is taken, use another',
    ],
    [
      'a bad kind',
      oneTool('    kind: robot\n'),
      'line 4, column 11: tools.0.kind: Invalid option: expected one of "assistant"|"agent"|"reviewer"',
    ],
    [
      'a bad address',
      oneTool('    authors:\n      - fine\n      - "@acme.example"\n'),
      'line 6, column 9: tools.0.authors.1: use a whole e-mail address or a login',
    ],
    [
      'a mail domain as a bot',
      'bots: ["*@acme.example", "@acme.example"]',
      'line 1, column 26: bots.1: use a whole e-mail address or a login',
    ],
    [
      'a bad key',
      oneTool('    trailers: [{ key: "Acme run" }]\n'),
      'line 4, column 23: tools.0.trailers.0.key: use letters, digits and hyphens',
    ],
    [
      'a bad mark',
      'ignore:\n  - claude-code',
      'line 2, column 5: ignore.0: use the id of a mark, as in claude-code/branch',
    ],
    [
      'a number for a word',
      'branches: [main, 2.10]',
      'line 1, column 18: branches.1: Invalid input: expected string, received number',
    ],
    [
      'one word for a list',
      'branches: main',
      'line 1, column 11: branches: Invalid input: expected array, received string',
    ],
    [
      'nothing for a list',
      'bots:\nbranches: []',
      'line 1, column 6: bots: Invalid input: expected array, received null',
    ],
    [
      'an empty word',
      'branches: [""]',
      'line 1, column 12: branches.0: Too small: expected string to have >=1 characters',
    ],
    [
      'a long word',
      `branches: [${'x'.repeat(201)}]`,
      'line 1, column 12: branches.0: Too big: expected string to have <=200 characters',
    ],
    [
      'a long list',
      `bots: [${'x,'.repeat(101)}]`,
      'line 1, column 7: bots: Too big: expected array to have <=100 items',
    ],
    [
      'a list for the file',
      '- x',
      'line 1, column 1: the file: Invalid input: expected object, received array',
    ],
    [
      'a word for the file',
      '\n  hello',
      'line 2, column 3: the file: Invalid input: expected object, received string',
    ],
    ['the same key twice', 'bots: []\nbots: [x]', 'line 2, column 1: Map keys must be unique'],
    ['a tab', 'labels:\n\tassisted: []', 'line 2, column 1: Tabs are not allowed as indentation'],
    [
      'two documents',
      'bots: []\n---\nbots: []',
      'line 2, column 1: the file holds a second document; take out the line ---',
    ],
    [
      'a tag',
      'bots: !!js/function "x"',
      'line 1, column 7: Unresolved tag: tag:yaml.org,2002:js/function',
    ],
    ['a set', 'bots: !!set {a}', 'line 1, column 7: Unresolved tag: tag:yaml.org,2002:set'],
    [
      'an alias',
      'branches: [&x main, *x]',
      'line 1, column 21: YAML aliases are not supported here; write the value out',
    ],
    [
      'an alias of nothing',
      'branches:\n  - *x',
      'line 2, column 5: YAML aliases are not supported here; write the value out',
    ],
    [
      'a merge key',
      'labels: &l { assisted: [] }\n<<: *l',
      'line 2, column 5: YAML aliases are not supported here; write the value out',
    ],
    [
      'Windows line ends',
      'bots: []\r\nbotz: []\r\n',
      'line 2, column 1: the file: "botz" is not a setting; see docs/configuration.md',
    ],
    ['deep lists', '['.repeat(30_000), 'the file nests too deeply'],
    ['deep maps', '{a: '.repeat(15_000), 'the file nests too deeply'],
    [
      'a big file',
      '#'.repeat(65_537),
      'line 1, column 1: the file has 65537 characters; at most 65536 are read',
    ],
  ])('%s', (_, text, error) => {
    expect(errorOf(text)).toMatch(/^line \d+, column \d+: /)
    expect(errorOf(text)).toContain(error)
  })

  test('a file of the greatest length is read', () => {
    expect(errorOf('#'.repeat(65_536))).toBe('no error')
  })
})

describe('patterns', () => {
  test('that RE2 does not have, with their place', () => {
    expect(errorOf(oneTool('    trailers:\n      - key: A\n        value: "(?=x)x"\n'))).toBe(
      'line 6, column 16: tools.0.trailers.0.value: the pattern "(?=x)x" cannot be used: error parsing regexp: invalid or unsupported Perl syntax: `(?=`; RE2 syntax is supported, without look-around or back-references',
    )
    expect(errorOf(oneLine('(x)\\1'))).toMatch(
      /^line 4, column 13: tools\.0\.lines\.0: .*cannot be used/,
    )
    expect(errorOf(oneLine('a)|(b'))).toMatch(/^line 4, column 13: .*cannot be used/)
    expect(errorOf(oneLine('x('))).toMatch(/^line 4, column 13: .*missing closing/)
    expect(errorOf(oneLine('(?<=x)y'))).toMatch(/^line 4, column 13: .*cannot be used/)
  })

  test('that are short to write and long to run', () => {
    expect(errorOf(oneLine('((a{1,1000}){1,1000}){1,1000}'))).toContain('expression too large')
    expect(errorOf(oneLine('(a{1000}){1}'.repeat(15)))).toContain(
      'it is too large, alone or with those above it',
    )
    const many = Array.from({ length: 100 }, (_, index) => `a{900}${index}`)
    expect(errorOf(oneTool(`    lines: ${JSON.stringify(many)}\n`))).toMatch(
      /^line 4, column \d+: tools\.0\.lines\.1\d: the pattern "a\{900\}1\d" cannot be used: it is too large/,
    )
  })

  test.each(['(a+)+$', '(a|a)*$', '^(.*,){30}$'])('%s takes linear time', (pattern) => {
    const [compiled] = configurationOf(oneLine(pattern)).patterns.values()
    expect(compiled?.test(`${'a'.repeat(100_000)}!`)).toBe(false)
  })

  test.each<[string, string[]]>([
    ['.*', ['tools.0.lines.0: the pattern ".*" matches every text']],
    ['.+', ['tools.0.lines.0: the pattern ".+" matches every text']],
    ['(?s).*x?', ['tools.0.lines.0: the pattern "(?s).*x?" matches every text']],
    ['Made with .*', []],
    ['.', []],
  ])('a line %s: is it told apart from any text?', (pattern, warnings) => {
    expect(configurationOf(oneLine(pattern)).warnings).toEqual(warnings)
  })

  test('a trailer’s value is searched: there an empty match is a match', () => {
    const warningsOf = (value: string) =>
      configurationOf(oneTool(`    trailers: [{ key: A, value: ${JSON.stringify(value)} }]\n`))
        .warnings
    expect(warningsOf('x*')).toEqual([
      'tools.0.trailers.0.value: the pattern "x*" matches every text',
    ])
    expect(warningsOf('^x')).toEqual([])
    expect(configurationOf(oneTool('    trailers: [{ key: A }]\n')).warnings).toEqual([])
  })
})

test('a mark to be ignored that there is not is told', () => {
  expect(configurationOf('ignore: [claude-code/branches, claude-code/branch]').warnings).toEqual([
    'ignore: the registry has no mark "claude-code/branches"',
  ])
})

describe('hostile files', () => {
  test.each<[string, string]>([
    ['cfg-yaml-alias-bomb', 'YAML aliases are not supported'],
    ['cfg-yaml-proto', '"__proto__" is not a setting'],
    ['cfg-yaml-tag', 'Unresolved tag'],
    ['cfg-yaml-norway', 'tools.0: Invalid input: expected object, received string'],
    ['cfg-yaml-dup-key', 'Map keys must be unique'],
    ['cfg-weaken-privacy', '"min_group" is not a setting'],
    ['cfg-from-pr-head', '"enabled" is not a setting'],
    ['cfg-1mb', 'at most 65536 are read'],
    ['cfg-extends-other-org', '"_extends" is not a setting'],
  ])('%s', (name, error) => {
    expect(errorOf(textOf(name, 'config-yaml'))).toContain(error)
  })

  test.each<[string, string]>([
    ['cfg-redos-nested', 'no error'],
    ['cfg-redos-alt', 'no error'],
    ['cfg-redos-poly', 'no error'],
    ['cfg-regex-lookahead', 'the pattern "(?=x)x" cannot be used'],
    ['cfg-regex-bomb', 'expression too large'],
    ['cfg-regex-match-all', 'no error'],
  ])('%s', (name, error) => {
    expect(errorOf(oneLine(textOf(name, 'config-regex')))).toContain(error)
  })

  test('none is left out', () => {
    const names = maliciousTexts
      .filter(({ where }) => where.startsWith('config-'))
      .map(({ where }) => where)
    expect(names.filter((where) => where === 'config-yaml')).toHaveLength(9)
    expect(names.filter((where) => where === 'config-regex')).toHaveLength(6)
  })

  function textOf(name: string, where: string): string {
    const vector = maliciousTexts.find((one) => one.name === name && one.where === where)
    if (vector === undefined) throw new Error(`there is no vector ${name}`)
    return vector.text
  }
})

describe('whatever the file holds', () => {
  const unit = fc.constantFrom(
    ...' \n\t-:,[]{}&*!|>\'"%@`#?~.0a',
    'tools:',
    'id: x',
    'name: X',
    'lines: ',
    'labels:\n  ',
    'bots: ',
    '<<: ',
    '---\n',
    '__proto__: ',
    '\r\n',
    '(?=x)',
  )

  test('it is read, or one error says where it is wrong', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit, maxLength: 60 })),
        (text) => {
          const reading = parseConfiguration(text)
          if ('error' in reading) expect(reading.error).toMatch(/^line \d+, column \d+: \S/)
          else expect(reading.configuration.tools.every(({ id }) => id !== '')).toBe(true)
        },
      ),
      { numRuns: propertyRuns(1_500) },
    )
  })

  test('nothing of it gets into what all objects share', () => {
    parseConfiguration(
      '__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }',
    )
    expect({}).not.toHaveProperty('polluted')
  })
})

test('readConfiguration is the way to it', async () => {
  expect(await readConfiguration('branches: [main]')).toEqual(
    parseConfiguration('branches: [main]'),
  )
  expect(await readConfiguration('x: 1')).toEqual(parseConfiguration('x: 1'))
})
