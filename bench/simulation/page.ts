import { hoursText } from '../../src/report/text/dates.ts'
import { type Claim, checkClaims } from './claims.ts'
import type { Mean, Share } from './share.ts'
import type { Coverage, Simulation, Statements } from './simulate.ts'

const begin = '<!-- begin simulation -->'
const end = '<!-- end simulation -->'

/** The simulation's tables, in Markdown. */
export function simulationPage(simulation: Simulation): string {
  const { seed, runs } = simulation.given
  const { confounding, falseStatements, power, year, quantiles, unevenQuantiles } = simulation
  const claims = checkClaims(simulation)
  const differing = claims.filter(({ agrees }) => !agrees)
  return [
    `Seed ${seed}; ${runs.toLocaleString('en')} organisations in each setting, half as many where it says so. The Monte-Carlo error of a share of 95 % is ${oneDecimal(100 * Math.sqrt((0.95 * 0.05) / runs))} points.`,
    '### How often intervals contain the truth',
    'Percent of organisations. "Shown": the product would state a result, and not "too few to tell".',
    coverageTable([...simulation.fair, ...simulation.fitted]),
    `With as many degrees of freedom as people less one, and not effective people less one, the 95 % intervals for time contain the truth in ${range(simulation.fair.map(({ coverage }) => coverage.plainDegrees))} %.`,
    '### What the comparison cannot see by itself',
    'In truth AI makes no difference to time; 2,000 changes by 80 people.',
    table(
      ['', 'naive difference', 'ours', '95 % intervals contain 0', 'same people', 'their 95 %'],
      [
        confoundedRow('AI is used for smaller changes', confounding.size),
        confoundedRow('the faster people use AI (r = −0.5)', confounding.person),
        confoundedRow('both', confounding.both),
      ],
    ),
    '### What is said in one snapshot',
    'Percent of organisations, with last week and the same people asked as the product does.',
    table(
      ['', 'clear', 'signs', 'no clear difference', 'about the same', 'too few'],
      [
        statementsRow('time, no difference, 600 changes', falseStatements.smallTime),
        statementsRow('time, no difference, 2,000 changes', falseStatements.time),
        statementsRow('rounds, no difference, 2,000 changes', falseStatements.rounds),
        statementsRow('reverts, no difference, 2,000 changes', falseStatements.reverts),
        statementsRow('time, no difference, the faster people use AI', falseStatements.bySpeed),
        ...power.flatMap(({ each, byThird, byFifth }) => [
          statementsRow(`time, a third less, ${number(each)} and ${number(each)}`, byThird),
          statementsRow(`time, a fifth less, ${number(each)} and ${number(each)}`, byFifth),
        ]),
      ],
    ),
    `With half as many runs: in a year of weekly looks at time without any difference, a rule of "95 % this week" speaks at least once in ${percent(year.at95)} % of organisations, 99 % in ${percent(year.at99)} %, 99 % two weeks running in ${percent(year.twoWeeks)} %, and with the same people asked, as the product does, in ${percent(year.clear)} %.`,
    '### Quantiles, the share merged and the revert curve',
    table(
      ['95 % interval of', 'contains the truth'],
      [
        ...[...quantiles].map(([p, share]) => [`${name(p)}, 360 changes`, percent(share)]),
        ...[...unevenQuantiles].map(([p, share]) => [
          `${name(p)}, 360 changes, a few people do most`,
          percent(share),
        ]),
        ...simulation.merged.flatMap(({ what, coverage }) =>
          [...coverage].map(([hours, share]) => [
            `merged within ${hoursText(hours)}, ${what}`,
            percent(share),
          ]),
        ),
        ...simulation.curves.map(({ changes, risk, coverage }) => [
          `reverts by 30 days, ${number(changes)} changes, ${1_000 * risk} per 1,000`,
          percent(coverage),
        ]),
      ],
    ),
    '### Against the figures that the method was designed with',
    `They come from other simulations, before this product was written. ${claims.length - differing.length} of ${claims.length} agree: within three Monte-Carlo errors of both simulations, and their rounding. Percent; differences from none, and times as what they are shorter by.`,
    table(['what', 'designed with', 'measured', ''], claims.map(claimRow)),
  ].join('\n\n')
}

/** Puts the tables between the markers of a page. */
export function withSimulation(page: string, tables: string): string {
  const [before, rest] = split(page, begin)
  const [, after] = split(rest, end)
  return `${before}${begin}\n\n${tables}\n\n${end}${after}`
}

function split(text: string, by: string): readonly [string, string] {
  const at = text.indexOf(by)
  if (at === -1) throw new Error(`the page has no line ${JSON.stringify(by)}`)
  return [text.slice(0, at), text.slice(at + by.length)]
}

function coverageTable(settings: Simulation['fair']): string {
  return table(
    [
      'setting',
      'effective people',
      'time 95 %',
      '99 %',
      'shown',
      'rounds 95 %',
      'reverts 95 %',
      'same people 95 %',
      "usual t-test's 95 %",
    ],
    settings.map(({ name: setting, coverage: { outcomes, effectivePeople, ...rest } }) => [
      setting,
      effectivePeople.value.toFixed(0),
      percent(outcomes.time.at95),
      percent(outcomes.time.at99),
      percent(outcomes.time.shown),
      percent(outcomes.rounds.at95),
      percent(outcomes.reverts.at95),
      percent(rest.samePeople.shownAt95),
      percent(rest.usual),
    ]),
  )
}

function confoundedRow(title: string, { outcomes, naiveBias, samePeople }: Coverage): string[] {
  return [
    title,
    change(naiveBias),
    change(outcomes.time.bias),
    percent(outcomes.time.at95),
    change(samePeople.bias),
    percent(samePeople.shownAt95),
  ]
}

function statementsRow(title: string, said: Statements): string[] {
  const { clear, signs, noClearDifference, similar, tooFew } = said
  return [title, ...[clear, signs, noClearDifference, similar, tooFew].map(percent)]
}

function claimRow({ what, said, measured, agrees }: Claim): string[] {
  const values = measured.map(({ value }) => value)
  const errors = measured.map(({ error }) => error)
  const range = [Math.min(...values), Math.max(...values)].map(oneDecimal)
  const text = range[0] === range[1] ? `${range[0]}` : `${range[0]} to ${range[1]}`
  const stated =
    said[0] === said[1] ? decimals(said[0]) : `${decimals(said[0])} to ${decimals(said[1])}`
  return [
    what,
    stated,
    `${text} (± ${oneDecimal(Math.max(...errors))})`,
    agrees ? 'agrees' : '**differs**',
  ]
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = heads.map((_, column) => (column === 0 ? '---' : '---:'))
  return [line(heads), line(rule), ...rows.map(line)].join('\n')
}

/** From the least to the most. */
function range(shares: readonly Share[]): string {
  const values = shares.map(({ value }) => 100 * value)
  return `${oneDecimal(Math.min(...values))} to ${oneDecimal(Math.max(...values))}`
}

function percent(share: Share): string {
  return share.runs === 0 ? '–' : oneDecimal(100 * share.value)
}

function change(mean: Mean): string {
  return mean.runs === 0 ? '–' : `${oneDecimal(100 * (Math.exp(mean.value) - 1))} %`
}

function oneDecimal(value: number): string {
  return value.toFixed(1).replace('-', '−')
}

function decimals(value: number): string {
  return String(Number(value.toFixed(1))).replace('-', '−')
}

function number(value: number): string {
  return value.toLocaleString('en')
}

function name(p: number): string {
  return p === 0.5 ? 'median' : `${100 * p} % quantile`
}
