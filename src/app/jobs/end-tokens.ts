import type { ClaimedJob } from '../../store/index.ts'
import type { JobContext } from './job-context.ts'

/** Who left an organisation takes no token of its API along: those that this person made are revoked (ASVS 5.0, 7.4.2). */
export async function endTokens(
  job: ClaimedJob,
  { store, surroundings }: JobContext,
): Promise<void> {
  const person = Number(job.subject)
  const at = surroundings.now()
  await store.tenant(job.tenantId).write(job, async ({ tokens, audit }) => {
    for (const { name, createdBy } of await tokens.list()) {
      if (createdBy !== person || !(await tokens.delete(name))) continue
      const outcome = 'who made it left the organisation'
      await audit.add({ at, actor: null, action: 'revoke-token', subject: name, outcome })
    }
  })
}
