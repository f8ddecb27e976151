import { describe, expect, it } from 'vitest'
import { colours } from '../../../src/report/html/styles/colours.ts'
import { print } from '../../../src/report/html/styles/print.ts'

/** Values of the style sheet's variables. */
function read(css: string): Map<string, string> {
  return new Map(
    [...css.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

const [light = '', dark = ''] = colours.split('@media')
const themes = [
  ['light', read(light)],
  ['dark', new Map([...read(light), ...read(dark)])],
  ['print', new Map([...read(light), ...read(print)])],
] as const

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast ratio (WCAG 2.2). */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(themes)('%s', (_, colour) => {
  const of = (name: string) => colour.get(name) ?? ''

  it.each(['ink', 'soft', 'ai-recorded', 'none-recorded'])('text in %s can be read', (name) => {
    expect(contrast(of(name), of('ground'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(of(name), of('raised'))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['all', 'focus'])('%s stands out', (name) => {
    expect(contrast(of(name), of('ground'))).toBeGreaterThanOrEqual(3)
  })

  it('keeps the two groups apart in grey', () => {
    expect(contrast(of('ai-recorded'), of('none-recorded'))).toBeGreaterThanOrEqual(1.25)
    expect(contrast(of('ai-recorded'), of('none-recorded-fill'))).toBeGreaterThanOrEqual(3)
  })
})
