import {
  changeTenantSettings,
  readTenantSettings,
  settingNames,
  type TenantSettings,
} from '../check/tenant-settings.ts'
import { refreshJobs } from '../jobs/refresh-jobs.ts'
import { mayLabel } from '../labels/may-label.ts'
import { findAccount } from './find-account.ts'
import { countByVisibility } from './list-accounts.ts'
import type { Operation, OperationEnd } from './operation.ts'

/** Prints the settings of an account, and who sees what they let be seen. */
export async function showSettings(
  operation: Operation,
  [text = '']: readonly string[],
): Promise<OperationEnd> {
  const { store, print } = operation
  const tenant = await findAccount(operation, text)
  if (tenant === undefined) return 1
  const { settings, counts } = await store.tenant(tenant.id).read(async (facts) => ({
    settings: await readTenantSettings(facts),
    counts: await countByVisibility(facts),
  }))
  for (const [name, key] of Object.entries(settingNames))
    print(`${name}=${wordOf(settings[key])}\n`)
  const shown = settings.organisationInPublicChecks ? 'is' : 'would be'
  print(
    `With organisation-in-public-checks the organisation's statement ${shown} shown in the checks of ` +
      `${counts.public} public and ${counts.internal} internal repositories, to whoever can read these.\n`,
  )
  if (!mayLabel(tenant.permissions)) {
    print(
      'Labels need the permissions pull_requests: write and issues: write, which were not granted.\n',
    )
  }
  return 0
}

/** Changes a setting, and has the open pull requests brought up to date with it. */
export async function setSetting(
  operation: Operation,
  [text = '', assignment = '']: readonly string[],
): Promise<OperationEnd> {
  const { store, now, say } = operation
  const change = parseAssignment(assignment)
  if (change === undefined) {
    say(
      `what-shipped: settings are ${Object.keys(settingNames).join(' and ')}, each on or off: ${Object.keys(settingNames)[0]}=on`,
    )
    return 1
  }
  const tenant = await findAccount(operation, text)
  if (tenant === undefined) return 1
  const { id } = tenant
  const jobs = await store.tenant(id).write(null, async (facts) => {
    await changeTenantSettings(facts, { [change.key]: change.isOn })
    await facts.audit.add({
      at: now(),
      actor: null,
      action: 'set',
      subject: assignment,
      outcome: 'by the operator',
    })
    const repositories = await facts.repositories.list()
    const kind = change.key === 'labels' ? 'keep-labels' : 'publish-check'
    return refreshJobs(facts, repositories, { tenantId: id, now: now(), kind })
  })
  await store.jobs.enqueue(jobs)
  return showSettings(operation, [text])
}

function parseAssignment(
  text: string,
): { readonly key: keyof TenantSettings; readonly isOn: boolean } | undefined {
  const [, name = '', value] = /^([\w-]+)=(on|off)$/.exec(text) ?? []
  const known = Object.entries(settingNames).find(([one]) => one === name)
  return known === undefined ? undefined : { key: known[1], isOn: value === 'on' }
}

function wordOf(isOn: boolean): string {
  return isOn ? 'on' : 'off'
}
