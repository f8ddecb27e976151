import type { Reference } from './reference.ts'
import type { SeenCommit } from './seen-commit.ts'

/**
 * The peers' rules for commits as their sources and papers give them (mid 2026), reduced to what a clone can show: no
 * pull request text, branch, label or login of GitHub's.
 */
export const peers: readonly Reference[] = [
  {
    id: 'one-regex',
    title: 'Jondolf/ai-commit-check: one expression over names, addresses and message',
    rule: (commit) => firstName(oneRegex, nameLines(commit)),
  },
  {
    id: 'id-table',
    title: 'chaoss/ai-detection-action: committer ids, co-author addresses, message patterns',
    rule: idTable,
  },
  {
    id: 'author-map',
    title: 'git-ai agent_detection: author addresses',
    rule: ({ authorEmail }) => authorMap.find((address) => endsAs(authorEmail, address)),
  },
  {
    id: 'mail-domain',
    title: 'a classifier by vendors’ mail domains and bots’ names',
    rule: mailDomain,
  },
  {
    id: 'strict-trailers',
    title: 'co-authors in git’s own trailer block only',
    rule: (commit) =>
      commit
        .block()
        .some(
          ({ key, value }) =>
            key.toLowerCase() === 'co-authored-by' && /anthropic|cursor|copilot/i.test(value),
        )
        ? 'co-author names anthropic, cursor or copilot'
        : undefined,
  },
  {
    id: 'text-rule',
    title: 'AIDev’s rule for Claude: its co-author line as text',
    rule: ({ message }) => (/co-authored-by: claude/i.test(message) ? 'text' : undefined),
  },
  {
    id: 'yaml-scores',
    title: 'coderbuds/ai-detector: patterns of 90 % and more',
    rule: (commit) => firstName(yamlScores, nameLines(commit)),
  },
]

type Named = readonly (readonly [name: string, pattern: RegExp])[]

function firstName(rules: Named, text: string): string | undefined {
  return rules.find(([, pattern]) => pattern.test(text))?.[0]
}

function nameLines({ author, committer, message }: SeenCommit): string {
  return `${author}\n${committer}\n${message}`
}

const models = 'claude|copilot|cursor|codex|chatgpt|gpt-|gemini|jules|devin|aider'

const oneRegex: Named = [
  ['a tool’s name in a co-author line', new RegExp(`co-authored-by:.*(?:${models})`, 'i')],
  ['a tool’s name in a sign-off', new RegExp(`(?:signed-off|authorized)-by:.*(?:${models})`, 'i')],
  ['a footer', /generated with \[?(?:claude code|cursor|copilot)|🤖 generated/i],
  ['a link to Claude Code', /claude\.ai\/code|claude\.com\/claude-code/i],
  ['a no-reply address', /noreply@(?:anthropic|openai)\.com/i],
  ['a mail domain', /@cursor\.com|@devin\.ai/i],
  ['a Copilot number', /\d\+copilot@users\.noreply\.github\.com/i],
  ['an agent’s login', /github-copilot\[bot\]|cursoragent|devin-ai-integration|google-labs-jules/i],
  ['(aider) or [aider]', /[[(]aider[\])]/i],
]

/** Accounts that the table takes for AI when they commit; the reviewers' are among them. */
const tableIds = new Set([
  136622811, 158243242, 167198135, 176961590, 198982749, 199175422, 201248094, 205137888, 206951365,
  208079219, 208546643, 209825114, 215057067, 215619710, 220155983, 230936708,
])
const tableAddresses = new Set([
  'noreply@anthropic.com',
  'cursoragent@cursor.com',
  'noreply@aider.chat',
])

function idTable({ committerEmail, coAuthors, message }: SeenCommit): string | undefined {
  const id = /^(\d+)\+[^@]+@users\.noreply\.github\.com$/.exec(committerEmail)?.[1]
  if (id !== undefined && tableIds.has(Number(id))) return 'high: committer’s account'
  const named = coAuthors.some((value) =>
    tableAddresses.has(/<([^>]+)>/.exec(value)?.[1]?.trim().toLowerCase() ?? ''),
  )
  if (named) return 'high: co-author’s address'
  if (/^aider:/i.test(message)) return 'medium: aider: in front'
  if (message.includes('Generated with Claude Code')) return 'medium: Generated with Claude Code'
  if (/\nEntire-[A-Z][A-Za-z-]*:/.test(message)) return 'medium: a key of Entire'
  if (/^Replit-Commit-Author:\s*(?:Agent|Assistant)/m.test(message)) return 'medium: Replit'
  return undefined
}

const authorMap = [
  'cursoragent@cursor.com',
  '+copilot@users.noreply.github.com',
  '+devin-ai-integration[bot]@users.noreply.github.com',
  'noreply@anthropic.com',
  'noreply@openai.com',
  'roomote@roocode.com',
]

function endsAs(email: string, address: string): boolean {
  return address.startsWith('+') ? email.endsWith(address) : email === address
}

const vendorDomains = new Set(
  (
    'aider.chat all-hands.dev ampcode.com anthropic.ai anthropic.com charm.land cline.bot codeium.com ' +
    'cognition.ai continue.dev cursor.com cursor.sh devin.ai factory.ai openai.com openhands.dev ' +
    'replit.com roocode.com sourcegraph.com supermaven.com tabnine.com warp.dev windsurf.com'
  ).split(' '),
)
const botNames =
  /[<+](?:claude|codex|copilot[\w-]*|cursor|devin-ai-integration|google-labs-jules|sweep-ai|amazon-q-developer|gemini-code-assist|coderabbitai|ellipsis-dev)(?:\[bot\])?@users\.noreply\.github\.com>/i

function mailDomain({ author, authorEmail, coAuthors }: SeenCommit): string | undefined {
  if (vendorDomains.has(domainOf(authorEmail))) return 'author’s mail domain'
  if (botNames.test(author)) return 'author is a bot by name'
  const addresses = coAuthors.map((value) => /<([^>]+)>/.exec(value)?.[1] ?? '')
  if (addresses.some((address) => vendorDomains.has(domainOf(address)))) {
    return 'co-author’s mail domain'
  }
  return coAuthors.some((value) => botNames.test(value)) ? 'co-author is a bot by name' : undefined
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase()
}

const yamlScores: Named = [
  [
    'a co-author line',
    /co-authored-by:(?:.*(?:cursor|devin|github copilot)|\s*claude(?: sonnet|.*noreply@anthropic\.com))/i,
  ],
  ['Claude Code’s footer', /🤖\s*generated with.*claude code|\[claude code\]\(https:\/\/claude\./i],
  ['another’s footer', /🤖\s*generated with.*(?:cursor|devin|copilot)/i],
  ['a name in brackets', /\[(?:cursor|devin|github copilot)\]/i],
  ['aider: or aider.chat', /aider:|aider\.chat/i],
  ['cursor’s links', /cursor\.so|cursor\.com\/(?:background-agent|agents|dashboard)|cursor@/i],
  ['the word devin.ai', /devin\.ai/i],
  ['a reviewer’s summary', /<!--\s*cursor_summary\s*-->|written by.*cursor/i],
  ['an address of Claude’s', /(?:noreply|claude)@anthropic\.com/i],
  ['an address of Copilot’s', /copilot\S*@github\.com/i],
]
