import {
  type Change,
  type DeliveryRecord,
  deriveChange,
  RevertLinks,
  type SyntheticInit,
  syntheticOrganisation,
} from '../../src/delivery/index.ts'
import { indexRegistry, shippedRegistry } from '../../src/provenance/index.ts'

const marks = indexRegistry(shippedRegistry())

/** What the product derives from the records of a synthetic organisation. */
export function syntheticChanges(init: SyntheticInit): Change[] {
  return changesOf([...syntheticOrganisation(init)], init.asOf)
}

/** What the product derives from records. */
export function changesOf(records: readonly DeliveryRecord[], asOf: string): Change[] {
  const reverts = new RevertLinks()
  for (const record of records) reverts.add(record)
  return records.flatMap((record) =>
    record.record === 'pull-request'
      ? deriveChange(record, {
          marks,
          reverts: reverts.linksTo(record),
          revertRole: reverts.roleOf(record),
          asOf,
        })
      : [],
  )
}
