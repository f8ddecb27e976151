import { type AccessWorld, anAccessWorld } from '../../support/access-world.ts'
import { anAccount, aRepository } from '../../support/fake-github/index.ts'
import { signIn, type TestBrowser } from '../../support/sign-in.ts'
import type { TestEngine } from '../../support/stores.ts'

export const acme = 9_001

/** An organisation with an owner and members, its outsider, somebody else, and another organisation with an owner of its own. */
export async function aSettingsWorld(engine?: TestEngine): Promise<
  AccessWorld & {
    /** Paths of acme. */
    readonly path: string
    as(login: string): Promise<TestBrowser>
    readonly idOf: (login: string) => number
  }
> {
  const account = anAccount('acme', { type: 'Organization', id: acme })
  const other = anAccount('globex', { type: 'Organization' })
  const readable = aRepository({ owner: account, name: 'readable', id: 71, private: true })
  const secret = aRepository({ owner: account, name: 'hush-hush', id: 72, private: true })
  const open = aRepository({ owner: account, name: 'open', id: 73 })
  for (const login of ['mel', 'out']) readable.collaborators[login] = 'read'
  const logins = ['ona', 'mel', 'out', 'nil', 'oth']
  const users = logins.map((login) => anAccount(login))
  const member = (login: string, role: 'admin' | 'member', organization: string) =>
    ({ organization, login, role, state: 'active' }) as const
  const world = await anAccessWorld({
    ...(engine === undefined ? {} : { engine }),
    repositories: [readable, secret, open, aRepository({ owner: other, name: 'theirs', id: 74 })],
    users,
    memberships: [
      member('ona', 'admin', 'acme'),
      member('mel', 'member', 'acme'),
      member('oth', 'admin', 'globex'),
    ],
  })
  return {
    ...world,
    path: `/accounts/${acme}`,
    as: (login) => signIn(world, login),
    idOf: (login) => users.find((one) => one.login === login)?.id ?? 0,
  }
}

/** The form of the settings as it is sent where nothing of it is touched. */
export const untouched = {
  open: 'yes',
  people: '5',
  changes: '20',
  largestPersonPercent: '50',
  retentionDays: '',
  repositories: 'all',
  branches: '',
}
