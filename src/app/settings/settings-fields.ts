import { html } from 'hono/html'
import { visibleText } from '../../report/index.ts'
import type { Html } from '../pages/page.ts'
import { accountPath } from '../pages/paths.ts'
import { leastThresholds } from './account-settings.ts'
import {
  choices,
  type Field,
  formToken,
  group,
  somethingIsWrong,
  textField,
} from './form-fields.ts'
import { leastRetentionDays } from './retention.ts'
import { inputOf, type SettingsField, spanOf } from './settings-form.ts'
import type { SettingsPage } from './settings-page-contents.ts'
import { whoSees } from './who-sees.ts'

/** The form in which an owner decides, each field with what it does and who will see what. */
export function settingsFields(options: SettingsPage): Html {
  const { account, viewer, settings, repositories, serverDays, mayLabel, sent } = options
  const input = sent?.input ?? inputOf(settings)
  const problems = sent?.problems ?? {}
  const field = (name: SettingsField, label: string, hint: string): Field => ({
    ...{ name, label, hint, problem: problems[name] },
    value: input[name]?.[0] ?? '',
  })
  const chosen = (name: string) => input[name] ?? []
  const sees = whoSees(repositories)
  return html`${somethingIsWrong(problems)}
<form method="post" action="${accountPath(account.id)}/settings">
${formToken(viewer.formToken)}
<h2>Who sees the numbers</h2>
${group(
  'open',
  'Numbers are shown to',
  choices({
    name: 'open',
    type: 'radio',
    chosen: chosen('open'),
    from: [
      [
        'yes',
        'every member: each sees what you see. Others see only repositories that they can read on GitHub',
      ],
      ['no', 'nobody, you included: neither here, nor in checks, files or the API'],
    ],
  }),
  problems.open,
)}
<p class="hint">There is nothing in between: numbers that only some can see would be numbers about the others.</p>
<h2>From when on a group is shown</h2>
<p>A group of changes is hidden below these. You can ask for more than the method does, and never for less. Where you ask for more, reports
that were made before are hidden at once, and the next one comes on a Monday. To ask for less again, sign in anew within ten minutes before.</p>
${textField(field('people', 'People in a group, at least', `From ${spanOf('people').join(' to ')}. The method asks for ${leastThresholds.people}.`), 'number')}
${textField(field('changes', 'Changes in a group, at least', `From ${spanOf('changes').join(' to ')}. The method asks for ${leastThresholds.changes}.`), 'number')}
${textField(field('largestPersonPercent', 'Share of one person in a group, at most, in %', `From ${spanOf('largestPersonPercent').join(' to ')}. The method asks for ${leastThresholds.largestPersonPercent}.`), 'number')}
<h2>How long facts are kept</h2>
${textField(field('retentionDays', 'Days after the last thing that happened in a pull request', `From ${leastRetentionDays}, which a report needs, to 400. Left empty: as long as this server keeps any, ${serverDays} days. Older facts are gone for good within a day; reports that were made of them stay.`), 'number')}
<h2>What is counted</h2>
${group(
  'repositories',
  'Repositories',
  html`${choices({
    name: 'repositories',
    type: 'radio',
    chosen: chosen('repositories'),
    from: [
      ['all', 'all that the App is installed on, and those that come'],
      ['chosen', 'only these:'],
    ],
  })}${repositoryList(repositories, chosen('repository'))}`,
  problems.repositories,
)}
<p class="hint">One that is left out is read no longer, and what is kept of it is erased after 30 days. What was counted of it already stays
counted, without what it can be recognised by, until no report reaches back to it: else the next report would tell what was in it.</p>
${textField(field('branches', 'Branches beside the default branch', 'Pull requests into them count too. A pattern a line, release/* for one. It counts from the last report on; what was told before stays as it was told, as above.'), { rows: 4 })}
<h2>What else you can switch on</h2>
${choices({
  name: 'organisationInPublicChecks',
  type: 'checkbox',
  chosen: chosen('organisationInPublicChecks'),
  from: [
    [
      'on',
      html`the whole account’s statement also in checks that others than its members can read. ${sees}`,
    ],
  ],
})}
${choices({
  name: 'labels',
  type: 'checkbox',
  chosen: chosen('labels'),
  from: [
    [
      'on',
      html`the label <code>ai:assisted</code>, <code>ai:agent-authored</code> or <code>ai:unassisted</code> on each pull request, which whoever can read it will see${mayLabel ? '.' : '. It takes permissions that were not granted on GitHub: pull requests and issues, to write.'}`,
    ],
  ],
})}
<button>Save the settings</button>
</form>`
}

/** More than this wait behind a click. */
const openAtMost = 20

function repositoryList(
  repositories: SettingsPage['repositories'],
  chosen: readonly string[],
): Html {
  const boxes = choices({
    name: 'repository',
    type: 'checkbox',
    chosen,
    from: repositories.map(({ id, name, visibility }) => [
      String(id),
      `${visibleText(name)} (${visibility})`,
    ]),
  })
  if (repositories.length === 0) return html`<p class="hint">The App reaches none yet.</p>`
  if (repositories.length <= openAtMost) return boxes
  return html`<details${chosen.length === 0 ? '' : html` open`}><summary>The ${repositories.length} repositories</summary>\n${boxes}</details>`
}
