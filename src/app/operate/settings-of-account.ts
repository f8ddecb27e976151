import { mayLabel } from '../labels/may-label.ts'
import { readAccountSettings } from '../settings/account-settings.ts'
import { applyChanges } from '../settings/apply-changes.ts'
import { changeAccountSettings } from '../settings/change-settings.ts'
import { parseAssignment, printSettings, settingNames } from '../settings/setting-texts.ts'
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
    settings: await readAccountSettings(facts),
    counts: await countByVisibility(facts),
  }))
  print(printSettings(settings))
  const shown = settings.organisationInPublicChecks && settings.open ? 'is' : 'would be'
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

/** Changes a setting, and has what hangs on it brought up to date. */
export async function setSetting(
  operation: Operation,
  [text = '', assignment = '']: readonly string[],
): Promise<OperationEnd> {
  const { store, now, say, backfillWeeks } = operation
  const tenant = await findAccount(operation, text)
  if (tenant === undefined) return 1
  const { id } = tenant
  const at = now()
  const isKnown = await store.tenant(id).write(null, async (facts, enqueue) => {
    const choices = parseAssignment(assignment, await readAccountSettings(facts))
    if (choices === undefined) return false
    const changed = await changeAccountSettings(facts, choices, { actor: null, at })
    enqueue(await applyChanges(facts, changed, { tenantId: id, at, backfillWeeks }))
    return true
  })
  if (!isKnown) {
    say(
      `what-shipped: settings are ${settingNames.join(', ')}; docs/settings.md says what each takes`,
    )
    return 1
  }
  return showSettings(operation, [text])
}
