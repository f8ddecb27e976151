/** A person who is signed in. */
export interface Session {
  /** GitHub's number of the person. */
  readonly userId: number
  readonly createdAt: number
  readonly seenAt: number
  readonly expiresAt: number
  /** What else belongs to it, encrypted by whoever reads it. */
  readonly data: Uint8Array
}

/** Sessions belong to people and not to tenants. Only hashes of their ids are kept. */
export interface Sessions {
  create(id: string, session: Session): Promise<void>
  /** Undefined also where it has expired. */
  find(id: string): Promise<Session | undefined>
  seen(id: string, at: number): Promise<void>
  delete(id: string): Promise<void>
  /** When each of one person was begun and seen last, the newest first. */
  of(userId: number): Promise<Pick<Session, 'createdAt' | 'seenAt' | 'expiresAt'>[]>
  /** All of one person: who leaves loses them. */
  deleteOf(userId: number): Promise<void>
}
