/** The memory that large bodies share. */
export interface BodyRoom {
  /** Opens the account of one body. */
  open(): BodyAccount
}

export interface BodyAccount {
  /** Asks for room up to so many bytes in all; false where the others hold too much. */
  grow(bytes: number): boolean
  /** Gives all of it back. */
  close(): void
}

/** @param small what a body has without asking the others, bytes; @param shared what is left for all above it, bytes */
export function createBodyRoom({ small, shared }: { small: number; shared: number }): BodyRoom {
  let left = shared
  return {
    open: () => {
      let held = 0
      return {
        grow: (bytes) => {
          const needed = Math.max(0, bytes - small) - held
          if (needed > left) return false
          left -= needed
          held += needed
          return true
        },
        close: () => {
          left += held
          held = 0
        },
      }
    },
  }
}
