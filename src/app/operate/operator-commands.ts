import { listDead, replayDead } from './dead-letters.ts'
import { eraseAccount } from './erase-account.ts'
import { exportAccount } from './export-account.ts'
import { listAccounts } from './list-accounts.ts'
import type { Operation, OperationEnd } from './operation.ts'
import { setSetting, showSettings } from './settings-of-account.ts'

export interface OperatorCommand {
  /** What it is called with, as the usage shows it; one in brackets may be left out. */
  readonly takes: readonly string[]
  readonly does: string
  readonly run: (operation: Operation, args: readonly string[]) => Promise<OperationEnd>
}

/** What an operator can do with the store alone. */
export const operatorCommands: Readonly<Record<string, OperatorCommand>> = {
  '--dead': { takes: [], does: 'lists what was given up, a line of JSON each', run: printDead },
  '--replay': { takes: ['ID'], does: 'tries one of these again', run: replay },
  '--tenants': {
    takes: [],
    does: 'lists the accounts that installed it, a line of JSON each',
    run: listAccounts,
  },
  '--export': { takes: ['TENANT'], does: 'prints all facts of an account', run: exportAccount },
  '--erase': {
    takes: ['TENANT', '[--yes]'],
    does: 'erases all that is kept of an account',
    run: eraseAccount,
  },
  '--settings': { takes: ['TENANT'], does: 'prints the settings of an account', run: showSettings },
  '--set': { takes: ['TENANT', 'NAME=VALUE'], does: 'changes one of them', run: setSetting },
}

async function printDead({ store, print }: Operation): Promise<OperationEnd> {
  for (const { at, ...letter } of await listDead(store)) {
    print(`${JSON.stringify({ ...letter, at: new Date(at).toISOString() })}\n`)
  }
  return 0
}

async function replay(
  { store, say }: Operation,
  [id = '']: readonly string[],
): Promise<OperationEnd> {
  if (await replayDead(store, id)) return 0
  say('what-shipped: there is nothing of that ID; "npm start -- --dead" lists what there is')
  return 1
}
