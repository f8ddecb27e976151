import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkClaims } from '../../bench/simulation/claims.ts'
import { fitSpread, type Observed } from '../../bench/simulation/fit-spread.ts'
import { simulationPage, withSimulation } from '../../bench/simulation/page.ts'
import { type Simulation, simulate } from '../../bench/simulation/simulate.ts'
import { drawWorld, ordinaryWorld, randomOfRun } from '../../bench/simulation/world.ts'
import { rules } from '../../src/comparison/rules.ts'

const page = readFileSync('docs/method.md', 'utf8')

test('the simulation runs, the same for the same seed, and writes into the page', () => {
  const names: string[] = []
  const simulation = simulate({ seed: 7, runs: 3 }, (name) => names.push(name))
  expect(new Set(names).size).toBe(names.length)
  expect(simulation.fair.length).toBeGreaterThanOrEqual(12)
  const tables = simulationPage(simulation)
  expect(tables).not.toMatch(/NaN|undefined|Infinity/)
  const written = withSimulation(page, tables)
  expect(written).toContain('Seed 7; 3 organisations')
  expect(withSimulation(written, tables)).toBe(written)
  const again = simulate({ seed: 7, runs: 3 }, () => undefined)
  expect(simulationPage(again)).toBe(tables)
}, 60_000)

test('what was measured far from what is stated is told to differ', () => {
  const simulation = simulate({ seed: 7, runs: 3 }, () => undefined)
  const wrong: Simulation = { ...simulation, fair: simulation.fair.slice(0, 1) }
  for (const { coverage } of wrong.fair) {
    for (let run = 0; run < 10_000; run += 1) coverage.outcomes.time.at95.add(run % 2 === 0)
  }
  const [first] = checkClaims(wrong)
  expect(first).toMatchObject({ said: [94, 98], agrees: false })
}, 60_000)

test('the page tells the constants as they are', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| ([\d., ]+) \|/gm)]
  const told = rows.map(([, name, value = '']): [name: string | undefined, unknown] => {
    const numbers = value.split(', ').map(Number)
    return [name, numbers.length === 1 ? numbers[0] : numbers]
  })
  expect(Object.fromEntries(told)).toEqual(rules)
})

test('a page without the markers is not written', () => {
  expect(() => withSimulation('# Method', '')).toThrow('has no line "<!-- begin simulation -->"')
})

test('what is put into a world is found again', () => {
  const world = {
    ...ordinaryWorld,
    changes: 20_000,
    people: 400,
    repositorySpread: 0,
    timeRatio: 1,
  }
  const drawn = drawWorld({ ...world, effectSpread: 0 }, 13, randomOfRun(1, 'fit', 0))
  const observed = Array.from(drawn.logHours, (hours, i): Observed => {
    const person = String(drawn.person[i])
    return { person, hours: Math.exp(hours), lines: null, reverted: drawn.reverted[i] === 1 }
  })
  const fitted = fitSpread(observed)
  // Sizes differ too, by 1.4 in their logarithm; and what takes more than 14 days is cut off.
  const spread = Math.hypot(world.spread, 1.4 * world.sizeExponent)
  expect(fitted.spread).toBeGreaterThan(0.9 * spread)
  expect(fitted.spread).toBeLessThan(1.02 * spread)
  expect(fitted.personSpread).toBeGreaterThan(0.4)
  expect(fitted.personSpread).toBeLessThan(0.6)
  expect(fitted.revertRisk).toBeGreaterThan(0.02)
  expect(fitted.revertRisk).toBeLessThan(0.03)
  expect(fitted.kishPeople).toBeLessThan(400)
  expect(fitted.topTenth).toBeGreaterThan(0.15)
})
