import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account, Commit } from '../../src/provenance/commit.ts'
import type { Evidence } from '../../src/provenance/evidence.ts'
import { findEvidence } from '../../src/provenance/find-evidence.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/registry.ts'
import { maliciousTexts } from '../support/malicious-inputs.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { smallRegistry } from '../support/small-registry.ts'

const marks = indexRegistry(shippedRegistry())

const claude = 'Co-Authored-By: Claude <noreply@anthropic.com>'
const dev = { name: 'Dev', email: 'dev@example.com' }
const gitHub = { name: 'GitHub', email: 'noreply@github.com' }
const noreply = (id: number, login: string) => ({
  name: login,
  email: `${id}+${login}@users.noreply.github.com`,
})
const session = 'Claude-Session: https://claude.ai/code/session_0123456789abcdefABCDEF'

const evidenceOf = (commit: Partial<Commit>) =>
  findEvidence({ message: 'Add x\n', ...commit }, marks).evidence

/** Each sign in short: `tool tier claim place`. */
const inShort = ({ tool, tier, claim, where }: Evidence) =>
  `${tool} ${tier} ${claim} ${where.in}${where.line === undefined ? '' : ` ${where.line}`}`

const signsOf = (commit: Partial<Commit>) => evidenceOf(commit).map(inShort)
const signsIn = (message: string) => signsOf({ author: dev, message })

describe('messages as they are written', () => {
  test.each<[string, string, string[]]>([
    ['nothing', 'Fix the parser\n\nIt broke on tabs.\n', []],
    ['a co-author', `Add x\n\n${claude}\n`, ['claude-code E2 assisted message 3']],
    [
      'a co-author and a session',
      `Add x\n\nWhy.\n\n${claude}\n${session}\n`,
      ['claude-code E2 assisted message 5', 'claude-code E2 assisted message 6'],
    ],
    [
      'a session far above the end, as a squash merge leaves it',
      `Add x (#12)\n\n* Add x\n\n${session}\n\n* Fix the test\n\n---------\n\nCo-authored-by: Dev <dev@example.com>\n`,
      ['claude-code E2 assisted message 5'],
    ],
    [
      'co-authors that a squash merge hoisted',
      `Add x (#12)\n\n* Add x\n\n* Fix\n\n---------\n\nCo-authored-by: Claude <noreply@anthropic.com>\nCo-authored-by: Cursor <cursoragent@cursor.com>\n`,
      ['claude-code E2 assisted message 9', 'cursor E2 assisted message 10'],
    ],
    [
      'text below the dashes',
      `Add x (#12)\n\n* Add x\n\n---------\n\n${claude}\n\nReviewed in the call.\n`,
      ['claude-code E2 assisted message 7'],
    ],
    [
      'the same line twice',
      'Add x\n\nCo-authored-by: Claude <noreply@anthropic.com>\nco-authored-by: CLAUDE <NOREPLY@ANTHROPIC.COM>\n',
      ['claude-code E2 assisted message 3'],
    ],
    [
      'two names of one tool',
      `Add x\n\n${claude}\nCo-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>\n`,
      ['claude-code E2 assisted message 3', 'claude-code E2 assisted message 4'],
    ],
    [
      'Windows line ends',
      `Add x\r\n\r\nWhy.\r\n\r\n${claude}\r\n`,
      ['claude-code E2 assisted message 5'],
    ],
    [
      'git merge --squash, which indents everything',
      `Squashed commit of the following:\n\ncommit ${'a'.repeat(40)}\nAuthor: Dev <dev@example.com>\nDate:   Mon Mar 2 10:00:00 2026 +0000\n\n    Add x\n\n    ${claude}\n`,
      ['claude-code E2 assisted message 9'],
    ],
    ['indented elsewhere', `Add x\n\n    ${claude}\n`, []],
    ['a quote', `Revert "Add x"\n\nThis reverts commit 0123456.\n\n> ${claude}\n`, []],
    ['a closed fence', `Add x\n\n\`\`\`\n${claude}\n\`\`\`\n`, []],
    ['an open fence', `Add x\n\n\`\`\`\n${claude}\n`, ['claude-code E2 assisted message 4']],
    [
      'a reviewer’s block in a squashed description',
      `Add x (#12)\n\n<!-- CURSOR_SUMMARY -->\n${claude}\n<!-- /CURSOR_SUMMARY -->\n`,
      [],
    ],
    ['a template’s comment', `Add x (#12)\n\n<!--\nAI-Assistance: none\n-->\n`, []],
    [
      'a declaration in the trailer block',
      'Add x\n\nAI-Assistance: none\nSigned-off-by: Dev <dev@example.com>\n',
      ['ai-assistance E3 unassisted message 3'],
    ],
    [
      'a declaration above other text',
      'Add x\n\nAI-Assistance: agent\n\nMore words.\n',
      ['ai-assistance E3 agent-authored message 3'],
    ],
    [
      'the kernel’s form',
      'net: fix x\n\nAssisted-by: Claude:claude-opus-4-5 sparse\nSigned-off-by: Dev <dev@example.com>\n',
      ['policy-assisted-by E3 assisted message 3'],
    ],
    ['Assisted-by a person', 'Fix x\n\nAssisted-by: Dev Example <dev@example.com>\n', []],
    [
      'a negative declaration',
      'Add x\n\nAI-usage: none\n',
      ['policy-ai-assisted E3 unassisted message 3'],
    ],
    [
      'a footer',
      'Add x\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n',
      ['claude-code E2 assisted message 3'],
    ],
    [
      'a footer inside a sentence',
      'Drop "Generated with [Claude Code](https://claude.com/claude-code)" here\n',
      [],
    ],
    [
      'a trailer whose line is its own paragraph',
      'Add x\n\nAgent-Logs-Url: https://github.com/acme/app/sessions/af831e12-0c44-4c1e-9a5e-3a2a5b1d7c90\n\nCo-authored-by: Dev <dev@example.com>\n',
      ['copilot-coding-agent E2 assisted message 3'],
    ],
    [
      'a person called like a tool',
      'Add x\n\nCo-authored-by: Devin Exemple <devin@example.com>\n',
      [],
    ],
    ['a person of the vendor', 'Add x\n\nCo-authored-by: Dev <dev@anthropic.com>\n', []],
    [
      'a doubled key',
      'Add x\n\nCo-authored-by: Co-authored-by: Claude <noreply@anthropic.com>\n',
      ['claude-code E2 assisted message 3'],
    ],
    [
      'a key with a no-break space',
      'Add x\n\nCo-authored\u00a0by: Claude <noreply@anthropic.com>\n',
      [],
    ],
    [
      'a key with a no-break space before its colon',
      'Add x\n\nCo-authored-by\u00a0: Claude <noreply@anthropic.com>\n',
      [],
    ],
    ['a key in another alphabet', 'Add x\n\nCo-аuthored-by: Claude <noreply@anthropic.com>\n', []],
    [
      'blanks before the colon',
      'Add x\n\nCo-authored-by \t: Claude <noreply@anthropic.com>\n',
      ['claude-code E2 assisted message 3'],
    ],
    ['keys of objects', 'Add x\n\n__proto__: x\nconstructor: y\ntoString: z\n', []],
    ['a homoglyph', 'Add x\n\nAssisted-by: Cl\u0430ude\n', []],
    [
      'full-width letters, which are not taken for ASCII',
      'Add x\n\nAssisted-by: \uff23\uff4c\uff41\uff55\uff44\uff45\n',
      [],
    ],
    ['a zero-width space in a name', 'Add x\n\nAssisted-by: Cla\u200bude\n', []],
  ])('%s', (_, message, signs) => {
    expect(signsIn(message)).toEqual(signs)
  })
})

describe('a generic key counts in git’s own trailer block only', () => {
  const own = indexRegistry(
    smallRegistry([
      {
        id: 'policy',
        kind: 'declaration',
        marks: [
          {
            id: 'block',
            in: 'trailer',
            keys: ['Generated-by'],
            pattern: '^AI',
            within: 'block',
            tier: 'E3',
          },
        ],
      },
    ]),
  )
  test.each<[string, string, number]>([
    ['in it', 'x\n\nGenerated-by: AI\n', 1],
    ['folded', 'x\n\nGenerated-by:\n  AI\n', 1],
    ['above it', 'x\n\nGenerated-by: AI\n\nSigned-off-by: Dev <dev@example.com>\n', 0],
    ['in the title', 'Generated-by: AI\n', 0],
    ['in a block that one other line undoes', 'x\n\nGenerated-by: AI\nCloses #1\n', 0],
    [
      'in a fence at the end',
      'x\n\n```\nGenerated-by: AI\nSigned-off-by: Dev <d@example.com>\n```\n',
      0,
    ],
  ])('%s', (_, message, count) => {
    expect(findEvidence({ message }, own).evidence).toHaveLength(count)
  })
})

describe('who authored a commit', () => {
  const account = (id: number, login: string): Account => ({ id, login, bot: true })
  const copilot = noreply(198982749, 'Copilot')
  const agent: Partial<Commit> = {
    author: copilot,
    committer: gitHub,
    authorAccount: account(198982749, 'Copilot'),
    verified: true,
  }

  test.each<[string, Partial<Commit>, string[]]>([
    ['a person', { author: dev }, []],
    [
      'an agent by its address: anyone can write it',
      { author: copilot },
      ['copilot-coding-agent E2 agent-authored author'],
    ],
    [
      'an agent by account and GitHub’s signature',
      agent,
      ['copilot-coding-agent E1 agent-authored author'],
    ],
    [
      'an agent by account and its own signature',
      { ...agent, committer: copilot },
      ['copilot-coding-agent E1 agent-authored author'],
    ],
    [
      'an agent’s commit that a person rebased and signed',
      { ...agent, committer: dev },
      ['copilot-coding-agent E2 agent-authored author'],
    ],
    [
      'an agent by account, unsigned',
      { ...agent, verified: false },
      ['copilot-coding-agent E2 agent-authored author'],
    ],
    [
      'an agent by account, signature unknown',
      { author: copilot, committer: gitHub, authorAccount: account(198982749, 'Copilot') },
      ['copilot-coding-agent E2 agent-authored author'],
    ],
    [
      'a verified commit of a person under an agent’s address',
      { ...agent, authorAccount: { id: 5, login: 'dev', bot: false } },
      ['copilot-coding-agent E2 agent-authored author'],
    ],
    [
      'an agent’s account under a private address',
      { ...agent, author: dev },
      ['copilot-coding-agent E1 agent-authored author'],
    ],
    [
      'Devin',
      { author: noreply(158243242, 'devin-ai-integration[bot]') },
      ['devin E2 agent-authored author'],
    ],
    [
      'Claude under the number of github-actions',
      { author: noreply(41898282, 'claude[bot]') },
      ['claude-code-action E2 agent-authored author'],
    ],
    [
      'Claude under the number of github-actions, whose account GitHub links',
      {
        author: noreply(41898282, 'claude[bot]'),
        committer: gitHub,
        authorAccount: account(41898282, 'github-actions[bot]'),
        verified: true,
      },
      ['claude-code-action E2 agent-authored author'],
    ],
    [
      'Claude by its own account',
      {
        author: noreply(209825114, 'claude[bot]'),
        committer: gitHub,
        authorAccount: account(209825114, 'claude[bot]'),
        verified: true,
      },
      ['claude-code-action E1 agent-authored author'],
    ],
    [
      'a person with aider',
      { author: { name: 'Dev (aider)', email: 'dev@example.com' } },
      ['aider E2 assisted author'],
    ],
    [
      'a person who edited behind aider',
      { author: dev, committer: { name: 'Dev (aider)', email: 'dev@example.com' } },
      [],
    ],
    [
      'a reviewer that pushed',
      { author: noreply(136622811, 'coderabbitai[bot]') },
      ['coderabbit E2 agent-authored author'],
    ],
  ])('%s', (_, commit, signs) => {
    expect(signsOf(commit)).toEqual(signs)
  })
})

describe('bots that are no AI tools', () => {
  const automationOf = (commit: Partial<Commit>) =>
    findEvidence({ message: 'Bump x\n', ...commit }, marks).automation

  test.each<[string, Partial<Commit>, string | undefined]>([
    ['dependabot', { author: noreply(49699333, 'dependabot[bot]') }, 'dependabot'],
    ['renovate', { author: noreply(29139614, 'renovate[bot]') }, 'renovate'],
    ['github-actions', { author: noreply(41898282, 'github-actions[bot]') }, 'github-actions'],
    ['claude under its number', { author: noreply(41898282, 'claude[bot]') }, undefined],
    [
      'a bot as committer only',
      { author: dev, committer: noreply(49699333, 'dependabot[bot]') },
      undefined,
    ],
    [
      'a bot as co-author only',
      {
        author: dev,
        message:
          'x\n\nCo-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>',
      },
      undefined,
    ],
    ['nobody', {}, undefined],
  ])('%s', (_, commit, automation) => {
    expect(automationOf(commit)).toBe(automation)
    expect(
      signsOf({ ...commit, author: commit.author ?? dev }).filter((sign) =>
        sign.startsWith('dependabot'),
      ),
    ).toEqual([])
  })

  test('what an AI tool wrote into a bot’s commit still counts', () => {
    const commit = {
      author: noreply(41898282, 'github-actions[bot]'),
      message: `Add x\n\n${claude}\n`,
    }
    expect(signsOf(commit)).toEqual(['claude-code E2 assisted message 3'])
    expect(automationOf(commit)).toBe('github-actions')
  })
})

describe('accepted review suggestions', () => {
  const byWeb = (subject: string, coAuthor: string) =>
    signsOf({
      author: dev,
      committer: gitHub,
      message: `${subject}\n\nCo-authored-by: ${coAuthor}\n`,
    })
  const devin = 'Devin <158243242+devin-ai-integration[bot]@users.noreply.github.com>'
  const claudeApp = 'claude[bot] <41898282+claude[bot]@users.noreply.github.com>'
  const review = 'Copilot <175728472+Copilot@users.noreply.github.com>'

  test.each<[string, string, string, string[]]>([
    [
      'Copilot’s reviewer',
      'Update src/a.ts',
      review,
      ['copilot-code-review E2 suggested message 3'],
    ],
    [
      'CodeRabbit',
      'Apply suggestions from code review',
      'coderabbitai[bot] <136622811+coderabbitai[bot]@users.noreply.github.com>',
      ['coderabbit E2 suggested message 3'],
    ],
    [
      'Autofix',
      'Potential fix for code scanning alert no. 3: x',
      'Copilot Autofix powered by AI <62310815+github-advanced-security[bot]@users.noreply.github.com>',
      ['copilot-autofix E2 suggested message 3'],
    ],
    [
      'Devin',
      'Apply suggestion from @devin-ai-integration[bot]',
      devin,
      ['devin E2 suggested message 3'],
    ],
    ['Devin, on one file', 'Update docs/read me.md', devin, ['devin E2 suggested message 3']],
    [
      'claude[bot] under the number of github-actions',
      'Update README.md',
      claudeApp,
      ['claude-code-action E2 suggested message 3'],
    ],
    [
      'Claude Code’s own address is no reviewer',
      'Update README.md',
      'Claude <noreply@anthropic.com>',
      ['claude-code E2 assisted message 3'],
    ],
    ['Devin as co-author of other work', 'Add the parser', devin, ['devin E2 assisted message 3']],
    [
      'a squash merge that is titled alike',
      'Update the parser (#12)',
      devin,
      ['devin E2 assisted message 3'],
    ],
    [
      'a squash merge that took over an accepted suggestion',
      'Improve the settings (#12)\n\n* Add x\n\n* Update src/a.ts\n\nCo-authored-by: '.concat(
        devin,
      ),
      devin,
      ['devin E2 suggested message 7'],
    ],
    [
      'a reviewer as co-author of a squash merge',
      'Add the parser (#12)',
      review,
      ['copilot-code-review E2 suggested message 3'],
    ],
  ])('%s', (_, subject, coAuthor, signs) => {
    expect(byWeb(subject, coAuthor)).toEqual(signs)
  })

  test.each([
    ['Update src/a.ts', 'suggested'],
    ['Update README.md', 'suggested'],
    ['Apply suggestions from code review', 'suggested'],
    ['Potential fix for pull request finding', 'suggested'],
    ['Update the parser', 'assisted'],
    ['Update parser', 'assisted'],
    ['Apply suggestions', 'assisted'],
    ['Update src/a.ts (#12)', 'assisted'],
  ])('recommitted by a person, as a rebase does: %s is %s', (subject, claim) => {
    const message = `${subject}\n\nCo-authored-by: ${devin}\n`
    expect(signsOf({ author: dev, committer: dev, message })).toEqual([
      `devin E2 ${claim} message 3`,
    ])
    expect(signsOf({ message })).toEqual([`devin E2 ${claim} message 3`])
  })

  test.each([
    'The hook writes "x\\n\\nCo-Authored-By: Claude <noreply@anthropic.com>" at the end.',
    "msg.replace('\\nCo-Authored-By: Claude <noreply@anthropic.com>', '')",
    'It ends in `x\\nCo-Authored-By: Claude <noreply@anthropic.com>`.',
  ])('a written-out line break in a quotation is none: %s', (line) => {
    expect(signsOf({ author: dev, message: `Add x\n\n${line}\n` })).toEqual([])
  })

  test('line breaks that a shell wrote out are line breaks', () => {
    const message = `Add x\n\nIt doesn't matter.\\n\\nCo-authored-by: ${devin}`
    expect(signsOf({ author: dev, message })).toEqual(['devin E2 assisted message 3'])
  })
})

describe('marks of bad days', () => {
  const message = 'Add x\n\nCo-authored-by: Copilot <copilot@github.com>\n'
  test.each<[string, string | undefined]>([
    ['2026-04-21T23:59:59Z', undefined],
    ['2026-04-22T00:00:00Z', 'vscode-co-author'],
    ['2026-05-10T23:59:59Z', 'vscode-co-author'],
    ['2026-05-11T00:00:00Z', undefined],
  ])('%s', (time, epoch) => {
    const [sign] = evidenceOf({ message, authoredAt: Date.parse(time) })
    expect(sign?.epoch).toBe(epoch)
    expect(sign?.tier).toBe(epoch === undefined ? 'E3' : 'E4')
  })
})

describe('authorship notes', () => {
  const note = (section: string, tools: readonly string[]) => {
    const prompts = Object.fromEntries(
      tools.map((tool, index) => [`${index}`.repeat(16), { agent_id: { tool } }]),
    )
    return `${section}---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: '', prompts })}`
  }
  const withNote = (text: string, ref = 'refs/notes/ai') =>
    signsOf({ notes: new Map([[ref, text]]) })

  test('on the commit of a release robot is of what it packs', () => {
    const author = {
      name: 'github-actions[bot]',
      email: '41898282+github-actions[bot]@users.noreply.github.com',
    }
    const notes = new Map([['refs/notes/ai', note('', [])]])
    expect(signsOf({ author: dev, message: 'Release', notes })).toEqual([
      'git-ai E1 unassisted note',
    ])
    expect(signsOf({ author, message: 'Release', notes })).toEqual([])
  })

  test.each<[string, string, string[]]>([
    [
      'two tools, one under git-ai’s own name for it',
      note('a.ts\n  0000000000000000 1-3\n  1111111111111111 4\n', ['claude', 'cursor']),
      ['claude-code E1 assisted note', 'cursor E1 assisted note'],
    ],
    [
      'a tool that the registry does not have',
      note('a.ts\n  0000000000000000 1-3\n', ['nobody-knows']),
      ['git-ai E1 assisted note'],
    ],
    [
      'a tool’s name that is a bot’s',
      note('a.ts\n  0000000000000000 1-3\n', ['dependabot']),
      ['git-ai E1 assisted note'],
    ],
    ['no AI', note('', []), ['git-ai E1 unassisted note']],
    ['neither', note('', ['claude']), []],
    ['no note at all', 'not a note', []],
  ])('%s', (_, text, signs) => {
    expect(withNote(text)).toEqual(signs)
  })

  test('only under its own ref', () => {
    expect(withNote(note('', []), 'refs/notes/commits')).toEqual([])
  })

  test('only where the registry says how it is read', () => {
    const unread = indexRegistry(
      smallRegistry([
        { id: 'git-ai', marks: [{ id: 'note', in: 'note', ref: 'refs/notes/ai', tier: 'E1' }] },
      ]),
    )
    const commit = { message: 'x', notes: new Map([['refs/notes/ai', note('', [])]]) }
    expect(findEvidence(commit, unread).evidence).toEqual([])
  })
})

test('each sign says where and when it was written', () => {
  const sha = 'a'.repeat(40)
  expect(evidenceOf({ sha, committedAt: 5, authoredAt: 4, message: `x\n\n${claude}\n` })).toEqual([
    {
      tool: 'claude-code',
      mark: expect.stringMatching(/^claude-code\//),
      tier: 'E2',
      claim: 'assisted',
      where: { in: 'message', line: 3, sha },
      text: claude,
      at: 5,
    },
  ])
})

test('git’s own reading of the trailers comes along', () => {
  expect(findEvidence({ message: 'x\n\nA: b\nconstructor: c\n' }, marks).trailers).toEqual([
    { key: 'A', value: 'b', line: 3 },
    { key: 'constructor', value: 'c', line: 4 },
  ])
})

describe('whatever a commit says', () => {
  test.each(maliciousTexts.map(({ name, text }) => [name, text]))('%s', (_, text) => {
    const commit: Commit = {
      message: `Add x\n\n${text}\n\nAssisted-by: ${text}\nCo-authored-by: ${text} <noreply@anthropic.com>\n`,
      author: { name: text, email: text },
      committer: { name: text, email: text },
      notes: new Map([['refs/notes/ai', text]]),
    }
    for (const { tool, text: shown } of findEvidence(commit, marks).evidence) {
      expect([...marks.tools.keys()]).toContain(tool)
      expect(shown.length).toBeLessThanOrEqual(200)
      expect(shown).not.toContain('jane.private')
    }
  })

  test('no person’s address gets into the evidence', () => {
    const key = fc.constantFrom(
      'Co-authored-by',
      'Assisted-by',
      'Generated-by',
      'AI-assisted',
      'AI-usage',
    )
    const value = fc.constantFrom(
      'Claude Opus 4.5',
      'Claude:claude-opus-4-5',
      'Cursor',
      'yes',
      'Claude <noreply@anthropic.com>',
    )
    fc.assert(
      fc.property(fc.emailAddress(), key, value, fc.boolean(), (email, trailer, said, aider) => {
        const person = { name: aider ? 'Dev (aider)' : 'Dev', email }
        const message = `Add x\n\n${trailer}: ${said}, Dev <${email}>\n${trailer}: ${said} ${email}\nmade with AI by ${email}\n`
        const { evidence } = findEvidence({ author: person, committer: person, message }, marks)
        for (const { text } of evidence) expect(text).not.toContain(email)
      }),
      { numRuns: propertyRuns(1_000) },
    )
  })
})

test('a message that is not looked through holds nothing', () => {
  const unit = fc.constantFrom(
    claude,
    session,
    'AI-assisted',
    'ASSISTED-BY',
    ': ',
    ' :',
    'yes',
    'Generated with [Claude Code](https://claude.com/claude-code)',
    '    ',
    '\n',
    '\r\n',
    '> ',
    'Squashed commit of the following:\n',
    'co-authored-by\t: Claude <noreply@anthropic.com>',
    'words',
  )
  const lookThrough = { ...marks, mayHoldMark: () => true }
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (message) => {
      expect(findEvidence({ message }, marks)).toEqual(findEvidence({ message }, lookThrough))
    }),
    { numRuns: propertyRuns(1_000) },
  )
})

describe('much of everything', () => {
  test.each<[string, string, number]>([
    ['one trailer very often', `s\n\n${'AI-assisted: yes\n'.repeat(100_000)}`, 1],
    ['a long value', `s\n\nAI-assisted: ${'x'.repeat(1_000_000)}\n`, 1],
    [
      'a long line of a footer',
      `s\n\nGenerated with [Claude Code](https://claude.${'x'.repeat(1_000_000)}\n`,
      0,
    ],
    ['a long name of brackets', `s\n\nCo-authored-by: ${'<'.repeat(1_000_000)}\n`, 0],
    ['spaces before a value', `s\n\nAI-Assistance:${' '.repeat(50_000)}none\n`, 1],
    ['a key of hyphens', `s\n\n${'a-'.repeat(50_000)}: x\n`, 0],
    ['fences', `s\n\n${'```\n'.repeat(100_000)}`, 0],
    ['a title of a million characters', `Update ${'x'.repeat(1_000_000)}`, 0],
  ])('%s', (_, message, count) => {
    expect(evidenceOf({ message, committer: gitHub })).toHaveLength(count)
  })
})
