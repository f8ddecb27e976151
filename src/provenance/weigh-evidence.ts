import type { Assistance, Claim, Evidence, Tier } from './evidence.ts'

/** Why a change is kept out of both cohorts although it has an answer. */
export type SetAside = 'disputed' | 'unreliable-mark'

/** What evidence amounts to under the rule of docs/provenance.md. */
export interface Weighed {
  readonly assistance: Assistance
  /** Strongest tier of the evidence behind the answer; absent for undeclared. */
  readonly tier?: Tier
  /** The evidence behind the answer. */
  readonly deciding: readonly Evidence[]
  /** Evidence that says otherwise and lost. */
  readonly overruled: readonly Evidence[]
  readonly setAside?: SetAside
}

const nothingRecorded: Weighed = { assistance: 'undeclared', deciding: [], overruled: [] }

/**
 * E1 and E2 outrank E3; among E3 the latest wins; E4 is never enough. A person's word against a tool's own mark (E2) does
 * not change the answer but disputes it, and so does a person's word that AI was used against a note that saw none; what is
 * attested (E1) a person's word cannot dispute. Evidence without a time counts as earlier than any with one; between equal
 * times the later in the list wins.
 */
export function weighEvidence(evidence: readonly Evidence[]): Weighed {
  if (evidence.length === 0) return nothingRecorded
  const strong = evidence.filter(({ tier }) => tier === 'E1' || tier === 'E2')
  const positive = strong.filter(({ claim }) => isPositive(claim))
  const negative = strong.filter(({ claim }) => claim === 'unassisted')
  const { declared, lastWord } = readDeclarations(evidence)
  if (positive.length > 0) {
    const against = lastWord !== undefined && denies(lastWord.claim) ? [lastWord] : []
    const tier = strongest(positive)
    return {
      assistance: 'assisted',
      tier,
      deciding: positive,
      overruled: [...negative, ...against],
      ...(against.length > 0 && tier === 'E2' ? { setAside: 'disputed' } : {}),
    }
  }
  if (negative.length > 0) {
    const against = lastWord !== undefined && isPositive(lastWord.claim) ? [lastWord] : []
    return {
      assistance: 'unassisted',
      tier: strongest(negative),
      deciding: negative,
      overruled: against,
      ...(against.length > 0 ? { setAside: 'disputed' } : {}),
    }
  }
  const latest = declared.at(-1)
  if (latest !== undefined) {
    const assisted = isPositive(latest.claim)
    return {
      assistance: assisted ? 'assisted' : 'unassisted',
      tier: 'E3',
      deciding: declared.filter(({ claim }) => isPositive(claim) === assisted),
      overruled: declared.filter(({ claim }) => isPositive(claim) !== assisted),
    }
  }
  const unreliable = evidence.some(({ epoch }) => epoch !== undefined)
  return {
    assistance: 'undeclared',
    deciding: [],
    overruled: [],
    ...(unreliable ? { setAside: 'unreliable-mark' } : {}),
  }
}

/** What people declare and nobody took back, in order of time, and the last thing that they said. */
function readDeclarations(evidence: readonly Evidence[]): {
  declared: readonly Evidence[]
  lastWord: Evidence | undefined
} {
  const said = evidence.filter(({ tier, claim }) => tier === 'E3' && claim !== 'suggested')
  if (said.length === 0) return { declared: [], lastWord: undefined }
  const inOrder = said.toSorted((one, other) => timeOf(one) - timeOf(other))
  let standing: Evidence[] = []
  for (const next of inOrder) {
    if (next.claim === 'assisted-withdrawn') {
      standing = standing.filter(({ claim }) => !isPositive(claim))
    }
    if (next.claim === 'unassisted-withdrawn') {
      standing = standing.filter(({ claim }) => claim !== 'unassisted')
    } else standing.push(next)
  }
  const declared = standing.filter(({ claim }) => claim !== 'assisted-withdrawn')
  return { declared, lastWord: standing.at(-1) }
}

function timeOf({ at }: Evidence): number {
  return at ?? Number.MIN_SAFE_INTEGER
}

/** Whether a claim says that AI took part in writing. */
export function isPositive(claim: Claim): boolean {
  return claim === 'assisted' || claim === 'agent-authored'
}

function denies(claim: Claim): boolean {
  return claim === 'unassisted' || claim === 'assisted-withdrawn'
}

function strongest(evidence: readonly Evidence[]): Tier {
  return evidence.some(({ tier }) => tier === 'E1') ? 'E1' : 'E2'
}
