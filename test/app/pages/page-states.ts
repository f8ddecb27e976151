import type { Standing } from '../../../src/app/library/library.ts'
import type { Report } from '../../../src/report/index.ts'
import { cloneReport, exampleReport, hiddenReport } from '../../report/example-report.ts'
import {
  aMemoryAccount,
  aMemoryLibrary,
  aPerson,
  type MemoryAccount,
} from '../../support/memory-library.ts'
import { servedAt } from '../../support/serve-library.ts'

const hour = 3_600_000

export function shown(report: Report): Standing {
  return { kind: 'shown', report, builtAt: servedAt }
}

/** Not a made-up organisation, and in it what an organisation has. */
function real(report: Report): Report {
  return { ...report, scope: { ...report.scope, synthetic: false } }
}

/** Every standing that shows no report. */
export const standings: readonly Exclude<Standing, { kind: 'shown' }>[] = [
  { kind: 'reading', repositories: { read: 12, all: 40 }, pullRequests: 3_412 },
  { kind: 'awaited', due: servedAt + 14 * hour },
  { kind: 'awaited', due: servedAt },
  { kind: 'empty' },
  { kind: 'hidden' },
  { kind: 'closed' },
  { kind: 'unreadable' },
]

const repositories: MemoryAccount['repositories'] = [
  {
    id: 301,
    name: 'harbour-lights/api',
    visibility: 'private',
    standing: shown(real(cloneReport())),
  },
  {
    id: 302,
    name: 'harbour-lights/buoy',
    visibility: 'public',
    standing: { kind: 'awaited', due: servedAt },
  },
  { id: 303, name: 'harbour-lights/chart', visibility: 'internal', standing: { kind: 'empty' } },
  {
    id: 304,
    name: 'harbour-lights/skiff',
    visibility: 'private',
    standing: shown(real(hiddenReport())),
  },
  { id: 305, name: 'harbour-lights/tug', visibility: 'private', standing: { kind: 'hidden' } },
]

/** An organisation of which everything is there that a page can hold. */
export const fullAccount = aMemoryAccount({
  standing: shown(real(exampleReport())),
  repositories,
  earlier: ['2026-06-15', '2026-06-01'].map((day) =>
    real(exampleReport({ asOf: `${day}T00:00:00Z` })),
  ),
  announcements: [
    {
      at: servedAt - 50 * hour,
      text: 'An owner changed a setting. Tracked branches: main, release/*.',
    },
    {
      at: servedAt - 90 * hour,
      text: 'An owner changed a setting. People in a group: at least 8.',
    },
  ],
})

const localViewer = { kind: 'local' } as const

/** Pages with what there is to see on them, by what they are called in a test. */
export const pageStates = {
  'signed out': { path: '/', library: undefined },
  'no account': { path: '/', library: aMemoryLibrary([]) },
  accounts: {
    path: '/',
    library: aMemoryLibrary([
      fullAccount,
      aMemoryAccount({ id: 22, name: 'lighthouse', role: 'outsider', state: 'closed' }),
      aMemoryAccount({ id: 23, name: 'a-reader', kind: 'User', role: 'owner', state: 'suspended' }),
    ]),
  },
  organisation: { path: '/accounts/21', library: aMemoryLibrary([fullAccount]) },
  'an earlier week': {
    path: '/accounts/21?as-of=2026-06-15',
    library: aMemoryLibrary([fullAccount]),
  },
  'a made-up organisation': {
    path: '/accounts/21',
    library: aMemoryLibrary(
      [{ ...fullAccount, synthetic: true, standing: shown(exampleReport()) }],
      localViewer,
    ),
  },
  'an outsider': {
    path: '/accounts/21',
    library: aMemoryLibrary([{ ...fullAccount, role: 'outsider' }]),
  },
  'the App suspended': {
    path: '/accounts/21',
    library: aMemoryLibrary([aMemoryAccount({ state: 'suspended', standing: { kind: 'closed' } })]),
  },
  'closed, to an owner': {
    path: '/accounts/21',
    library: aMemoryLibrary([
      aMemoryAccount({ state: 'closed', role: 'owner', standing: { kind: 'closed' } }),
    ]),
  },
  repository: {
    path: '/accounts/21/repositories/301',
    library: aMemoryLibrary([fullAccount]),
  },
  'a repository too small': {
    path: '/accounts/21/repositories/304',
    library: aMemoryLibrary([fullAccount]),
  },
  ...Object.fromEntries(
    standings.flatMap((standing, index) => [
      [
        `organisation ${index}: ${standing.kind}`,
        { path: '/accounts/21', library: aMemoryLibrary([aMemoryAccount({ standing })]) },
      ],
      [
        `repository ${index}: ${standing.kind}`,
        {
          path: '/accounts/21/repositories/301',
          library: aMemoryLibrary([
            aMemoryAccount({
              repositories: [
                { id: 301, name: 'harbour-lights/api', visibility: 'private', standing },
              ],
            }),
          ]),
        },
      ],
    ]),
  ),
  method: { path: '/method', library: undefined },
  definitions: { path: '/definitions', library: undefined },
  'not for': { path: '/not-for', library: aMemoryLibrary([fullAccount], aPerson) },
  'not there': { path: '/accounts/99', library: aMemoryLibrary([fullAccount]), status: 404 },
  failed: {
    path: '/accounts/21',
    library: {
      ...aMemoryLibrary([]),
      account: () => Promise.reject(new Error('canary: the database is on fire')),
    },
    status: 500,
  },
} as const
