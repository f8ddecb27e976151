import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPseudonyms } from '../../src/delivery/index.ts'
import { isTorn, normaliseTitle, titleKeys, withoutPrefix } from '../../src/delivery/title-keys.ts'

const pseudonyms = createPseudonyms(new Uint8Array(32))
const keysOf = (title: string) => titleKeys(title, pseudonyms)

describe('titles as they are compared', () => {
  test.each([
    ['Add a cache (#12)', 'add a cache'],
    ['  Add\ta  "cache" ', 'add a cache'],
    ['Add a cache (#12) (#13)', 'add a cache'],
    ['Add a cache that remembers the fir… (#13)', 'add a cache that remembers the fir'],
    ['Add a cache that remembers (#1…', 'add a cache that remembers'],
    ['Add a cache that remembers (…', 'add a cache that remembers'],
    ['Fix #12, a cache', 'fix #12, a cache'],
    ['Revert “Add a `cache`”', 'revert add a cache'],
    ['', ''],
  ])('%j is %j', (title, compared) => {
    expect(normaliseTitle(title)).toBe(compared)
  })

  test.each([
    ['fix(core)!: add a cache', 'add a cache'],
    ['[camera] Fix: add a cache', 'add a cache'],
    ['add a cache', 'add a cache'],
    ['Merge pull request #3 from octo/patch: x', 'Merge pull request #3 from octo/patch: x'],
  ])('%j without its prefix is %j', (title, bare) => {
    expect(withoutPrefix(title)).toBe(bare)
  })

  test.each([
    ['Add a cache that remem…', true],
    ['Add a cache that remem... (#12)', true],
    ['Revert "Add a cache (#1…"', true],
    ['Add a cache (#12)', false],
    ['Add … a cache', false],
  ])('%j is torn: %j', (title, torn) => {
    expect(isTorn(title)).toBe(torn)
  })
})

describe('keys of a title', () => {
  test('are the same for the same title with and without its number and quotation marks', () => {
    expect(keysOf('Add a cache (#12)')).toEqual(keysOf('add  a "cache"'))
    expect(keysOf('Add a cache').whole).not.toBe(keysOf('Add a cash').whole)
  })

  test('without the prefix are those of the bare title', () => {
    const { whole, bare } = keysOf('fix(core): add a cache')
    expect(bare).toBe(keysOf('Add a cache').whole)
    expect(bare).not.toBe(whole)
    expect(keysOf('Add a cache').bare).toBe(keysOf('Add a cache').whole)
  })

  test('give nothing away but with the key', () => {
    const other = titleKeys(
      'Add a cache to the parser',
      createPseudonyms(new Uint8Array(32).fill(1)),
    )
    const here = keysOf('Add a cache to the parser')
    expect(other.whole).not.toBe(here.whole)
    expect(JSON.stringify(here)).toMatch(/^[\w":{},[\]]*$/)
    expect(JSON.stringify(here)).not.toContain('cache')
  })

  test('a title torn anywhere begins as the whole does', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{2,9}(?: [a-z]{2,9}){5,16}$/),
        fc.integer({ min: 0, max: 72 }),
        (title, at) => {
          const torn = keysOf(`${title.slice(0, at)}…`).start
          expect(keysOf(title).start.slice(0, torn.length)).toEqual(torn)
          expect(torn.length).toBe(
            Math.max(0, Math.floor(title.slice(0, at).trim().length / 8) - 1),
          )
        },
      ),
    )
  })

  test('a title of a million characters is read at once', () => {
    expect(keysOf('(#1)'.repeat(250_000)).start.length).toBeLessThanOrEqual(8)
  })
})
