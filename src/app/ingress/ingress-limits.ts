/** How much and how long a sender may take. */
export interface IngressLimits {
  /** Of one body, bytes. */
  readonly body: number
  /** From the first line of the request to the last byte of its body, milliseconds. */
  readonly bodyTime: number
  /** How long a refused sender that is still sending is listened to, so that it can read the answer, milliseconds. */
  readonly lingering: number
  /** What a body may hold without taking from `shared`, bytes. */
  readonly small: number
  /** What all bodies above `small` may hold together, bytes. */
  readonly shared: number
}

/**
 * GitHub caps payloads at 25 MB and waits ten seconds for an answer (docs.github.com, "Webhook events and payloads", "Best
 * practices for using webhooks"), so body and commit, for which the inbox takes two seconds at most, stay under that. Ordinary payloads are well below 256 kB; what
 * is larger shares room for four of the largest, so that a flood fills that room and not the memory.
 */
export const ingressLimits: IngressLimits = {
  body: 25 * 1024 * 1024,
  bodyTime: 7_000,
  lingering: 1_000,
  small: 256 * 1024,
  shared: 100 * 1024 * 1024,
}
