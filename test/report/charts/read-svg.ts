/** Where a drawing puts something, and how large it is. */
export interface Drawn {
  readonly width: number
  readonly height: number
  readonly xs: readonly number[]
  readonly ys: readonly number[]
}

/** All coordinates of a chart: of its attributes, and of its paths, which use absolute commands alone. */
export function readSvg(svg: string): Drawn {
  const [, width, height] = /viewBox="0 0 (\S+) (\S+)"/.exec(svg) ?? []
  const xs: number[] = []
  const ys: number[] = []
  for (const [, name = '', value] of svg.matchAll(/ (x|x1|x2|cx|y|y1|y2|cy)="([^"]*)"/g)) {
    const list = name.includes('x') ? xs : ys
    list.push(toNumber(value))
  }
  for (const [, x, y, across, down] of svg.matchAll(
    / x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/g,
  )) {
    if (toNumber(across) < 0 || toNumber(down) < 0) throw new Error(`A negative size in ${svg}`)
    xs.push(toNumber(x) + toNumber(across))
    ys.push(toNumber(y) + toNumber(down))
  }
  for (const [, path = ''] of svg.matchAll(/ d="([^"]*)"/g)) readPath(path, xs, ys)
  return { width: toNumber(width), height: toNumber(height), xs, ys }
}

function readPath(path: string, xs: number[], ys: number[]): void {
  if (!/^(?:[MLHV](?:-?[\d.]+[ ,]?)+|Z)*$/.test(path)) throw new Error(`An unknown path: ${path}`)
  for (const [, command, numbers = ''] of path.matchAll(/([MLHV])([^MLHVZ]*)/g)) {
    const values = numbers
      .split(/[ ,]/)
      .filter((one) => one !== '')
      .map(toNumber)
    values.forEach((value, index) => {
      const list = command === 'H' || (command !== 'V' && index % 2 === 0) ? xs : ys
      list.push(value)
    })
  }
}

function toNumber(text: string | undefined): number {
  const value = Number(text)
  if (text === undefined || text === '' || !Number.isFinite(value)) {
    throw new Error(`${text} is no coordinate`)
  }
  return value
}

/** Texts of a chart in the order in which they are drawn. */
export function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text)
}

/** The coordinates of the marks of a group: middle of each circle, or of each diamond. */
export function marksOf(svg: string, group: 'aiRecorded' | 'noneRecorded'): [number, number][] {
  if (group === 'aiRecorded') {
    return [...svg.matchAll(/<circle class="mark aiRecorded" cx="([^"]+)" cy="([^"]+)"/g)].map(
      ([, x, y]) => [Number(x), Number(y)],
    )
  }
  return [...svg.matchAll(/<path class="mark noneRecorded" d="M(\S+) \S+L\S+ ([^L]+)L/g)].map(
    ([, x, y]) => [Number(x), Number(y)],
  )
}
