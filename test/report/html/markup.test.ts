import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markup, verbatim } from '../../../src/report/html/markup.ts'

describe('markup', () => {
  it('escapes texts, keeps markup, drops null and joins lists', () => {
    const inner = markup`<b>${'<i>'}</b>`
    expect(String(markup`<p title="${'"\'&'}">${inner}${null}${['<', inner]}${3}</p>`)).toBe(
      '<p title="&quot;&#39;&amp;"><b>&lt;i&gt;</b>&lt;<b>&lt;i&gt;</b>3</p>',
    )
  })

  it('lets no text open a tag or leave an attribute', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', ';') }),
        (text) => {
          expect(String(markup`<a b="${text}">${text}</a>`)).toMatch(/^<a b="[^"<>]*">[^<>]*<\/a>$/)
        },
      ),
    )
  })

  it('takes our own text as it is', () => {
    expect(String(markup`${verbatim('a > b')}`)).toBe('a > b')
  })
})
