/** What GitHub said, to stand inside a sentence of ours. */
export function gitHubSays(message: string): string {
  return `GitHub says: ${withoutStop(message)}`
}

/** A sentence to which something is added. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
