import type { Urls } from '../exchange.ts'
import { nodeId } from '../node-id.ts'
import { findLabel, type Label, type PullRequest, type Repository } from '../state.ts'
import { repositoryUrl } from './render-repository.ts'

export function renderLabel(repository: Repository, label: Label, urls: Urls) {
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url: `${repositoryUrl(repository, urls)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  }
}

export function renderLabelsOf(repository: Repository, pullRequest: PullRequest, urls: Urls) {
  return pullRequest.labels.map((name) => {
    const label = findLabel(repository, name)
    if (label === undefined) {
      throw new Error(`#${pullRequest.number} carries ${name}, a label that the repository lacks`)
    }
    return renderLabel(repository, label, urls)
  })
}
