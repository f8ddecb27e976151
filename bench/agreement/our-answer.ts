import type { Assistance, Evidence, SetAside, Tier } from '../../src/provenance/index.ts'

/** What a commit's and a change's assessment have in common. */
interface Assessed {
  readonly assistance: Assistance
  readonly tier?: Tier | null | undefined
  readonly evidence: readonly Evidence[]
  readonly setAside?: SetAside | null | undefined
  readonly automation?: string | null | undefined
}

/** Our answer, and the one word under which a disagreement is filed. */
export interface OurAnswer {
  readonly assisted: boolean
  /** Assisted: the mark that decided. Otherwise: why not. */
  readonly because: string
}

/** Sums an assessment up for the comparison. */
export function ourAnswer({
  assistance,
  tier,
  evidence,
  setAside,
  automation,
}: Assessed): OurAnswer {
  if (assistance === 'assisted') {
    const decided = evidence.find(
      (one) => one.tier === tier && (one.claim === 'assisted' || one.claim === 'agent-authored'),
    )
    return { assisted: true, because: `${decided?.mark ?? 'unknown'} (${tier ?? 'no tier'})` }
  }
  return { assisted: false, because: whyNot(assistance, evidence, setAside, automation) }
}

function whyNot(
  assistance: Assistance,
  evidence: readonly Evidence[],
  setAside: SetAside | null | undefined,
  automation: string | null | undefined,
): string {
  if (assistance === 'unassisted') return 'attested or declared without AI'
  if (setAside === 'unreliable-mark') return 'mark in a known-bad time'
  if (evidence.some(({ claim }) => claim === 'suggested')) return 'accepted suggestion'
  if (evidence.some(({ tier }) => tier === 'E4')) return 'weak sign alone'
  if (automation !== undefined && automation !== null) return `automation (${automation})`
  return 'no mark'
}
