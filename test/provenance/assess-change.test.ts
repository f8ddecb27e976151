import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assessChange } from '../../src/provenance/assess-change.ts'
import type { ChangeFacts, LabelEvent } from '../../src/provenance/change-facts.ts'
import type { Account, Commit } from '../../src/provenance/commit.ts'
import type { Evidence } from '../../src/provenance/evidence.ts'
import { readConfiguration } from '../../src/provenance/read-configuration.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/registry.ts'
import { findForbiddenWords } from '../support/forbidden-words.ts'
import { maliciousTexts } from '../support/malicious-inputs.ts'
import { propertyRuns } from '../support/property-runs.ts'

const marks = indexRegistry(shippedRegistry())
const answerLabels = {
  assisted: 'ai:assisted',
  agentAuthored: 'ai:agent-authored',
  unassisted: 'ai:unassisted',
}

const assess = (facts: Partial<ChangeFacts>) =>
  assessChange({ commits: [], complete: true, answerLabels, ...facts }, marks)

const claude = 'Co-Authored-By: Claude <noreply@anthropic.com>'
const dev = { name: 'Dev', email: 'dev@example.com' }
const gitHub = { name: 'GitHub', email: 'noreply@github.com' }
const noreply = (id: number, login: string) => ({
  name: login,
  email: `${id}+${login}@users.noreply.github.com`,
})

const commit = (message: string, rest: Partial<Commit> = {}): Commit => ({
  message,
  author: dev,
  parents: 1,
  committedAt: 100,
  ...rest,
})
const plain = commit('Fix y\n')
const marked = commit(`Add x\n\n${claude}\n`)
const declared = commit('Add x\n\nAI-Assistance: assisted\n')
const none = commit('Add x\n\nAI-Assistance: none\n')
const byAgent = commit('Add x\n', { author: noreply(198982749, 'Copilot') })
const suggestion = commit(
  'Update a.ts\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>\n',
  { committer: gitHub },
)
const attested = commit('Add x\n', {
  notes: new Map([
    [
      'refs/notes/ai',
      '---\n{"schema_version":"authorship/3.0.0","base_commit_sha":"","prompts":{}}',
    ],
  ]),
})
const badDays = commit('Add x\n\nCo-authored-by: Copilot <copilot@github.com>\n', {
  authoredAt: Date.parse('2026-05-01'),
})

const bot = (id: number, login: string): Account => ({ id, login, bot: true })
const event = (
  label: string,
  action: LabelEvent['action'],
  by: LabelEvent['by'],
  at: number,
): LabelEvent => ({ label, action, by, at })

/** The answer in short: `assistance tier set-aside`, without what is absent. */
function answer(facts: Partial<ChangeFacts>): string {
  const { assistance, tier, setAside } = assess(facts)
  return [assistance, tier, setAside].filter((part) => part !== null).join(' ')
}

describe('from its commits', () => {
  test.each<[string, Commit[], string]>([
    ['none', [], 'undeclared'],
    ['no sign', [plain, plain], 'undeclared'],
    ['one mark of many', [plain, plain, marked], 'assisted E2'],
    ['a declaration', [plain, declared], 'assisted E3'],
    ['all declared to be made without', [none, none], 'unassisted E3'],
    ['one of two declared to be made without', [none, plain], 'undeclared'],
    ['all attested to be made without', [attested, attested], 'unassisted E1'],
    ['one of two attested to be made without', [attested, plain], 'undeclared'],
    ['attested and declared to be made without', [attested, none], 'unassisted E1'],
    ['one without, one with a mark', [none, marked], 'assisted E2'],
    ['one attested without, one with a mark', [attested, marked], 'assisted E2'],
    ['a suggestion', [plain, suggestion], 'undeclared'],
    ['a mark of bad days', [plain, badDays], 'undeclared unreliable-mark'],
    ['a mark of bad days and another', [marked, badDays], 'assisted E2'],
    [
      'a mark that a person contradicts beside it',
      [plain, commit(`x\n\nAI-Assistance: none\n${claude}\n`)],
      'assisted E2 disputed',
    ],
    [
      'a merge of the base branch',
      [commit(`Merge main\n\n${claude}\n`, { parents: 2 })],
      'undeclared',
    ],
    [
      'a merge beside what is attested',
      [attested, commit('Merge main\n', { parents: 2 })],
      'unassisted E1',
    ],
  ])('%s', (_, commits, expected) => {
    expect(answer({ commits })).toBe(expected)
  })

  test('merges are not counted', () => {
    expect(
      assess({ commits: [marked, plain, commit('Merge main\n', { parents: 2 })] }),
    ).toMatchObject({
      assistedCommits: 1,
      totalCommits: 2,
    })
  })

  test('commits whose parents are not known count', () => {
    const { parents: _, ...unknown } = marked
    expect(assess({ commits: [unknown] })).toMatchObject({ totalCommits: 1, intensity: 'heavy' })
  })
})

describe('intensity: half is heavy', () => {
  test.each<[string, Commit[], 'light' | 'heavy' | null]>([
    ['1 of 1', [marked], 'heavy'],
    ['1 of 2', [marked, plain], 'heavy'],
    ['1 of 3', [marked, plain, plain], 'light'],
    ['2 of 4', [marked, marked, plain, plain], 'heavy'],
    ['2 of 5', [marked, marked, plain, plain, plain], 'light'],
    ['3 of 5', [marked, declared, byAgent, plain, plain], 'heavy'],
    ['suggestions are no evidence of authorship', [marked, suggestion, suggestion], 'light'],
    ['0 of 1', [plain], null],
  ])('%s', (_, commits, intensity) => {
    expect(assess({ commits }).intensity).toBe(intensity)
  })

  test('a sign in the pull request alone is light', () => {
    expect(assess({ commits: [plain], description: 'AI-Assistance: assisted' }).intensity).toBe(
      'light',
    )
    expect(assess({ commits: [], description: 'AI-Assistance: assisted' }).intensity).toBe('light')
  })
})

describe('agent-authored', () => {
  const copilot = bot(198982749, 'Copilot')
  test.each<[string, Partial<ChangeFacts>, boolean, string]>([
    ['opened by an agent', { commits: [plain], opener: copilot }, true, 'assisted E1'],
    [
      'opened by Devin',
      { opener: bot(158243242, 'devin-ai-integration[bot]') },
      true,
      'assisted E1',
    ],
    [
      'opened by a reviewer’s app',
      { opener: bot(136622811, 'coderabbitai[bot]') },
      true,
      'assisted E1',
    ],
    [
      'opened by a person',
      { commits: [marked], opener: { id: 5, login: 'dev', bot: false } },
      false,
      'assisted E2',
    ],
    [
      'opened by a person with a name like an agent’s',
      { opener: { id: 5, login: 'copilot', bot: false } },
      false,
      'undeclared',
    ],
    ['half of the commits', { commits: [byAgent, plain] }, true, 'assisted E2'],
    ['less than half', { commits: [byAgent, plain, plain] }, false, 'assisted E2'],
    [
      'declared for the whole',
      { commits: [plain], description: 'AI-Assistance: agent' },
      true,
      'assisted E3',
    ],
    [
      'declared on one commit of three',
      { commits: [commit('x\n\nAI-Assistance: agent\n'), plain, plain] },
      false,
      'assisted E3',
    ],
    [
      'a label',
      { commits: [plain], labelEvents: [event('ai:agent-authored', 'added', 'person', 200)] },
      true,
      'assisted E3',
    ],
  ])('%s', (_, facts, agentAuthored, expected) => {
    expect(assess(facts).agentAuthored).toBe(agentAuthored)
    expect(answer(facts)).toBe(expected)
  })

  test('an account that a repository calls an agent, a person’s by kind, attests nothing', async () => {
    const reading = await readConfiguration(
      'tools: [{ id: helper, name: H, kind: agent, authors: [acme-helper] }]',
    )
    if ('error' in reading) throw new Error(reading.error)
    const own = indexRegistry(shippedRegistry(), reading.configuration)
    const openedBy = (asBot: boolean) =>
      assessChange(
        { commits: [], complete: true, opener: { id: 9, login: 'Acme-Helper', bot: asBot } },
        own,
      )
    expect(openedBy(false)).toMatchObject({ agentAuthored: true, tier: 'E2', tools: ['helper'] })
    expect(openedBy(true)).toMatchObject({ agentAuthored: true, tier: 'E1' })
  })
})

describe('from the pull request itself', () => {
  test.each<[string, Partial<ChangeFacts>, string]>([
    ['a branch name', { branch: 'copilot/fix-1' }, 'undeclared'],
    [
      'a tool’s footer',
      {
        description:
          'Why.\r\n\r\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\r\n',
      },
      'assisted E2',
    ],
    ['a declaration', { description: 'AI-Assistance: none' }, 'unassisted E3'],
    ['a declaration with a small letter', { description: 'AI-Assistance: None' }, 'unassisted E3'],
    ['a quoted declaration', { description: '> AI-Assistance: none' }, 'undeclared'],
    ['a fenced declaration', { description: '```\nAI-Assistance: none\n```' }, 'undeclared'],
    ['a template’s comment', { description: '<!--\nAI-Assistance: none\n-->' }, 'undeclared'],
    [
      'what a reviewer wrote',
      { description: '<!-- CURSOR_SUMMARY -->\nAI-Assistance: none\n<!-- /CURSOR_SUMMARY -->' },
      'undeclared',
    ],
    [
      'a declaration against a commit’s mark',
      { commits: [marked], description: 'AI-Assistance: none', describedAt: 200 },
      'assisted E2 disputed',
    ],
    [
      'a declaration later than a commit’s',
      { commits: [declared], description: 'AI-Assistance: none', describedAt: 200 },
      'unassisted E3',
    ],
    [
      'a declaration earlier than a commit’s',
      { commits: [declared], description: 'AI-Assistance: none', describedAt: 50 },
      'assisted E3',
    ],
    [
      'a declaration against an agent’s own account',
      { opener: bot(198982749, 'Copilot'), description: 'AI-Assistance: none', describedAt: 200 },
      'assisted E1',
    ],
    [
      'AI declared against notes without',
      { commits: [attested], description: 'AI-Assistance: assisted' },
      'unassisted E1 disputed',
    ],
  ])('%s', (_, facts, expected) => {
    expect(answer(facts)).toBe(expected)
  })

  test('a line that stands twice is one sign', () => {
    const { evidence } = assess({ description: 'AI-Assistance: none\n\nAI-Assistance: none' })
    expect(evidence).toMatchObject([{ where: { in: 'description', line: 1 } }])
  })
})

describe('labels', () => {
  const on = event('ai:assisted', 'added', 'us', 110)
  const off = event('ai:assisted', 'removed', 'person', 120)
  const again = event('AI:assisted', 'added', 'person', 130)
  test.each<[string, Commit[], LabelEvent[], string]>([
    ['what we put on says nothing', [plain], [on], 'undeclared'],
    [
      'what another app puts on under our name says nothing',
      [plain],
      [event('ai:assisted', 'added', 'app', 110)],
      'undeclared',
    ],
    ['a person declares', [plain], [event('ai:assisted', 'added', 'person', 110)], 'assisted E3'],
    [
      'a person declares none',
      [plain],
      [event('ai:unassisted', 'added', 'person', 110)],
      'unassisted E3',
    ],
    ['a person takes off what we put on a mark', [marked], [on, off], 'assisted E2 disputed'],
    ['a person takes off what we put on a declaration', [declared], [on, off], 'undeclared'],
    ['and puts it on again', [declared], [on, off, again], 'assisted E3'],
    ['and puts it on again, on a mark', [marked], [on, off, again], 'assisted E2'],
    [
      'and takes it off again',
      [declared],
      [on, off, again, event('ai:assisted', 'removed', 'person', 140)],
      'undeclared',
    ],
    [
      'a declaration later than that',
      [commit('x\n\nAI-Assistance: assisted\n', { committedAt: 125 })],
      [on, off],
      'assisted E3',
    ],
    [
      'a person takes off their own',
      [plain],
      [
        event('ai:unassisted', 'added', 'person', 110),
        event('ai:unassisted', 'removed', 'person', 120),
      ],
      'undeclared',
    ],
    [
      'a person takes off our "none"',
      [none],
      [
        event('ai:unassisted', 'added', 'us', 110),
        event('ai:unassisted', 'removed', 'person', 120),
      ],
      'undeclared',
    ],
    [
      'a person changes ours',
      [declared],
      [on, off, event('ai:unassisted', 'added', 'person', 121)],
      'unassisted E3',
    ],
    ['we take off ours', [plain], [on, event('ai:assisted', 'removed', 'us', 120)], 'undeclared'],
    ['events come in any order', [declared], [again, off, on], 'assisted E3'],
  ])('%s', (_, commits, labelEvents, expected) => {
    expect(answer({ commits, labelEvents })).toBe(expected)
  })

  test.each<[string, LabelEvent[]]>([
    [
      'first on, then off',
      [
        event('ai:assisted', 'added', 'person', 120),
        event('ai:agent-authored', 'removed', 'person', 130),
      ],
    ],
    [
      'first off, then on',
      [
        event('ai:agent-authored', 'removed', 'person', 120),
        event('ai:assisted', 'added', 'person', 130),
      ],
    ],
    [
      'both at once',
      [
        event('ai:assisted', 'added', 'person', 120),
        event('ai:agent-authored', 'removed', 'person', 120),
      ],
    ],
  ])('a person changes "agent-authored" into "assisted", which denies no AI: %s', (_, changes) => {
    const ours = event('ai:agent-authored', 'added', 'us', 110)
    expect(answer({ commits: [byAgent], labelEvents: [ours, ...changes] })).toBe('assisted E2')
    expect(answer({ commits: [declared], labelEvents: [ours, ...changes] })).toBe('assisted E3')
  })

  test('a label names no tool', () => {
    const labelEvents = [event('ai:assisted', 'added', 'person', 110)]
    expect(assess({ commits: [plain], labelEvents })).toMatchObject({
      tools: [],
      evidence: [{ tool: 'label', mark: 'label/assisted', text: 'ai:assisted', at: 110 }],
    })
  })

  test.each<[string, LabelEvent['by'] | undefined, string]>([
    ['set by the vendor’s app', 'app', 'assisted E2'],
    ['set by a person', 'person', 'assisted E3'],
    ['set with the token of a job', 'us', 'assisted E2'],
    ['set by nobody knows whom', undefined, 'assisted E3'],
  ])('a vendor’s label, %s', (_, by, expected) => {
    const labelEvents = by === undefined ? [] : [event('Claude-Code-Assisted', 'added', by, 110)]
    expect(answer({ labels: ['claude-code-assisted'], labelEvents })).toBe(expected)
  })

  test('a vendor’s label that is off says nothing', () => {
    expect(
      answer({ labels: [], labelEvents: [event('claude-code-assisted', 'added', 'app', 110)] }),
    ).toBe('undeclared')
  })

  test('a weak label stays weak, whoever set it', () => {
    expect(answer({ labels: ['amp'], labelEvents: [event('amp', 'added', 'app', 110)] })).toBe(
      'undeclared',
    )
    expect(answer({ labels: ['amp'], labelEvents: [event('amp', 'added', 'person', 110)] })).toBe(
      'undeclared',
    )
  })

  test('a repository’s own label', async () => {
    const reading = await readConfiguration('labels: { unassisted: [by-hand], assisted: [robot] }')
    if ('error' in reading) throw new Error(reading.error)
    const own = indexRegistry(shippedRegistry(), reading.configuration)
    const labelled = (...labels: string[]) =>
      assessChange({ commits: [plain], complete: true, labels, answerLabels }, own)
    expect(labelled('By-Hand')).toMatchObject({ assistance: 'unassisted', tier: 'E3' })
    expect(labelled('robot')).toMatchObject({ assistance: 'assisted', tier: 'E3', tools: [] })
  })

  test('an answer’s label that the registry knows too counts as the answer’s', () => {
    const facts = {
      labels: ['ai-assisted'],
      answerLabels: { ...answerLabels, assisted: 'AI-assisted' },
    }
    expect(answer(facts)).toBe('undeclared')
    expect(answer({ labels: ['ai-assisted'] })).toBe('assisted E3')
  })
})

describe('the squash or merge commit', () => {
  const squash = (message: string, rest: Partial<Commit> = {}) => commit(message, rest)

  test.each<[string, Partial<ChangeFacts>, string]>([
    [
      'says what no commit said',
      { commits: [plain], mergeCommit: squash(`Add x (#12)\n\n${claude}\n`) },
      'assisted E2',
    ],
    [
      'says it again',
      { commits: [marked], mergeCommit: squash(`Add x (#12)\n\n${claude}\n`) },
      'assisted E2',
    ],
    [
      'hoists the co-author of a suggestion',
      {
        commits: [
          commit(
            'Update a.ts\n\nCo-authored-by: claude[bot] <41898282+claude[bot]@users.noreply.github.com>\n',
            { committer: gitHub },
          ),
        ],
        mergeCommit: squash(
          'Add x (#12)\n\n---------\n\nCo-authored-by: claude[bot] <41898282+claude[bot]@users.noreply.github.com>\n',
        ),
      },
      'undeclared',
    ],
    [
      'hoists a mark of bad days, days later',
      {
        commits: [badDays],
        mergeCommit: squash('Add x (#12)\n\nCo-authored-by: Copilot <copilot@github.com>\n', {
          authoredAt: Date.parse('2026-05-20'),
        }),
      },
      'undeclared unreliable-mark',
    ],
    [
      'has an author who is not the change’s',
      {
        commits: [plain],
        mergeCommit: squash('Add x (#12)\n', { author: noreply(198982749, 'Copilot') }),
      },
      'undeclared',
    ],
    [
      'repeats what one commit of two declared',
      { commits: [none, plain], mergeCommit: squash('Add x (#12)\n\nAI-Assistance: none\n') },
      'undeclared',
    ],
  ])('%s', (_, facts, expected) => {
    expect(answer(facts)).toBe(expected)
  })

  test('is not counted', () => {
    const { totalCommits, assistedCommits } = assess({ commits: [plain], mergeCommit: marked })
    expect({ totalCommits, assistedCommits }).toEqual({ totalCommits: 1, assistedCommits: 0 })
  })
})

describe('where not every commit could be read', () => {
  test.each<[string, Partial<ChangeFacts>, string]>([
    ['no sign', { commits: [plain] }, 'undeclared'],
    ['a mark', { commits: [marked] }, 'assisted E2'],
    ['all that were read attested to be without', { commits: [attested] }, 'undeclared'],
    [
      'declared to be without',
      { commits: [plain], description: 'AI-Assistance: none' },
      'undeclared',
    ],
    [
      'attested without and declared with',
      { commits: [attested], description: 'AI-Assistance: assisted' },
      'undeclared disputed',
    ],
  ])('%s', (_, facts, expected) => {
    expect(answer({ ...facts, complete: false })).toBe(expected)
    expect(assess({ ...facts, complete: false })).toMatchObject({
      complete: false,
      reason: expect.stringContaining('Not everything could be read'),
    })
  })
})

describe('bots that are no AI tools', () => {
  const dependabot = noreply(49699333, 'dependabot[bot]')
  test.each<[string, Partial<ChangeFacts>, string | null]>([
    ['opened by one', { opener: bot(49699333, 'dependabot[bot]'), commits: [plain] }, 'dependabot'],
    [
      'all commits by one',
      {
        commits: [
          commit('Bump x', { author: dependabot }),
          commit('Bump y', { author: dependabot }),
        ],
      },
      'dependabot',
    ],
    ['one of two commits', { commits: [commit('Bump x', { author: dependabot }), plain] }, null],
    ['opened by an agent', { opener: bot(158243242, 'devin-ai-integration[bot]') }, null],
    ['no commits', {}, null],
  ])('%s', (_, facts, automation) => {
    expect(assess(facts).automation).toBe(automation)
  })

  test('what an AI tool added to it is told all the same', () => {
    expect(assess({ opener: bot(49699333, 'dependabot[bot]'), commits: [marked] })).toMatchObject({
      automation: 'dependabot',
      assistance: 'assisted',
    })
  })
})

test('a policy that makes absence meaningless is found for its repository', () => {
  const [policy] = shippedRegistry().policies
  if (policy === undefined) throw new Error('the registry has no policies')
  expect(assess({ repository: policy.repository.toUpperCase() }).policy).toBe(policy.reason)
  expect(assess({ repository: 'acme/app' }).policy).toBeNull()
  expect(assess({ repository: '__proto__' }).policy).toBeNull()
  expect(assess({}).policy).toBeNull()
})

describe('the reason', () => {
  test.each<[string, Partial<ChangeFacts>, string]>([
    [
      'nothing',
      { commits: [plain] },
      'Nothing is recorded, which does not show that no AI was used.',
    ],
    [
      'a branch name',
      { commits: [plain], branch: 'copilot/x' },
      'There are only weak signs, which are never enough alone.',
    ],
    [
      'a suggestion',
      { commits: [suggestion] },
      'An AI review suggestion was accepted, which is not authorship; nothing else is recorded.',
    ],
    [
      'some without',
      { commits: [attested, plain] },
      'Some commits are declared or attested to be made without AI; the others say nothing.',
    ],
    [
      'a bot',
      { opener: bot(49699333, 'dependabot[bot]') },
      'It was made by a bot that is not an AI tool.',
    ],
    [
      'taken back',
      {
        commits: [declared],
        labelEvents: [
          event('ai:assisted', 'added', 'us', 110),
          event('ai:assisted', 'removed', 'person', 120),
        ],
      },
      'A person took back what was declared, and nothing else is recorded.',
    ],
    [
      'a mark of bad days',
      { commits: [badDays] },
      'The only mark comes from a time in which it was written without AI use, so this change counts neither as assisted nor as unassisted.',
    ],
    [
      'one commit of one',
      { commits: [marked] },
      'It carries the mark that an AI tool leaves. Its one commit carries a sign of AI.',
    ],
    [
      'one commit of two',
      { commits: [marked, plain] },
      'It carries the mark that an AI tool leaves. 1 of its 2 commits carries a sign of AI.',
    ],
    [
      'none of its commits',
      { commits: [plain], description: 'AI-Assistance: assisted' },
      'A person declared it. No sign stands in its own commits.',
    ],
    [
      'an agent, no commits',
      { opener: bot(198982749, 'Copilot') },
      'A verified account or an authorship note attests it.',
    ],
    [
      'a dispute',
      { commits: [marked], description: 'AI-Assistance: none' },
      'A tool left its mark and a person declared otherwise, so this change counts neither as assisted nor as unassisted. Its one commit carries a sign of AI.',
    ],
    [
      'notes disputed',
      { commits: [attested], description: 'AI-Assistance: assisted' },
      'Authorship notes saw no line by AI and a person declared AI assistance, so this change counts neither as assisted nor as unassisted.',
    ],
    [
      'attested without',
      { commits: [attested] },
      'Its authorship notes saw no line by AI, and nothing says otherwise.',
    ],
    ['declared without', { commits: [none] }, 'A person declared that no AI was used.'],
    [
      'declared without, unread',
      { commits: [none], complete: false },
      'It is declared or attested that no AI was used, which is not enough here. Not everything could be read, so nothing is concluded from what is missing.',
    ],
  ])('%s', (_, facts, reason) => {
    expect(assess(facts).reason).toBe(reason)
  })
})

const anyCommit = fc.constantFrom(
  plain,
  marked,
  declared,
  none,
  byAgent,
  suggestion,
  attested,
  badDays,
)
const anyEvent = fc.record({
  label: fc.constantFrom(...Object.values(answerLabels), 'claude-code-assisted', 'amp'),
  action: fc.constantFrom<LabelEvent['action']>('added', 'removed'),
  by: fc.constantFrom<LabelEvent['by']>('us', 'app', 'person'),
  at: fc.nat(300),
})
const anyFacts: fc.Arbitrary<ChangeFacts> = fc.record(
  {
    commits: fc.array(anyCommit, { maxLength: 6 }),
    complete: fc.boolean(),
    answerLabels: fc.constant(answerLabels),
    opener: fc.constantFrom(bot(198982749, 'Copilot'), bot(49699333, 'dependabot[bot]'), {
      id: 5,
      login: 'dev',
      bot: false,
    }),
    branch: fc.constantFrom('main', 'copilot/x'),
    description: fc.constantFrom('', 'AI-Assistance: none', 'AI-Assistance: agent'),
    describedAt: fc.nat(300),
    labels: fc.subarray(['ai:assisted', 'claude-code-assisted', 'amp', '__proto__']),
    labelEvents: fc.array(anyEvent, { maxLength: 6 }),
    mergeCommit: anyCommit,
  },
  { requiredKeys: ['commits', 'complete', 'answerLabels'] },
)

describe('for any change', () => {
  test('the parts of the answer fit together', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const change = assessChange(facts, marks)
        const assisted = change.assistance === 'assisted'
        expect(change.intensity !== null).toBe(assisted)
        expect(change.tier !== null).toBe(change.assistance !== 'undeclared')
        if (change.agentAuthored) expect(assisted).toBe(true)
        if (!assisted) expect(change.tools).toEqual([])
        if (!facts.complete) expect(change.assistance).not.toBe('unassisted')
        if (change.setAside === 'unreliable-mark') expect(change.assistance).toBe('undeclared')
        if (change.intensity === 'heavy') {
          expect(2 * change.assistedCommits).toBeGreaterThanOrEqual(change.totalCommits)
        }
        expect(findForbiddenWords(change.reason)).toEqual([])
        const strong = ({ tier, claim }: Evidence) =>
          (tier === 'E1' || tier === 'E2') && (claim === 'assisted' || claim === 'agent-authored')
        expect(change.evidence.some(strong) && !assisted).toBe(false)
      }),
      { numRuns: propertyRuns(1_000) },
    )
  })

  test('branch names and weak labels alone never make it assisted', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('copilot/x', 'claude/y', 'devin/1234567890-z'),
        fc.boolean(),
        (branch, weak) => {
          expect(assess({ commits: [plain], branch, labels: weak ? ['amp'] : [] }).assistance).toBe(
            'undeclared',
          )
        },
      ),
    )
  })
})

test.each(maliciousTexts.map(({ name, text }) => [name, text]))('hostile text: %s', (_, text) => {
  const { evidence, reason, tools } = assess({
    commits: [commit(`${text}\n\nAI-assisted: ${text}\n`)],
    branch: `claude/${text}`,
    description: `${text}\n\nAI-Assistance: ${text}\n`,
    labels: [text],
    labelEvents: [event(text, 'added', 'person', 1)],
    repository: text,
  })
  for (const one of evidence) {
    expect(one.text.length).toBeLessThanOrEqual(200)
    expect(one.text).not.toMatch(/jane\.private|victim@example/)
  }
  for (const tool of tools) expect(tool).toMatch(/^[a-z0-9][a-z0-9-]{0,29}$/)
  expect(reason).toMatch(/^[\w ,.;]+$/)
})

describe('buttons of the check', () => {
  const said = (claim: 'assisted' | 'agent-authored' | 'unassisted', at = 200) => [{ claim, at }]
  test.each<[string, Partial<ChangeFacts>, string]>([
    ['declare', { commits: [plain], declarations: said('assisted') }, 'assisted E3'],
    ['declare none', { commits: [plain], declarations: said('unassisted') }, 'unassisted E3'],
    [
      'later than a trailer win over it',
      { commits: [declared], declarations: said('unassisted') },
      'unassisted E3',
    ],
    [
      'earlier than a trailer do not',
      { commits: [declared], declarations: said('unassisted', 50) },
      'assisted E3',
    ],
    [
      "against a tool's own mark dispute it",
      { commits: [marked], declarations: said('unassisted') },
      'assisted E2 disputed',
    ],
    [
      'cannot undo what is attested',
      {
        commits: [plain],
        opener: bot(198982749, 'Copilot'),
        declarations: said('unassisted'),
      },
      'assisted E1',
    ],
    [
      'cannot say "none" of what was not read in full',
      { commits: [plain], complete: false, declarations: said('unassisted') },
      'undeclared',
    ],
  ])('%s', (_, facts, expected) => {
    expect(answer(facts)).toBe(expected)
  })

  test('say that an agent authored it, and name no tool', () => {
    expect(assess({ commits: [plain], declarations: said('agent-authored') })).toMatchObject({
      agentAuthored: true,
      tools: [],
      evidence: [{ tool: 'check', mark: 'check/agent-authored', where: { in: 'check' }, at: 200 }],
    })
  })
})
