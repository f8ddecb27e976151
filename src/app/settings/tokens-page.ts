import { html } from 'hono/html'
import { dayText, visibleText } from '../../report/index.ts'
import type { ApiToken } from '../../store/index.ts'
import type { Account } from '../library/library.ts'
import type { Viewer } from '../library/viewer.ts'
import { type Html, page } from '../pages/page.ts'
import { accountPath } from '../pages/paths.ts'
import { formToken, selectField, somethingIsWrong, textField } from './form-fields.ts'
import type { FormInput } from './form-input.ts'
import { type TokenProblems, tokenLives } from './token-form.ts'

export interface TokensPage {
  readonly account: Pick<Account, 'id' | 'name' | 'role' | 'synthetic'>
  readonly viewer: Extract<Viewer, { kind: 'person' }>
  readonly tokens: readonly ApiToken[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Just made: it is shown this once. */
  readonly made?: { readonly token: string; readonly name: string }
  readonly sent?: { readonly input: FormInput; readonly problems: TokenProblems }
}

/** The tokens by which programs read what members see. */
export function tokensPage({ account, viewer, tokens, now, made, sent }: TokensPage): Html {
  const path = `${accountPath(account.id)}/tokens`
  const problems = sent?.problems ?? {}
  const values = sent?.input ?? {}
  return page(
    `Tokens of ${visibleText(account.name)}`,
    html`${made === undefined ? '' : madePart(made, account.id)}<p>A program that sends a token reads what a member of the account sees, by the API, and changes nothing. What it reads is in the
<a href="${accountPath(account.id)}/access-log">access log</a> under the number of the owner who made it.</p>
<h2>Make one</h2>
${somethingIsWrong(problems)}
<form method="post" action="${path}">
${formToken(viewer.formToken)}
${textField({ name: 'name', label: 'Name', hint: 'What reads with it, so that you know it again. At most 60 characters.', value: values.name?.[0] ?? '', problem: problems.name })}
${selectField({ name: 'days', label: 'Valid for', hint: 'Afterwards it is worth nothing, and is forgotten.', value: values.days?.[0] ?? '90', problem: problems.days }, tokenLives)}
<button>Make a token</button>
</form>
<h2 id="tokens">Tokens there are</h2>
${tokens.length === 0 ? html`<p>None.</p>` : tokenList(tokens, { path, viewer, now })}`,
    { viewer, account, at: path },
  )
}

function madePart({ token, name }: { token: string; name: string }, accountId: number): Html {
  return html`<div class="notice" role="status"><p><strong>The token ${visibleText(name)} was made.</strong> It is shown this once: only its
hash is kept.</p>
<pre><code>${token}</code></pre>
<p>A program sends it as <code>Authorization: Bearer …</code>, to <code>/api/v1/accounts/${accountId}/report</code> for one.</p></div>
`
}

function tokenList(
  tokens: readonly ApiToken[],
  { path, viewer, now }: Pick<TokensPage, 'viewer' | 'now'> & { readonly path: string },
): Html {
  return html`<ul class="points">
${tokens.map(
  ({ name, createdBy, createdAt, expiresAt }) =>
    html`<li><strong>${visibleText(name)}</strong>: made on ${day(createdAt)} by ${createdBy === viewer.userId ? 'you' : `owner ${createdBy}`}, ${expiresAt <= now ? 'no longer valid since' : 'valid until'} ${day(expiresAt)}
<form method="post" action="${path}/revoke">${formToken(viewer.formToken)}<input type="hidden" name="name" value="${name}"><button class="plain" aria-label="Revoke ${visibleText(name)}"><u>Revoke</u></button></form></li>\n`,
)}</ul>`
}

function day(time: number): string {
  return dayText(new Date(time).toISOString())
}
