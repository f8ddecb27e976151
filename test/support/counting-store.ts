import type { Store } from '../../src/store/index.ts'

/** A store that writes down everything that is asked of it, by name and without what it was asked with. */
export function countingStore(store: Store, asked: string[]): Store {
  return watched(store, '', asked)
}

/** Wraps every function of an object, those of what it gives and of what it hands to callbacks too. */
function watched<Thing extends object>(thing: Thing, path: string, asked: string[]): Thing {
  return new Proxy(thing, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver)
      const at = `${path}.${String(name)}`
      if (typeof value === 'function') {
        return (...given: readonly unknown[]) => {
          asked.push(at)
          const watchedArguments = given.map((one) =>
            typeof one === 'function'
              ? (...handed: readonly unknown[]) =>
                  one(...handed.map((each) => watchedIfObject(each, at, asked)))
              : one,
          )
          const result: unknown = value.apply(target, watchedArguments)
          return name === 'tenant' ? watchedIfObject(result, at, asked) : result
        }
      }
      return isPlain(value) ? watched(value, at, asked) : value
    },
  })
}

function watchedIfObject(value: unknown, path: string, asked: string[]): unknown {
  return isPlain(value) ? watched(value, path, asked) : value
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}
