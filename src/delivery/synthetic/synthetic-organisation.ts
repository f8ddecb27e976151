import { shippedRegistry } from '../../provenance/index.ts'
import type { DeliveryRecord } from '../record.ts'
import { castOf } from './cast.ts'
import { completeOptions, type SyntheticInit } from './options.ts'
import type { Plan } from './plan.ts'
import { planOrganisation } from './plan-organisation.ts'
import { type Organisation, writeBranchCommit, writePullRequest } from './write-record.ts'

/** Every so many reverts, one is pushed straight to the branch. */
const pushedReverts = 10

/**
 * The records of an organisation that does not exist, with known effects: made-up people and repositories, marks as real
 * tools leave them. The same options give the same records, byte for byte. For tests, documentation and a first look; what
 * is made of it must be marked as synthetic.
 *
 * @example syntheticOrganisation({ seed: 1, asOf: '2026-11-16T00:00:00Z' })
 */
export function* syntheticOrganisation(
  init: SyntheticInit,
): Generator<DeliveryRecord, void, undefined> {
  const options = completeOptions(init)
  const cast = castOf(options)
  const plans = planOrganisation(cast, options)
  const asOf = Date.parse(options.asOf)
  const pushed = plans
    .filter(({ kind, endedAt }) => kind === 'revert' && endedAt <= asOf)
    .filter((_, index) => index % pushedReverts === pushedReverts - 1)
  const pushedStreams = new Set(pushed.map(({ stream }) => stream))
  const numbers = numberPlans(plans.filter(({ stream }) => !pushedStreams.has(stream)))
  const organisation: Organisation = {
    options,
    cast,
    registry: shippedRegistry().version,
    numberOf: ({ stream }) => numbers.get(stream) ?? 0,
  }
  for (const plan of plans) {
    yield pushedStreams.has(plan.stream)
      ? writeBranchCommit(plan, organisation)
      : writePullRequest(plan, organisation)
  }
}

/** Pull requests are numbered within their repository, in the order in which they were opened. */
function numberPlans(plans: readonly Plan[]): ReadonlyMap<number, number> {
  const last = new Map<number, number>()
  return new Map(
    plans.map(({ repository, stream }) => {
      const number = (last.get(repository) ?? 0) + 1
      last.set(repository, number)
      return [stream, number]
    }),
  )
}
