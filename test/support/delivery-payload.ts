/** The least that a pull request's delivery has. */
export function pullRequestPayload(overrides: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    action: 'opened',
    number: 7,
    pull_request: { number: 7 },
    repository: { id: 31, owner: { id: 21 } },
    organization: { id: 21 },
    installation: { id: 11 },
    ...overrides,
  })
}
