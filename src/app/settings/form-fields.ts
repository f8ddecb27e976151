import { html } from 'hono/html'
import { formTokenField } from '../access/form-token-field.ts'
import type { Html } from '../pages/page.ts'

/** A field of a form, with what it is for and what is wrong with it. */
export interface Field {
  readonly name: string
  readonly label: string
  readonly hint: string | Html
  readonly value: string
  readonly problem: string | undefined
}

/** @param type of the input; `rows` makes it several lines */
export function textField(
  { name, label, hint, value, problem }: Field,
  type: 'text' | 'number' | { readonly rows: number } = 'text',
): Html {
  const common = html`id="${name}" name="${name}" autocomplete="off" spellcheck="false" ${described(name, problem)}`
  const input =
    typeof type === 'string'
      ? html`<input ${common} type="text"${type === 'number' ? html` inputmode="numeric"` : ''} value="${value}">`
      : html`<textarea ${common} rows="${type.rows}">\n${value}</textarea>`
  return html`<div class="field">
<label for="${name}">${label}</label>
${input}
<p class="hint" id="${name}-hint">${hint}</p>
${problemText(name, problem)}
</div>`
}

/** One of several, or any of several, under a question. */
export function choices(options: {
  readonly name: string
  readonly type: 'radio' | 'checkbox'
  readonly chosen: readonly string[]
  readonly from: readonly (readonly [value: string, label: string | Html])[]
}): Html {
  const { name, type, chosen, from } = options
  return html`${from.map(
    ([value, label]) =>
      html`<label class="choice"><input type="${type}" name="${name}" value="${value}"${chosen.includes(value) ? html` checked` : ''}> ${label}</label>\n`,
  )}`
}

export function selectField(
  { name, label, hint, value, problem }: Field,
  from: readonly (readonly [value: string, label: string])[],
): Html {
  return html`<div class="field">
<label for="${name}">${label}</label>
<select id="${name}" name="${name}" ${described(name, problem)}>
${from.map(([one, text]) => html`<option value="${one}"${one === value ? html` selected` : ''}>${text}</option>\n`)}</select>
<p class="hint" id="${name}-hint">${hint}</p>
${problemText(name, problem)}
</div>`
}

export function group(
  name: string,
  legend: string,
  content: Html,
  problem: string | undefined,
): Html {
  return html`<fieldset${problem === undefined ? '' : html` aria-describedby="${name}-problem"`}>
<legend>${legend}</legend>
${content}
${problemText(name, problem)}
</fieldset>`
}

/** What another site could not know: a form without it changes nothing. */
export function formToken(token: string): Html {
  return html`<input type="hidden" name="${formTokenField}" value="${token}">`
}

/** The summary above a form in which something is wrong. */
export function somethingIsWrong(
  problems: Readonly<Record<string, string | undefined>>,
): Html | '' {
  const isWrong = Object.values(problems).some((problem) => problem !== undefined)
  return isWrong
    ? html`<p class="notice wrong" role="alert">Nothing was saved: something is to be put right below.</p>`
    : ''
}

function described(name: string, problem: string | undefined): Html {
  const isWrong = problem !== undefined
  return html`aria-describedby="${name}-hint${isWrong ? ` ${name}-problem` : ''}"${isWrong ? html` aria-invalid="true"` : ''}`
}

function problemText(name: string, problem: string | undefined): Html | '' {
  return problem === undefined ? '' : html`<p class="problem" id="${name}-problem">${problem}</p>`
}
