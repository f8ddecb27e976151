import type { Sessions } from './contract/sessions.ts'
import type { Engine } from './engine/engine.ts'
import { hashed } from './hashed.ts'

/** @param now milliseconds since the epoch */
export function createSessions(engine: Engine, now: () => number): Sessions {
  return {
    create: async (id, { userId, createdAt, seenAt, expiresAt, data }) => {
      await engine.write({}, (queries) =>
        queries
          .insertInto('sessions')
          .values({ sessionHash: hashed(id), userId, createdAt, seenAt, expiresAt, data })
          .execute(),
      )
    },
    find: (id) =>
      engine.read({}, (queries) =>
        queries
          .selectFrom('sessions')
          .select(['userId', 'createdAt', 'seenAt', 'expiresAt', 'data'])
          .where('sessionHash', '=', hashed(id))
          .where('expiresAt', '>', now())
          .executeTakeFirst(),
      ),
    seen: async (id, at) => {
      await engine.write({}, (queries) =>
        queries
          .updateTable('sessions')
          .set({ seenAt: at })
          .where('sessionHash', '=', hashed(id))
          .execute(),
      )
    },
    delete: async (id) => {
      await engine.write({}, (queries) =>
        queries.deleteFrom('sessions').where('sessionHash', '=', hashed(id)).execute(),
      )
    },
    of: (userId) =>
      engine.read({}, (queries) =>
        queries
          .selectFrom('sessions')
          .select(['createdAt', 'seenAt', 'expiresAt'])
          .where('userId', '=', userId)
          .orderBy('createdAt', 'desc')
          .execute(),
      ),
    deleteOf: async (userId) => {
      await engine.write({}, (queries) =>
        queries.deleteFrom('sessions').where('userId', '=', userId).execute(),
      )
    },
  }
}
