/**
 * The webhook events that are kept, each with the parts that its payload cannot be without. The signature covers the body
 * alone, so that whoever has seen one delivery could send it again under another event's name: the parts show which it is.
 */
export const handledEvents: ReadonlyMap<string, readonly string[]> = new Map([
  ['check_run', ['check_run']],
  ['check_suite', ['check_suite']],
  ['github_app_authorization', ['sender']],
  ['installation', ['installation']],
  ['installation_repositories', ['installation', 'repositories_added', 'repositories_removed']],
  ['installation_target', ['installation', 'account']],
  ['member', ['member', 'repository']],
  ['membership', ['member', 'team']],
  ['merge_group', ['merge_group']],
  ['organization', ['organization']],
  ['pull_request', ['pull_request']],
  ['pull_request_review', ['pull_request', 'review']],
  ['pull_request_review_comment', ['pull_request', 'comment']],
  ['pull_request_review_thread', ['pull_request', 'thread']],
  ['push', ['ref', 'repository']],
  ['repository', ['repository']],
  ['team', ['team']],
])
