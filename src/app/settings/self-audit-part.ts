import { html } from 'hono/html'
import { dayText, visibleText } from '../../report/index.ts'
import type { Html } from '../pages/page.ts'
import { accountPath } from '../pages/paths.ts'
import { choices, formToken, group, somethingIsWrong, textField } from './form-fields.ts'
import { keptDays } from './retention.ts'
import { factAnswers, longestAnswer, questions, selfAuditOf, ties } from './self-audit.ts'
import { type SelfAuditField, selfAuditInput } from './self-audit-form.ts'
import type { SettingsPage } from './settings-page-contents.ts'

/** What an owner answers for everybody to read, and what the settings answer by themselves. */
export function selfAuditPart(options: SettingsPage): Html {
  const { account, settings, serverDays } = options
  const facts = { ...settings, keptDays: keptDays(settings, serverDays) }
  const audit = selfAuditOf(settings.selfAudit, facts)
  const { seen, kept, shown } = factAnswers(facts)
  const known = audit?.answers ?? [
    { question: questions.seen, answer: seen },
    { question: questions.kept, answer: kept },
    { question: questions.shown, answer: shown },
  ]
  return html`<h2 id="self-audit">Self-audit</h2>
<p>What the owners say about how the numbers are used. The answers, with their day, are printed with every report.</p>
<p>${audit === undefined ? 'No owner has answered yet. What the settings tell by themselves:' : `Answered on ${dayText(new Date(audit.answeredAt).toISOString())}; what the settings tell is told as it is now.`}</p>
<dl>
${known.map(({ question, answer }) => html`<dt>${question}</dt><dd>${visibleText(answer, longestAnswer + 50)}</dd>\n`)}</dl>
${account.role === 'owner' ? form(options) : ''}`
}

function form({ account, viewer, settings, sentAudit }: SettingsPage): Html {
  const input = sentAudit?.input ?? selfAuditInput(settings.selfAudit)
  const problems = sentAudit?.problems ?? {}
  const field = (name: SelfAuditField, label: string, hint: string) => ({
    ...{ name, label, hint, problem: problems[name] },
    value: input[name]?.[0] ?? '',
  })
  return html`${somethingIsWrong(problems)}
<form method="post" action="${accountPath(account.id)}/self-audit">
${formToken(viewer.formToken)}
${group(
  'tied',
  questions.tied,
  choices({ name: 'tied', type: 'radio', chosen: input.tied ?? [], from: Object.entries(ties) }),
  problems.tied,
)}
${textField(field('tiedHow', 'What is tied to what', `Needed where it is so. At most ${longestAnswer} characters. Name nobody.`), { rows: 2 })}
${textField(field('passedOn', questions.passedOn, `Slides, exports, meetings, for instance. At most ${longestAnswer} characters. Name nobody.`), { rows: 2 })}
<button>Answer for everybody to read</button>
</form>`
}
