import * as z from 'zod'

const id = z.int().positive()
const action = z.string()
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
const Installation = z.object({ id })
const Repository = z.object({ id, owner: z.object({ id }) })
const Person = z.object({ id, login: z.string() })
const ofRepository = { installation: Installation, repository: Repository }

const OfPullRequest = z.object({
  ...ofRepository,
  action,
  pull_request: z.object({
    number: id,
    updated_at: z.iso.datetime({ offset: true }),
    head: z.object({ sha }),
  }),
})
const OfInstallation = z.object({ action, installation: Installation })

/**
 * What the handlers use of each event. The signature covers a body alone, so that an event's header may not belong to it: what
 * does not have this shape is ignored.
 */
const schemas: Readonly<Record<string, z.ZodType>> = {
  check_run: z.object({
    ...ofRepository,
    action,
    check_run: z.object({ id, head_sha: sha, external_id: z.string().nullish() }),
    requested_action: z.object({ identifier: z.string() }).nullish(),
    sender: Person,
  }),
  check_suite: z.object({
    ...ofRepository,
    action,
    check_suite: z.object({ head_sha: sha, head_branch: z.string().nullish() }),
  }),
  github_app_authorization: z.object({ action, sender: Person }),
  installation: OfInstallation,
  installation_repositories: OfInstallation,
  installation_target: OfInstallation.extend({ action: action.optional() }),
  member: z.object({ ...ofRepository, action, member: Person }),
  membership: OfInstallation,
  merge_group: z.object({
    ...ofRepository,
    action,
    merge_group: z.object({ head_sha: sha, head_ref: z.string() }),
  }),
  organization: z.object({
    action,
    installation: Installation,
    organization: z.object({ id }),
    membership: z.object({ user: Person.nullish() }).nullish(),
  }),
  pull_request: OfPullRequest,
  pull_request_review: OfPullRequest,
  pull_request_review_comment: OfPullRequest,
  pull_request_review_thread: OfPullRequest,
  push: z.object({
    ...ofRepository,
    ref: z.string(),
    repository: Repository.extend({ default_branch: z.string() }),
  }),
  repository: z.object({ ...ofRepository, action }),
  team: OfInstallation,
}

/** Of which installation and of which repository a payload is. */
const AddressSchema = z.object({
  installation: Installation.nullish(),
  repository: Repository.nullish(),
})

export interface Address {
  readonly installationId: number | null
  readonly repository: { readonly id: number; readonly ownerId: number } | null
}

/** The address of a payload; undefined where it is not of its event's shape, or of an event that nobody handles. */
export function readAddress(event: string, payload: unknown): Address | undefined {
  const schema = Object.hasOwn(schemas, event) ? schemas[event] : undefined
  if (schema === undefined || !schema.safeParse(payload).success) return undefined
  const address = AddressSchema.safeParse(payload)
  if (!address.success) return undefined
  const { installation, repository } = address.data
  return {
    installationId: installation?.id ?? null,
    repository: repository ? { id: repository.id, ownerId: repository.owner.id } : null,
  }
}
