/** Who looks at pages or calls the API. */
export type Viewer =
  /** Signed in with GitHub. */
  | {
      readonly kind: 'person'
      /** GitHub's number of the person. */
      readonly userId: number
      /** For display only. */
      readonly login: string
      /** What forms of this session carry. */
      readonly formToken: string
      /** When the person signed in, milliseconds since the epoch. */
      readonly signedInAt: number
    }
  /** A token of the API, which an owner of one account made. */
  | { readonly kind: 'token'; readonly accountId: number; readonly name: string }
  /** Whoever sits at this machine: the pages run over a file, a clone or a made-up organisation, on loopback. */
  | { readonly kind: 'local' }
