import { type TablesAbout, whose } from './stored-table.ts'

/** What waits to be done, and what the database knows of itself. */
export const queueInventory: TablesAbout<'schemaState' | 'inbox' | 'bodies' | 'turns' | 'jobs'> = {
  inbox: {
    title: 'Deliveries',
    purpose: 'What GitHub told by webhook, until it is worked off',
    kept: '7 days after it was received; one that could not be worked off likewise',
    fields: {
      deliveryId: ['GitHub’s number of the delivery', 'no'],
      event: ['Of which kind it is', 'no'],
      tenantId: whose,
      receivedAt: ['When it came', 'no'],
      state: ['Waiting, done, or given up', 'no'],
      due: ['When it is tried next', 'no'],
      leaseUntil: ['Until when a worker has it', 'no'],
      token: ['Which worker', 'no'],
      tries: ['How often it was tried', 'no'],
      error: ['Of which class the last failure was', 'no'],
    },
  },
  bodies: {
    title: 'Bodies of deliveries',
    purpose:
      'The delivery as GitHub sent it. It has names, titles and texts: the only place where they are',
    kept: '7 days after it was received',
    fields: {
      deliveryId: ['GitHub’s number of the delivery', 'no'],
      tenantId: whose,
      body: ['What GitHub sent, byte for byte', 'yes'],
    },
  },
  jobs: {
    title: 'Jobs',
    purpose: 'What is to be done',
    kept: 'Until it is done. Where it could not be: what it was to do, 7 days, and its name, 400 days',
    fields: {
      tenantId: whose,
      kind: ['What is to be done', 'no'],
      subject: ['With which repository or pull request', 'by looking it up'],
      payload: [
        'What it needs to know: for a press of a button, who pressed it, to ask GitHub whether they may',
        'yes',
      ],
      payloadAt: ['As of when that is', 'no'],
      priority: ['What comes first', 'no'],
      due: ['When', 'no'],
      enqueuedAt: ['Since when it waits', 'no'],
      state: ['Waiting, running, or given up', 'no'],
      againDue: ['It was asked for again while it ran: when', 'no'],
      againPriority: ['The same: what comes first', 'no'],
      againAt: ['The same: since when', 'no'],
      tries: ['How often it was tried', 'no'],
      error: ['Of which class the last failure was', 'no'],
      diedAt: ['When it was given up', 'no'],
    },
  },
  turns: {
    title: 'Turns',
    purpose: 'Whose jobs are next, so that no account holds up others',
    kept: 'Until the account is erased',
    fields: {
      tenantId: whose,
      token: ['Of the worker whose turn it is', 'no'],
      served: ['When it was served last, in order', 'no'],
      pausedUntil: ['Until when GitHub asks to wait', 'no'],
      leaseUntil: ['Until when a worker has it', 'no'],
      kind: ['Which job runs', 'no'],
      subject: ['With which repository or pull request', 'by looking it up'],
    },
  },
  schemaState: {
    title: 'Version of the tables',
    purpose: 'Which version of the App may use this database',
    kept: 'As long as the database',
    fields: {
      id: ['Always 1', 'no'],
      version: ['Of the tables', 'no'],
      minimum: ['The oldest that may run', 'no'],
    },
  },
}
