import { type Account, anAccount, type CommitInit, webFlow } from './fake-github/index.ts'

/** Lines that tools leave in messages, each as its tool writes it. */
export const lines = {
  claude: 'Co-Authored-By: Claude <noreply@anthropic.com>',
  cursor: 'Co-authored-by: Cursor <cursoragent@cursor.com>',
  vsCode: 'Co-authored-by: Copilot <copilot@github.com>',
  copilotReview: 'Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>',
  none: 'AI-Assistance: none',
  assisted: 'AI-Assistance: assisted',
  agent: 'AI-Assistance: agent',
}

/** A message with the lines as its last paragraph. */
export function messageWith(...trailers: readonly string[]): string {
  return ['Change the widget', '', ...trailers].join('\n')
}

/** GitHub's own coding agent: REST, GraphQL and git each write its name in another way. */
export const copilotAgent: Account = anAccount('Copilot', {
  id: 198982749,
  type: 'Bot',
  graphqlLogin: 'copilot-swe-agent',
})

export const dependabot: Account = anAccount('dependabot[bot]', { id: 49699333 })

/** A commit that GitHub's coding agent made and signed. */
export const copilotCommit = {
  message: 'Change the widget\n\nCo-authored-by: dev <1234+dev@users.noreply.github.com>',
  author: {
    name: 'copilot-swe-agent[bot]',
    email: '198982749+Copilot@users.noreply.github.com',
  },
  authorAccount: copilotAgent,
  verified: true,
} satisfies CommitInit

export const dependabotCommit = {
  message:
    'Bump widgets from 1.0.0 to 1.0.1\n\nSigned-off-by: dependabot[bot] <support@github.com>',
  author: { name: 'dependabot[bot]', email: '49699333+dependabot[bot]@users.noreply.github.com' },
  authorAccount: dependabot,
  committer: webFlow.signature,
  committerAccount: webFlow.account,
  verified: true,
} satisfies CommitInit

/** A commit that accepts what a reviewer suggested on GitHub's page. */
export const acceptedSuggestion = {
  message: `Apply suggestion from @Copilot\n\n${lines.copilotReview}`,
  committer: webFlow.signature,
  committerAccount: webFlow.account,
  verified: true,
} satisfies CommitInit

/** git-ai's note about a commit: with no session, or with the session of one tool. */
export function gitAiNote(tool?: string): string {
  const session = { agent_id: { tool: tool ?? '', id: 'session-1', model: 'model-1' } }
  const attested =
    tool === undefined ? [] : ['src/widget.ts', '  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10']
  const metadata = {
    schema_version: 'authorship/3.0.0',
    base_commit_sha: '0'.repeat(40),
    prompts: {},
    ...(tool === undefined ? {} : { sessions: { s_c9883b05a2487d: session } }),
  }
  return [...attested, '---', JSON.stringify(metadata)].join('\n')
}
