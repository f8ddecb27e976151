/** What is used of an Octokit: @actions/github's, @octokit/rest's and Probot's all have it. */
export interface Octokit {
  request(route: string, parameters?: Record<string, unknown>): Promise<OctokitResponse>
  graphql(query: string, variables?: Record<string, unknown>): Promise<unknown>
}

export interface OctokitResponse {
  readonly status: number
  readonly url: string
  readonly headers: Readonly<Record<string, string | number | undefined>>
  readonly data: unknown
}
