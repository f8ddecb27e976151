import { html } from 'hono/html'
import { visibleText } from '../../report/index.ts'
import { formTokenField } from '../access/form-token-field.ts'
import type { Account } from '../library/library.ts'
import type { Viewer } from '../library/viewer.ts'
import type { Html } from './html.ts'
import { accountPath } from './paths.ts'

/** Where a page stands, and who looks at it. */
export interface Place {
  /** Undefined: nobody is signed in. */
  readonly viewer?: Viewer | undefined
  /** Whose page it is, where it is one of an account. */
  readonly account?: Pick<Account, 'id' | 'name' | 'role' | 'synthetic'> | undefined
  /** The page's own address, where the bar leads to it. */
  readonly at?: string
}

/** The bar on top of every page: where one is, and where one can go from here. */
export function bar({ viewer, account, at }: Place): Html {
  const link = (href: string, text: string) =>
    html`<li><a href="${href}"${href === at ? html` aria-current="page"` : ''}>${text}</a></li>\n`
  return html`<header class="bar">
<p class="brand"><a href="/">What Shipped</a></p>
${account === undefined ? '' : html`<nav aria-label="Account"><ul class="links">\n${accountLinks(account, viewer).map(([href, text]) => link(href, text))}</ul></nav>`}
${viewer?.kind === 'person' ? html`<nav class="you" aria-label="You"><ul class="links">\n${link('/mine', 'Mine')}<li>${visibleText(viewer.login)}</li>\n<li>${signOut(viewer.formToken)}</li>\n</ul></nav>` : ''}
</header>`
}

type Linked = readonly [href: string, text: string]

/** What has no store behind it has neither settings nor a log; outsiders see no more than repositories. */
function accountLinks(
  { id, name, role }: NonNullable<Place['account']>,
  viewer: Viewer | undefined,
): readonly Linked[] {
  const path = accountPath(id)
  return [
    [path, visibleText(name)],
    [`${path}#readable`, 'Repositories'],
    ...(viewer?.kind === 'person' && role !== 'outsider'
      ? ([
          [`${path}/settings`, 'Settings'],
          [`${path}/access-log`, 'Access log'],
        ] as const)
      : []),
  ]
}

function signOut(formToken: string): Html {
  return html`<form method="post" action="/sign-out"><input type="hidden" name="${formTokenField}" value="${formToken}"><button class="plain">Sign out</button></form>`
}
