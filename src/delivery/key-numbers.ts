/** The digits of a hash by which it is indexed; git cuts hashes to no fewer. */
export const shortHash = 7

/** The digits of a hash, perhaps cut, by which it is indexed. */
export function hashNumber(sha: string): number {
  return Number.parseInt(sha.slice(0, shortHash), 16)
}

/** 48 bits of a key: a number costs a third of a string, and keeps no line of the file alive. */
export function keyNumber(key: string): number {
  return Number.parseInt(key.slice(0, 12), 16)
}
