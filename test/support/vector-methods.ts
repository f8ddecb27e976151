import * as z from 'zod'
import { disclose } from '../../src/comparison/disclosure/disclosure-gate.ts'
import { judge } from '../../src/comparison/outcomes/verdict.ts'
import { aalenJohansen } from '../../src/comparison/statistics/aalen-johansen.ts'
import { adjustedRiskDifference } from '../../src/comparison/statistics/adjusted-risk-difference.ts'
import { cohortQuantiles } from '../../src/comparison/statistics/cohort-quantile.ts'
import {
  meanBounds,
  medianBounds,
  riskBounds,
} from '../../src/comparison/statistics/contamination-bounds.ts'
import {
  changesNeeded,
  detectableRatio,
} from '../../src/comparison/statistics/detectable-difference.ts'
import { eValue, ratioOfDifference } from '../../src/comparison/statistics/e-value.ts'
import {
  clusteredError,
  kaplanMeier,
  logLogInterval,
  riskInterval,
} from '../../src/comparison/statistics/kaplan-meier.ts'
import { likeForLike, likeForLikeInterval } from '../../src/comparison/statistics/like-for-like.ts'
import {
  mantelHaenszel,
  mantelHaenszelElsewhere,
} from '../../src/comparison/statistics/mantel-haenszel.ts'
import { miettinenNurminen } from '../../src/comparison/statistics/miettinen-nurminen.ts'
import { normalCdf, normalQuantile } from '../../src/comparison/statistics/normal-distribution.ts'
import { quantile } from '../../src/comparison/statistics/quantile.ts'
import { shareDifference } from '../../src/comparison/statistics/share-difference.ts'
import {
  studentCdf,
  studentQuantile,
} from '../../src/comparison/statistics/student-distribution.ts'
import { correctForUndeclared } from '../../src/comparison/statistics/undeclared-use.ts'
import { wilsonInterval } from '../../src/comparison/statistics/wilson-interval.ts'
import { layOut } from '../../src/comparison/strata/layout.ts'

const numbers = z.array(z.number())
const floats = numbers.transform((values) => Float64Array.from(values))
const ids = z.array(z.union([z.number(), z.string()])).transform((values) => {
  const known = new Map([...new Set(values)].map((value, index) => [value, index]))
  return Int32Array.from(values, (value) => known.get(value) ?? 0)
})
const flags = numbers.transform((values) => Uint8Array.from(values))
const conf = z.number()

/** A method of the vectors, by the names that its files use: an input, parsed, through the production functions. */
function method<Schema extends z.ZodType>(
  schema: Schema,
  compute: (input: z.infer<Schema>) => unknown,
): (input: unknown) => unknown {
  return (input) => compute(schema.parse(input))
}

const stratified = z.object({ y: floats, assisted: flags, stratum: ids, cluster: ids, conf })
const twoCounts = z.object({ x1: z.number(), n1: z.number(), x0: z.number(), n0: z.number(), conf })

/** Sum of what is counted, and of how many changes. */
interface Counted {
  readonly sum: number
  readonly changes: number
}

interface CountedStratum {
  readonly assisted: Counted
  readonly other: Counted
}

/** Logarithm of the product's ratio of means, with all that was counted in a cohort given to its first change. */
function rateRatio(strata: readonly CountedStratum[]): number {
  const changes = strata.flatMap(({ assisted, other }, stratum) =>
    [other, assisted].flatMap((side, cohort) =>
      Array.from({ length: side.changes }, (_, i) => ({
        stratum,
        cohort,
        counted: i === 0 ? side.sum : 0,
      })),
    ),
  )
  const layout = layOut({
    assisted: Uint8Array.from(changes, ({ cohort }) => cohort),
    stratum: Int32Array.from(changes, ({ stratum }) => stratum),
    person: Int32Array.from(changes, (_, i) => i % 10),
  })
  const outcome = Float64Array.from(changes, ({ counted }) => counted)
  return likeForLike(layout, outcome, 'log-ratio')?.estimate ?? Number.NaN
}

/** Standard error of that logarithm where every count is Poisson's (Greenland & Robins 1985); the product has the jackknife. */
function poissonError(strata: readonly CountedStratum[]): number {
  let variance = 0
  let ones = 0
  let others = 0
  for (const { assisted, other } of strata) {
    const all = assisted.changes + other.changes
    variance += ((assisted.sum + other.sum) * assisted.changes * other.changes) / all ** 2
    ones += (assisted.sum * other.changes) / all
    others += (other.sum * assisted.changes) / all
  }
  return Math.sqrt(variance / (ones * others))
}

/** Every method of the vectors that the product has. */
export const compareMethods: Readonly<Record<string, (input: unknown) => unknown>> = {
  special_functions: method(
    z.object({
      fn: z.enum(['qnorm', 'pnorm', 'qt', 'pt']),
      p: z.number().default(0),
      x: z.number().default(0),
      df: z.number().default(0),
    }),
    ({ fn, p, x, df }) => {
      const value = {
        qnorm: () => normalQuantile(p),
        pnorm: () => normalCdf(x),
        qt: () => studentQuantile(p, df),
        pt: () => studentCdf(x, df),
      }
      return { value: value[fn]() }
    },
  ),
  quantile_type7: method(z.object({ x: floats, probs: numbers }), ({ x, probs }) => {
    const sorted = x.toSorted()
    return { quantiles: probs.map((p) => quantile(sorted, p)) }
  }),
  wilson: method(z.object({ x: z.number(), n: z.number(), conf }), (input) => {
    const { share, lower, upper } = wilsonInterval(input.x / input.n, input.n, input.conf)
    return { p: share, lower, upper }
  }),
  newcombe: method(twoCounts, ({ x1, n1, x0, n0, conf }) => {
    const one = wilsonInterval(x1 / n1, n1, conf)
    const { difference, lower, upper } = shareDifference(one, wilsonInterval(x0 / n0, n0, conf))
    return { diff: difference, lower, upper }
  }),
  miettinen_nurminen: method(twoCounts, ({ x1, n1, x0, n0, conf }) => {
    const one = { events: x1, changes: n1 }
    const found = miettinenNurminen(one, { events: x0, changes: n0 }, conf)
    return { diff: found.difference, lower: found.lower, upper: found.upper }
  }),
  like_for_like: method(
    stratified.extend({ scale: z.enum(['diff', 'logratio']) }),
    ({ y, assisted, stratum, cluster, scale, conf }) => {
      const layout = layOut({ assisted, stratum, person: cluster })
      const found = likeForLike(layout, y, scale === 'diff' ? 'difference' : 'log-ratio')
      if (found === null) return null
      const interval = likeForLikeInterval(found, conf)
      return {
        estimate: found.estimate,
        m1: found.assistedMean,
        m0: found.otherMean,
        se: found.standardError,
        clusters: found.people,
        effective_clusters: found.effectivePeople,
        max_cluster_share: found.largestShare,
        n1_used: found.assistedUsed,
        n0_used: found.otherUsed,
        strata_used: found.strataUsed,
        lower: interval?.[0] ?? null,
        upper: interval?.[1] ?? null,
      }
    },
  ),
  mh_rate_ratio: method(
    z.object({ y1: numbers, n1: numbers, y0: numbers, n0: numbers }),
    ({ y1, n1, y0, n0 }) => {
      const strata = y1.map((_, s) => ({
        assisted: { sum: y1[s] ?? 0, changes: n1[s] ?? 0 },
        other: { sum: y0[s] ?? 0, changes: n0[s] ?? 0 },
      }))
      const estimate = rateRatio(strata)
      const error = poissonError(strata)
      const half = normalQuantile(0.975) * error
      return {
        rate_ratio: Math.exp(estimate),
        log_se_poisson: error,
        lower: Math.exp(estimate - half),
        upper: Math.exp(estimate + half),
      }
    },
  ),
  adjusted_risk_difference: method(stratified, ({ y, assisted, stratum, cluster, conf }) => {
    const found = adjustedRiskDifference(layOut({ assisted, stratum, person: cluster }), y)
    if (found === null) return null
    const interval = found.interval(conf)
    return {
      events: found.assistedEvents + found.otherEvents,
      m1: found.comparison.assistedMean,
      m0: found.comparison.otherMean,
      rd: interval.difference,
      se_jackknife: found.comparison.standardError,
      se_sato: found.independentError,
      deff: found.designEffect,
      n_eff1: found.assistedEffective,
      n_eff0: found.otherEffective,
      m1_lower: interval.assisted.lower,
      m1_upper: interval.assisted.upper,
      m0_lower: interval.other.lower,
      m0_upper: interval.other.upper,
      lower: interval.lower,
      upper: interval.upper,
      clusters: found.comparison.people,
      effective_clusters: found.comparison.effectivePeople,
      max_cluster_share: found.comparison.largestShare,
      n1_used: found.comparison.assistedUsed,
      n0_used: found.comparison.otherUsed,
    }
  }),
  mantel_haenszel: method(
    z.object({ x1: floats, n1: floats, x0: floats, n0: floats, conf }),
    ({ x1, n1, x0, n0, conf }) => {
      const tables = { events: byCell(x0, x1), counts: byCell(n0, n1) }
      const found = mantelHaenszel(tables)
      const elsewhere = mantelHaenszelElsewhere(tables)
      const { interval, ratioInterval } = elsewhere
      const [lower, upper] = interval(conf)
      const [ratioLower, ratioUpper] = ratioInterval(conf)
      return {
        weight_sum: found.weight,
        m1: found.assistedRisk,
        m0: found.otherRisk,
        rd: found.difference,
        rd_se_sato: found.standardError,
        rd_lower: lower,
        rd_upper: upper,
        rd_se_gr: elsewhere.greenlandRobinsError,
        rr: elsewhere.ratio,
        log_rr_se: elsewhere.logRatioError,
        rr_lower: ratioLower,
        rr_upper: ratioUpper,
      }
    },
  ),
  kaplan_meier: method(
    z.object({ time: floats, status: flags, times: numbers, conf, cluster: ids.optional() }),
    ({ time, status, times, conf, cluster }) => {
      const followed = { time, happened: status }
      return {
        at: kaplanMeier(followed, times).map((point) => {
          const logLog = logLogInterval(point, conf)
          const { lower, upper } = riskInterval(point, conf)
          return {
            t: point.time,
            survival: point.survival,
            risk: point.risk,
            events: point.events,
            at_risk: point.followed,
            se_greenland: point.standardError,
            survival_loglog: logLog === null ? null : { lower: logLog[0], upper: logLog[1] },
            n_eff: point.effective,
            risk_wilson: { lower, upper },
            se_cluster_ij:
              cluster === undefined ? null : clusteredError(followed, cluster, point.time),
          }
        }),
      }
    },
  ),
  aalen_johansen: method(
    z.object({ time: floats, cause: flags, times: numbers }),
    ({ time, cause, times }) => {
      // Every change is another person's.
      const person = Int32Array.from(time, (_, i) => i)
      const found = aalenJohansen({ time, cause, person, people: time.length }, times)
      return {
        cif1: found.map(({ merged }) => merged),
        cif2: found.map(({ closed }) => closed),
        se1_ij: found.map(({ pulls }) => Math.hypot(...pulls)),
      }
    },
  ),
  cohort_quantile_ci: method(
    z.object({ x: floats, weight: floats, cluster: ids, probs: numbers, conf }),
    ({ x, weight, cluster, probs, conf }) => ({
      at: cohortQuantiles(
        { value: x, person: cluster, weight: weight.every((one) => one === 1) ? null : weight },
        probs,
        conf,
      ).map((found) => ({
        p: found.p,
        quantile: found.quantile,
        F: found.share,
        se_F_jackknife: found.standardError,
        deff: found.designEffect,
        n_eff: found.effective,
        effective_clusters: found.effectivePeople,
        p_lower: found.lowerShare,
        p_upper: found.upperShare,
        lower: found.lower,
        upper: found.upper,
      })),
    }),
  ),
  misclassification: method(
    z.object({
      delta: z.number(),
      lower: z.number(),
      upper: z.number(),
      undeclared: z.number(),
      false_signal: z.number(),
    }),
    ({ delta, lower, upper, undeclared, false_signal }) => ({
      delta: correctForUndeclared(delta, undeclared, false_signal),
      lower: correctForUndeclared(lower, undeclared, false_signal),
      upper: correctForUndeclared(upper, undeclared, false_signal),
    }),
  ),
  contamination_bounds: method(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('risk'),
        x1: z.number(),
        n1: z.number(),
        x0: z.number(),
        n0: z.number(),
        u: z.number(),
      }),
      z.object({ kind: z.literal('mean'), y1: floats, y0: floats, u: z.number() }),
      z.object({ kind: z.literal('median'), y0: floats, u: z.number() }),
    ]),
    (input) => {
      if (input.kind === 'median') return medianBounds(input.y0, input.u)
      const bounds =
        input.kind === 'mean'
          ? meanBounds(input.y1, input.y0, input.u)
          : riskBounds(
              { events: input.x1, changes: input.n1 },
              { events: input.x0, changes: input.n0 },
              input.u,
            )
      const { lower, upper, otherLeast, otherMost } = bounds
      return { lower, upper, mu0_min: otherLeast, mu0_max: otherMost }
    },
  ),
  detectable: method(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('mde'), se: z.number(), df: z.number(), conf, power: z.number() }),
      z.object({ kind: z.literal('n'), p1: z.number(), p0: z.number(), conf, power: z.number() }),
    ]),
    (input) =>
      input.kind === 'mde'
        ? { ratio: detectableRatio(input.se, input.df, input.conf, input.power) }
        : { n: changesNeeded(input.p1, input.p0, input.conf, input.power) },
  ),
  e_value: method(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('rr'), rr: z.number(), lower: z.number(), upper: z.number() }),
      z.object({
        kind: z.literal('log_difference'),
        delta: z.number(),
        lower: z.number(),
        upper: z.number(),
        sd: z.number(),
      }),
    ]),
    (input) =>
      input.kind === 'rr'
        ? eValue({ ratio: input.rr, lower: input.lower, upper: input.upper })
        : eValue({
            ratio: ratioOfDifference(input.delta, input.sd),
            lower: ratioOfDifference(input.lower, input.sd),
            upper: ratioOfDifference(input.upper, input.sd),
          }),
  ),
  verdict: method(
    z.object({
      publishable: z.boolean(),
      scale: z.enum(['ratio', 'difference']),
      n1: z.number(),
      n0: z.number(),
      effective_clusters: z.number(),
      max_cluster_share: z.number(),
      ci95: z.array(z.number().nullable()).length(2),
      ci99: z.array(z.number().nullable()).length(2),
      previous99: z.enum(['lower', 'higher']).nullable(),
      same_people: z.tuple([z.number(), z.number()]).nullable(),
      events: z.number().optional(),
    }),
    (input) => ({
      code: judge({
        publishable: input.publishable,
        scale: input.scale,
        assistedUsed: input.n1,
        otherUsed: input.n0,
        effectivePeople: input.effective_clusters,
        largestShare: input.max_cluster_share,
        interval95: toInterval(input.ci95),
        interval99: toInterval(input.ci99),
        lastWeek: input.previous99,
        samePeople: input.same_people,
        ...(input.events === undefined ? {} : { events: input.events }),
      }),
    }),
  ),
  suppression: method(
    z.object({
      cells: z.array(
        z.object({ id: z.string(), assisted: z.array(z.string()), other: z.array(z.string()) }),
      ),
      rules: z.object({ k: z.number(), n: z.number(), dom: z.number() }).partial().optional(),
    }),
    ({ cells, rules }) =>
      disclose(cells, {
        people: rules?.k ?? 5,
        changes: rules?.n ?? 20,
        personShare: rules?.dom ?? 0.5,
      }),
  ),
}

/** Numbers of both cohorts as `2 * stratum + cohort`. */
function byCell(other: Float64Array, assisted: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * other.length }, (_, cell) => {
    const one = cell % 2 === 0 ? other : assisted
    return one[cell >> 1] ?? Number.NaN
  })
}

function toInterval(limits: readonly (number | null)[]) {
  const [lower, upper] = limits
  return typeof lower === 'number' && typeof upper === 'number' ? ([lower, upper] as const) : null
}
