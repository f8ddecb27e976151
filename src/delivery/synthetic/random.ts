/** Numbers that look drawn by chance and are the same for the same seed on every machine. */
export interface Random {
  /** From 0 on, below 1. */
  next(): number
  /** From 0 on, below `count`. */
  below(count: number): number
  chance(probability: number): boolean
  between(low: number, high: number): number
  /** With mean 0 and standard deviation 1. */
  normal(): number
  poisson(mean: number): number
  /** The number of an item in proportion to its weight, of which the sums up to each are given (`runningSums`). */
  weighted(sums: readonly number[]): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** So many hexadecimal digits. */
  hex(digits: number): string
}

/**
 * The generator sfc32 of C. Doty-Humphrey (PractRand 0.93, 2010): 96 bits of state and a counter of 32, so that no seed has
 * a cycle of less than 2³². Never for secrets.
 *
 * @param seed a whole number below 2⁵³, as those of `stream`
 * @param stream numbers that tell several sequences of one seed apart
 */
export function createRandom(seed: number, ...stream: readonly number[]): Random {
  let [a, b, c, counter] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, stream.length, 1]
  const word = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  const mix = () => {
    for (let round = 0; round < 12; round += 1) word()
  }
  mix()
  for (const number of stream) {
    a ^= number | 0
    b ^= Math.floor(number / 2 ** 32)
    mix()
  }
  const next = () => (word() * 2 ** 21 + (word() >>> 11)) / 2 ** 53
  const below = (count: number) => Math.floor(next() * count)
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    between: (low, high) => low + (high - low) * next(),
    // Box & Muller 1958, Ann Math Stat 29:610, of which the second number is left.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    poisson: (mean) => {
      let events = 0
      // exp(−mean) must stay a number above 0; sums of Poisson numbers are Poisson.
      for (let rest = mean; rest > 0; rest -= largestMean)
        events += poisson(Math.min(rest, largestMean), next)
      return events
    },
    weighted: (sums) => {
      const wanted = next() * (sums.at(-1) ?? 0)
      let [low, high] = [0, sums.length - 1]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((sums[middle] ?? 0) > wanted) high = middle
        else low = middle + 1
      }
      return low
    },
    pick: (items) => items[below(items.length)] ?? items[0],
    hex: (digits) => {
      let text = ''
      while (text.length < digits) {
        const bits = word()
        text += `${byteAt(bits, 24)}${byteAt(bits, 16)}${byteAt(bits, 8)}${byteAt(bits, 0)}`
      }
      return text.slice(0, digits)
    },
  }
}

/** Many hashes are drawn, and to write each word by itself takes long. */
const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function byteAt(word: number, shift: number): string {
  return bytes[(word >>> shift) & 255] ?? ''
}

const largestMean = 500

/** Knuth, The Art of Computer Programming 2, 3.4.1. */
function poisson(mean: number, next: () => number): number {
  const limit = Math.exp(-mean)
  let events = 0
  for (let product = next(); product > limit; product *= next()) events += 1
  return events
}

/** The sum of the weights up to each of them, as `weighted` takes them. */
export function runningSums(weights: readonly number[]): readonly number[] {
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    return sum
  })
}
