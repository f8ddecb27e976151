import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decideDeclarations,
  isCorrectable,
  saidCorrections,
} from '../../../src/app/check/decide-declaration.ts'
import { type Correction, nobodysKey } from '../../../src/store/index.ts'

const day = 24 * 60 * 60_000
const claims = ['assisted', 'agent-authored', 'unassisted'] as const

function press(saidAt: number, claim: Correction['claim'], differing: Partial<Correction> = {}) {
  const whole: Correction = {
    id: `at ${saidAt}`,
    by: 'me',
    repositoryId: 1,
    number: 7,
    claim,
    role: 'writer',
    saidAt,
    recordedAt: 0,
    undoneAt: null,
    ...differing,
  }
  return whole
}

/** Each press, in the order of time, and until when it stood. */
function stood(...presses: Correction[]) {
  return decideDeclarations(presses).map(({ saidAt, undoneAt }) => [saidAt, undoneAt])
}

describe('a press of a button', () => {
  test.each([
    ['is the first word', [press(1, 'assisted')], [[1, null]]],
    [
      'takes back the same word',
      [press(1, 'assisted'), press(2, 'assisted')],
      [
        [1, 2],
        [2, 2],
      ],
    ],
    [
      'replaces another word',
      [press(1, 'unassisted'), press(2, 'assisted')],
      [
        [1, 2],
        [2, null],
      ],
    ],
    [
      'of people who had their data erased stands as it stood, beside those of others who had',
      [
        press(1, 'assisted', { by: nobodysKey }),
        press(2, 'assisted', { by: nobodysKey }),
        press(3, 'unassisted', { by: nobodysKey, undoneAt: 4 }),
        press(5, 'assisted'),
      ],
      [
        [1, null],
        [2, null],
        [3, 4],
        [5, null],
      ],
    ],
    [
      "leaves other people's words alone",
      [press(1, 'assisted', { by: 'you' }), press(2, 'assisted')],
      [
        [1, null],
        [2, null],
      ],
    ],
    [
      'says again what was taken back',
      [press(1, 'assisted'), press(2, 'assisted'), press(3, 'assisted')],
      [
        [1, 2],
        [2, 2],
        [3, null],
      ],
    ],
    [
      'counts by when it was said, and not by when it was heard',
      [press(1, 'assisted'), press(3, 'unassisted'), press(2, 'unassisted')],
      [
        [1, 2],
        [2, 3],
        [3, 3],
      ],
    ],
    [
      'counts anew each time, whatever was found before',
      [press(2, 'assisted', { undoneAt: null }), press(1, 'assisted', { undoneAt: 9 })],
      [
        [1, 2],
        [2, 2],
      ],
    ],
  ])('%s', (_, presses, expected) => {
    expect(stood(...presses)).toEqual(expected)
  })

  test('comes to the same in every order (P1), however often it comes and however late', () => {
    const presses = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 3 }),
        by: fc.constantFrom('me', 'you', 'somebody'),
        claim: fc.constantFrom(...claims),
        saidAt: fc.nat(6),
      }),
      { selector: ({ id }) => id, maxLength: 8 },
    )
    const arrivals = presses.chain((said) =>
      fc.record({
        said: fc.constant(said),
        // In another order, some of them twice; what gets lost comes again, so that each comes once at least.
        heard: fc
          .tuple(fc.shuffledSubarray(said, { minLength: said.length }), fc.subarray(said))
          .chain(([once, again]) =>
            fc.shuffledSubarray([...once, ...again], { minLength: once.length + again.length }),
          ),
      }),
    )
    fc.assert(
      fc.property(arrivals, ({ said, heard }) => {
        const inOrder = said.toSorted((one, other) => one.saidAt - other.saidAt)
        expect(hear(heard)).toEqual(hear(inOrder))
      }),
    )
  })

  test('leaves one word of each person at most, that of the last press or none', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...claims), { maxLength: 8 }), (said) => {
        const decided = decideDeclarations(said.map((claim, time) => press(time, claim)))
        const standing = decided.filter(({ undoneAt }) => undoneAt === null)
        const last = said.length - 1
        expect(standing.map(({ saidAt }) => saidAt)).toEqual(standing.length === 0 ? [] : [last])
        // Presses of one button in a row take turns.
        const run = last - said.findLastIndex((claim) => claim !== said[last])
        if (said.length > 0) expect(standing.length).toBe(run % 2)
      }),
    )
  })
})

/** As the store keeps them: each once, and what it comes to written after each. */
function hear(arriving: readonly Pick<Correction, 'id' | 'by' | 'claim' | 'saidAt'>[]) {
  let kept: Correction[] = []
  for (const { id, by, claim, saidAt } of arriving) {
    if (kept.some((one) => one.id === id)) continue
    kept = decideDeclarations([...kept, press(saidAt, claim, { id, by })])
  }
  return kept
}

test('a press that only took something back is nothing that was said', () => {
  const [word, takenBack] = decideDeclarations([press(1, 'assisted'), press(2, 'assisted')])
  expect(saidCorrections([word, takenBack].filter((one) => one !== undefined))).toEqual([word])
})

describe('a change can be corrected', () => {
  test.each([
    ['while it is open', null, 400 * day, true],
    ['for seven days after the merge', 100, 100 + 7 * day, true],
    ['and no longer', 100, 101 + 7 * day, false],
  ])('%s', (_, mergedAt, time, correctable) => {
    expect(isCorrectable(mergedAt, time)).toBe(correctable)
  })
})
