import { type TablesAbout, untilErased, whose } from './stored-table.ts'

/** What is kept of accounts and of those who look at their pages. */
export const accountInventory: TablesAbout<
  'tenants' | 'tenantKeys' | 'settings' | 'snapshots' | 'audit' | 'tokens' | 'sessions'
> = {
  tenants: {
    title: 'Accounts',
    purpose: 'Which organisations and people installed the App',
    kept: untilErased,
    fields: {
      tenantId: whose,
      login: ['Its name, for display only', 'where it is a person’s own'],
      kind: ['Organisation or person', 'no'],
      installationId: ['GitHub’s number of the installation, to ask in its name', 'no'],
      permissions: ['What an owner granted', 'no'],
      state: ['Active, suspended or removed', 'no'],
      removedAt: ['When the App was removed', 'no'],
      createdAt: ['When it was installed', 'no'],
      snapshotAt: ['When its newest report was made', 'no'],
      accessVersion: [
        'Rises when somebody may have lost access, so that GitHub is asked anew',
        'no',
      ],
    },
  },
  tenantKeys: {
    title: 'Keys of accounts',
    purpose:
      'The key under which people of the account become keys of people. It goes first when the account is erased',
    kept: untilErased,
    fields: {
      tenantId: whose,
      key: ['32 random bytes', 'no'],
    },
  },
  settings: {
    title: 'Settings',
    purpose: 'What owners decided, and their answers to the self-audit',
    kept: untilErased,
    fields: {
      tenantId: whose,
      document: ['The settings; the self-audit is free text of an owner’s', 'yes'],
    },
  },
  snapshots: {
    title: 'Published reports',
    purpose: 'What members see: released through the gate once a week, and never changed',
    kept: `${untilErased}; of a repository, until 30 days after it was removed`,
    fields: {
      tenantId: whose,
      scope: ['The whole account or one repository', 'no'],
      repositoryId: ['GitHub’s number of the repository; 0 for the whole', 'no'],
      asOf: ['The Monday of which it tells', 'no'],
      methodVersion: ['By which version of the method it was made', 'no'],
      repositories: ['Which repositories were counted', 'no'],
      report: ['The report: groups of at least five people and twenty changes', 'no'],
      builtAt: ['When it was made', 'no'],
    },
  },
  audit: {
    title: 'Access log',
    purpose: 'Who read, downloaded, changed or erased what. Every member can read it',
    kept: 'A year',
    fields: {
      tenantId: whose,
      entryId: ['A random number of the line', 'no'],
      at: ['When', 'no'],
      actor: ['Who; empty for the App, and for whoever erased their own data', 'as a number'],
      action: ['What was done', 'no'],
      subject: ['With what', 'no'],
      filter: ['By which token of the API, for one', 'no'],
      rowCount: ['How many rows', 'no'],
      outcome: ['What came of it', 'no'],
    },
  },
  tokens: {
    title: 'Tokens of the API',
    purpose: 'To let a program read what members see',
    kept: 'Until it is revoked, has expired, or its maker is no owner any more',
    fields: {
      tenantId: whose,
      tokenHash: ['Hash of the token: the token itself is not kept', 'no'],
      name: ['What its maker called it', 'yes'],
      createdBy: ['The owner who made it', 'as a number'],
      createdAt: ['When it was made', 'no'],
      expiresAt: ['Until when it is valid', 'no'],
    },
  },
  sessions: {
    title: 'Sessions',
    purpose: 'Who is signed in',
    kept: '8 hours after the last request, 24 hours at most',
    fields: {
      sessionHash: ['Hash of the session’s id: the id itself is in the browser alone', 'no'],
      userId: ['Who', 'as a number'],
      createdAt: ['When it was begun', 'no'],
      seenAt: ['When it was used last', 'no'],
      expiresAt: ['When it ends', 'no'],
      data: [
        'The person’s GitHub token and login, and the secret of the session’s forms',
        'encrypted',
      ],
    },
  },
}
