import type { HttpBindings } from '@hono/node-server'
import type { Library } from '../library/library.ts'

/** What Hono hands to every route. */
export interface PageEnvironment {
  Bindings: HttpBindings
  Variables: {
    /** Undefined: nobody is signed in. */
    library: Library | undefined
  }
}
