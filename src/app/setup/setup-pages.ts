import { html } from 'hono/html'
import { type Html, page } from '../pages/page.ts'
import type { ManifestTemplate } from './app-manifest.ts'
import type { SetupField, SetupInput, SetupProblems } from './setup-form.ts'

const steps = ['Choose', 'Look it over', 'Install it'] as const

function progress(current: (typeof steps)[number]): Html {
  const items = steps.map((step, index) =>
    step === current
      ? html`<li aria-current="step">${index + 1}. ${step}</li>`
      : html`<li>${index + 1}. ${step}</li>`,
  )
  return html`<ol class="steps" aria-label="Steps">${items}</ol>`
}

/** The first step: for whom, under which name, and where GitHub finds this server. */
export function choosePage(options: {
  readonly input: SetupInput
  readonly problems: SetupProblems
  readonly githubUrl: string
}): Html {
  const { input, problems, githubUrl } = options
  const field = (name: SetupField, label: string, hint: string, type = 'text') =>
    textField({ name, label, hint, type, value: input[name] ?? '', problem: problems[name] })
  const choice = (value: string, label: string) =>
    html`<label class="choice"><input type="radio" name="account" value="${value}"${input.account === value ? html` checked` : ''}> ${label}</label>`
  return page(
    'Connect this server to GitHub',
    html`${progress('Choose')}
<p>This makes a GitHub App of your own on <strong>${githubUrl}</strong>. Only this server gets its key. Nothing is made before you
have seen what it may do, and pressed the button on GitHub.</p>
${Object.keys(problems).length === 0 ? '' : html`<p class="notice wrong" role="alert">Something is missing below.</p>`}
<form method="post" action="/setup">
<fieldset>
<legend>Who owns the App?</legend>
${choice('organisation', 'An organisation')}
${choice('person', 'Your own account')}
${problem('account', problems.account)}
</fieldset>
${field('organisation', 'Name of the organisation', 'As in its address on GitHub. You need to be one of its owners. Leave it empty for your own account.')}
${field('name', 'Name of the App', 'No other App on GitHub may have it; 34 characters at most.')}
${field('publicUrl', 'Address of this server', 'Where GitHub sends its webhooks, with https and without a path. Usually a proxy listens there and passes on to this server.', 'url')}
<button>Go on</button>
</form>
<h2>If GitHub is elsewhere</h2>
<p>For a GitHub Enterprise Server stop this process, and start it with <code>GITHUB_API_URL</code> set to
<code>https://github.example.com/api/v3</code>.</p>
<h2>If you have an App already</h2>
<p>Set <code>APP_ID</code>, <code>PRIVATE_KEY_PATH</code> and <code>WEBHOOK_SECRET</code>, and start again; this page is gone then.
<code>npm start -- --check</code> says what is still missing.</p>`,
  )
}

function textField(options: {
  readonly name: SetupField
  readonly label: string
  readonly hint: string
  readonly type: string
  readonly value: string
  readonly problem: string | undefined
}): Html {
  const { name, label, hint, type, value } = options
  const wrong = options.problem !== undefined
  return html`<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="off" spellcheck="false" aria-describedby="${name}-hint${wrong ? ` ${name}-problem` : ''}"${wrong ? html` aria-invalid="true"` : ''}>
<p class="hint" id="${name}-hint">${hint}</p>
${problem(name, options.problem)}
</div>`
}

function problem(name: SetupField, message: string | undefined): Html | '' {
  return message === undefined ? '' : html`<p class="problem" id="${name}-problem">${message}</p>`
}

const reasons: Readonly<Record<string, string>> = {
  metadata: 'names and visibility of repositories; GitHub asks for it with every App',
  pull_requests: 'pull requests with their commits, reviews, labels and times',
  checks: 'one check on each pull request, with what was recorded in it',
  members: 'who owns the organisation, and who has left it',
}

/** The second step: everything that the App will be, and the button that takes it to GitHub. */
export function reviewPage(options: {
  readonly template: ManifestTemplate
  readonly owner: string
  readonly name: string
  readonly webhookUrl: string
  /** Where on GitHub the App is made. */
  readonly action: string
  /** As JSON. */
  readonly manifest: string
}): Html {
  const { template, owner, name, webhookUrl, action, manifest } = options
  const permissions = Object.entries(template.default_permissions).map(
    ([permission, access]) =>
      html`<dt>${permission.replaceAll('_', ' ')}: ${access}</dt><dd>${reasons[permission] ?? ''}</dd>`,
  )
  return page(
    'Look over what the App will be',
    html`${progress('Look it over')}
<dl>
<dt>Name</dt><dd>${name}</dd>
<dt>Owner</dt><dd>${owner}</dd>
<dt>Visibility</dt><dd>private: only its owner can install it</dd>
<dt>Webhooks go to</dt><dd>${webhookUrl}</dd>
</dl>
<h2>What it may do</h2>
<dl>${permissions}</dl>
<p>Nothing else. It cannot read code, and it can write nothing but checks, none of which ever fails a pull request.</p>
<p>If a later version can do more with a further permission, GitHub asks the owner for it. Until it is granted, the App goes on
without, and says what it leaves out.</p>
<h2>Next</h2>
<p>GitHub shows the name once more. Press its button, and you come back here.</p>
<form method="post" action="${action}">
<input type="hidden" name="manifest" value="${manifest}">
<button>Make the App on GitHub</button>
</form>
<p><a href="/setup">Change something</a></p>`,
  )
}

/** The third step, where the credentials are in a file. */
export function connectedPage(options: {
  readonly file: string
  readonly installUrl: string
}): Html {
  return page(
    'Connected',
    html`${progress('Install it')}
<p class="notice">The App was made. Its credentials are in <code>${options.file}</code>, which only the user of this process can
read, and this server is starting with them. This page is gone from now on.</p>
<p>Next: <a href="${options.installUrl}">install the App on GitHub</a>, and choose repositories. The first report is there some
minutes later.</p>
<p>Keep a copy of that file where you keep other keys. A back-up of the database alone does not have it.</p>`,
  )
}

/** The third step, where there is no disk to keep them on. */
export function credentialsPage(options: {
  readonly variables: Readonly<Record<string, string>>
  readonly installUrl: string
}): Html {
  const lines = Object.entries(options.variables).map(([name, value]) => `${name}=${value}`)
  return page(
    'Connected: keep these credentials',
    html`${progress('Install it')}
<p class="notice wrong">The App was made. This is shown once and stored nowhere: put it where you keep secrets before you leave the
page.</p>
<pre tabindex="0" aria-label="Credentials">${lines.join('\n')}</pre>
<p>In <code>PRIVATE_KEY</code>, <code>\\n</code> stands for the end of a line.</p>
<p>Next: stop this process, and start it with these variables in its environment. Then
<a href="${options.installUrl}">install the App on GitHub</a>, and choose repositories.</p>`,
  )
}
