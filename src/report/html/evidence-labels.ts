import type { Report } from '../report-document.ts'
import { capital } from './capital.ts'

type Coverage = NonNullable<Report['coverage']>
type Assistance = Coverage['assistance'][number]['assistance']
type Tier = Coverage['tiers'][number]['tier']

/** What a change records of AI use, in words. */
export const assistanceLabels: Readonly<Record<Assistance, string>> = {
  assisted: 'AI recorded',
  unassisted: 'Attested unassisted',
  undeclared: 'Nothing declared',
}

/** A tier of evidence, with its code where it has one. */
export function tierLabel(tier: Tier, label: string): string {
  return tier === 'none' ? capital(label) : `${tier} ${label}`
}
