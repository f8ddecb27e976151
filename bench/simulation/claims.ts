import type { Mean, Share } from './share.ts'
import type { Coverage, Simulation } from './simulate.ts'

/** A number that the method's page states, and what was measured of it. Shares and differences in percent. */
export interface Claim {
  readonly what: string
  /** From and to, as stated. */
  readonly said: readonly [from: number, to: number]
  readonly measured: readonly Measured[]
  readonly agrees: boolean
}

interface Measured {
  readonly value: number
  /** Monte-Carlo standard error, of so many runs. */
  readonly error: number
  readonly runs: number
}

/** A statement whose measurement lies outside by more than so many Monte-Carlo errors is called another. */
const errorsAllowed = 3
/** The stated numbers come from simulations of their own, of about so many runs. */
const runsBehindStatements = 1_000

/** Sets what was measured beside what the method's page states. */
export function checkClaims(simulation: Simulation): Claim[] {
  const { fair, confounding, falseStatements, power, year, undeclared, curves } = simulation
  const settings = fair.map(({ coverage }) => coverage)
  const spread = (pick: (coverage: Coverage) => Share) => settings.map((one) => percent(pick(one)))
  const shown = settings.filter(({ outcomes }) => outcomes.time.shown.value >= 0.5)
  const quantile = (p: number) =>
    [simulation.quantiles, simulation.unevenQuantiles].flatMap((by) => {
      const share = by.get(p)
      return share === undefined ? [] : [percent(share)]
    })
  const ratio = (mean: Mean) => ({
    value: 100 * (Math.exp(mean.value) - 1),
    error: 100 * Math.exp(mean.value) * mean.error,
    runs: mean.runs,
  })
  const shorter = (mean: Mean) => ({
    value: 100 * (1 - 1 / mean.value),
    error: (100 * mean.error) / mean.value ** 2,
    runs: mean.runs,
  })
  const { size, person, both } = confounding
  const { time, bySpeed } = falseStatements
  const falseClear = [time.clear, falseStatements.rounds.clear, falseStatements.reverts.clear]
  const at = (each: number) => power.filter((one) => one.each === each)
  return [
    claim(
      'time: 95 % intervals contain the truth',
      [94, 98],
      spread((c) => c.outcomes.time.at95),
    ),
    claim(
      'time: 99 % intervals do',
      [98.7, 99.9],
      spread((c) => c.outcomes.time.at99),
    ),
    claim(
      'rounds: 95 % intervals do',
      [95, 98],
      spread((c) => c.outcomes.rounds.at95),
    ),
    claim(
      'reverts: 95 % intervals do',
      [94, 100],
      spread((c) => c.outcomes.reverts.at95),
    ),
    claim(
      'same people: 95 % intervals do, where shown',
      [92, 97],
      shown.map((c) => percent(c.samePeople.shownAt95)),
    ),
    claim(
      'usual two-sample tests do',
      [55, 93],
      spread((c) => c.usual),
    ),
    claim('medians: 95 % intervals do', [94, 98], quantile(0.5)),
    claim('75 % quantiles do', [93, 97], quantile(0.75)),
    claim('90 % quantiles do', [90, 94], quantile(0.9)),
    claim(
      'reverts by 30 days, one cohort',
      [92, 96],
      curves.map((one) => percent(one.coverage)),
    ),
    claim('size alone: naive difference', [-17, -17], [ratio(size.naiveBias)]),
    claim('size alone: ours', [-2, -2], [ratio(size.outcomes.time.bias)]),
    claim('size and person: naive', [-34, -34], [ratio(both.naiveBias)]),
    claim('person alone: ours', [-21, -21], [ratio(person.outcomes.time.bias)]),
    claim('person alone: same people', [-3, 0], [ratio(person.samePeople.bias)]),
    claim(
      'person alone: same people, 95 % intervals',
      [92, 97],
      [percent(person.samePeople.shownAt95)],
    ),
    claim('no difference: clear statement in a snapshot', [0, 1], falseClear.map(percent)),
    claim('no difference: signs in a snapshot, time', [3, 4], [percent(time.signs)]),
    claim('faster people use AI: signs', [42, 42], [percent(bySpeed.signs)]),
    claim('faster people use AI: clear', [2.6, 2.6], [percent(bySpeed.clear)]),
    claim(
      'faster people use AI: clear, were the same people not asked',
      [18, 18],
      [percent(bySpeed.clearWithoutSamePeople)],
    ),
    claim('no difference, a year: 95 % rule', [37, 45], [percent(year.at95)]),
    claim('no difference, a year: 99 % rule', [9, 10], [percent(year.at99)]),
    claim('no difference, a year: 99 % two weeks running', [4, 6], [percent(year.twoWeeks)]),
    claim(
      'to be noticed at 300 and 300',
      [44, 44],
      at(300).map((one) => shorter(one.detectable)),
    ),
    claim(
      'to be noticed at 1,000 and 1,000',
      [29, 29],
      at(1_000).map((one) => shorter(one.detectable)),
    ),
    claim(
      'to be noticed at 3,000 and 3,000',
      [20, 20],
      at(3_000).map((one) => shorter(one.detectable)),
    ),
    ...powers(simulation),
    ...undeclared.flatMap(({ share, read, corrected, covered }, index) => [
      claim(
        `with ${Math.round(100 * share)} % undeclared, 0.75 is read as`,
        stated(100 * ([0.79, 0.83, 0.87][index] ?? 0) - 100),
        [ratio(read)],
      ),
      claim(
        `with ${Math.round(100 * share)} %, corrected to`,
        stated(100 * ([0.755, 0.757, 0.773][index] ?? 0) - 100),
        [ratio(corrected)],
      ),
      claim(
        `with ${Math.round(100 * share)} %, 95 % intervals contain 0.75`,
        [96, 98],
        [percent(covered)],
      ),
    ]),
  ]
}

/** Shares of clear statements where there is a difference, by changes in each cohort. */
const statedPower: Readonly<Record<number, { third?: number; fifth?: number }>> = {
  100: { third: 2 },
  300: { third: 19, fifth: 4 },
  1000: { third: 73, fifth: 20 },
  3000: { fifth: 59 },
}

function powers({ power }: Simulation): Claim[] {
  return power.flatMap(({ each, byThird, byFifth }) => {
    const { third, fifth } = statedPower[each] ?? {}
    const on = `at ${each.toLocaleString('en')} and ${each.toLocaleString('en')}`
    return [
      ...(third === undefined
        ? []
        : [claim(`a third less, ${on}: clear`, stated(third), [percent(byThird.clear)])]),
      ...(fifth === undefined
        ? []
        : [claim(`a fifth less, ${on}: clear`, stated(fifth), [percent(byFifth.clear)])]),
    ]
  })
}

function stated(value: number): readonly [number, number] {
  return [value, value]
}

function percent(share: Share): Measured {
  return { value: 100 * share.value, error: 100 * share.error, runs: share.runs }
}

/** A range holds where all that was measured lies in it, but for chance and the rounding of what is stated. */
function claim(
  what: string,
  said: readonly [number, number],
  measured: readonly Measured[],
): Claim {
  // What is stated in whole percent may be off by half of one.
  const rounding = said.every(Number.isInteger) ? 0.5 : 0.05
  const agrees = measured.every(({ value, error, runs }) => {
    const behind = error * Math.sqrt(runs / runsBehindStatements)
    const allowed = errorsAllowed * Math.hypot(error, behind) + rounding
    return value >= said[0] - allowed && value <= said[1] + allowed
  })
  return { what, said, measured, agrees }
}
