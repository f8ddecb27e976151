import type { StoredTables } from '../../store/index.ts'
import { accountInventory } from './account-inventory.ts'
import { factInventory } from './fact-inventory.ts'
import { queueInventory } from './queue-inventory.ts'
import type { StoredTable, TablesAbout } from './stored-table.ts'

/** Every table and every column of the database, with what it is for: one that is missing here does not compile. */
export const inventory: TablesAbout<keyof StoredTables> = {
  ...factInventory,
  ...accountInventory,
  ...queueInventory,
}

/** The same in order, under the names that they have in the database. */
export function storedTables(): readonly (StoredTable & { readonly name: string })[] {
  return Object.entries(inventory).map(([name, table]) => ({
    ...table,
    name: databaseName(name),
    fields: Object.fromEntries(
      Object.entries(table.fields).map(([field, about]) => [databaseName(field), about]),
    ),
  }))
}

/** As `kysely` writes a name of ours. */
function databaseName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
