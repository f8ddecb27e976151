import type { Actor, RecordedCommit, RecordedIdentity } from '../record.ts'
import type { Mark } from './plan.ts'

type BotActor = Extract<Actor, { kind: 'bot' }>

interface Agent {
  readonly account: BotActor
  readonly identity: RecordedIdentity
}

/** What a mark leaves in a record. Each is written as its tool writes it, by the examples of the registry. */
interface MarkTraces {
  /** The agent's own account, where it opens the change and authors its commits. */
  readonly agent?: Agent
  /** In the last paragraph of commit messages. */
  readonly trailer?: string
  readonly note?: RecordedCommit['notes']
  /** Marks in the description. */
  readonly description?: string
  readonly label?: string
  /** Of the head branch, as a record keeps it. */
  readonly branch?: string
}

function agent(login: string, id: number, name: string, email: string): Agent {
  return {
    account: { kind: 'bot', id, login, app: true },
    identity: { kind: 'known', name, email },
  }
}

const claudeFooter = '🤖 Generated with [Claude Code](https://claude.com/claude-code)'

const gitAiNote = [
  '…',
  '  s_1 1',
  '---',
  '{"schema_version":"authorship/3.0.0","prompts":{},"sessions":{"s_1":{"agent_id":{"tool":"claude"}}}}',
].join('\n')

export const traces: Readonly<Record<Mark, MarkTraces>> = {
  claude: { trailer: 'Co-Authored-By: Claude <noreply@anthropic.com>' },
  cursor: { trailer: 'Co-authored-by: Cursor <cursoragent@cursor.com>' },
  aider: { trailer: 'Co-authored-by: aider (gpt-5) <aider@aider.chat>' },
  'copilot-agent': {
    agent: agent(
      'Copilot',
      198_982_749,
      'copilot-swe-agent[bot]',
      '198982749+Copilot@users.noreply.github.com',
    ),
    branch: 'copilot/…',
  },
  'devin-agent': {
    agent: agent(
      'devin-ai-integration[bot]',
      158_243_242,
      'Devin AI',
      '158243242+devin-ai-integration[bot]@users.noreply.github.com',
    ),
  },
  note: { note: { 'refs/notes/ai': gitAiNote } },
  declared: { trailer: 'AI-Assistance: assisted' },
  label: { label: 'ai:assisted' },
  description: { description: `…\n${claudeFooter}` },
  branch: { branch: 'copilot/…' },
  'none-declared': { trailer: 'AI-Assistance: none' },
  nothing: {},
}

export const dependabot = agent(
  'dependabot[bot]',
  49_699_333,
  'dependabot[bot]',
  '49699333+dependabot[bot]@users.noreply.github.com',
)

export const releasePlease = agent(
  'release-please[bot]',
  55_107_282,
  'release-please[bot]',
  '55107282+release-please[bot]@users.noreply.github.com',
)

/** An AI reviewer: what it says counts as no review by a person, and its reviewing as no authorship. */
export const reviewBot: BotActor = {
  kind: 'bot',
  id: 136_622_811,
  login: 'coderabbitai[bot]',
  app: true,
}

/** GitHub, as the committer of what is done on its page. */
export const webFlow: RecordedIdentity = {
  kind: 'known',
  name: 'GitHub',
  email: 'noreply@github.com',
}
