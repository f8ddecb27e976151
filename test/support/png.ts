import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** A picture without transparency. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Red, green and blue of each pixel, row by row from the top. */
  readonly pixels: Buffer
}

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
const trueColour = 2
const palette = 3
const channels = 3

/** Reads the PNG that Chromium writes: eight bits a channel, true colour, not interlaced (PNG specification, second edition). */
export function decodePng(png: Buffer): Picture {
  const chunks = [...chunksOf(png)]
  const header = chunks.find(({ type }) => type === 'IHDR')?.content
  if (header === undefined) throw new Error('the picture is no PNG')
  const [depth, colour, , , interlaced] = header.subarray(8)
  if (depth !== 8 || colour !== trueColour || interlaced !== 0) {
    throw new Error('the PNG is not of eight bits a channel, in true colour, without interlace')
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const data = chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content)
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(data)), width, height) }
}

/** The text under a keyword, as `encodePng` writes it. */
export function readPngText(png: Buffer, keyword: string): string | undefined {
  for (const { type, content } of chunksOf(png)) {
    const [found, text] = content.toString('latin1').split('\0')
    if (type === 'tEXt' && found === keyword) return text
  }
  return undefined
}

/**
 * A PNG with the picture's most frequent colours alone, each other colour as the nearest of them: a third of the size for
 * text on plain ground.
 *
 * @param colours at most 256
 * @param texts Latin-1 text by keyword
 */
export function encodePng(
  { width, height, pixels }: Picture,
  colours: number,
  texts: ReadonlyMap<string, string> = new Map(),
): Buffer {
  const frequent = frequentColours(pixels, colours)
  const nearest = new Map(frequent.map((colour, index) => [colour, index]))
  const rows = Buffer.alloc(height * (width + 1))
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const colour = pixels.readUIntBE(pixel * channels, channels)
    const index = nearest.get(colour) ?? nearestOf(frequent, colour)
    nearest.set(colour, index)
    // Each row begins with its filter: none.
    rows[pixel + Math.floor(pixel / width) + 1] = index
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, palette], 8)
  const entries = Buffer.alloc(frequent.length * channels)
  for (const [index, colour] of frequent.entries()) {
    entries.writeUIntBE(colour, index * channels, channels)
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...Array.from(texts, ([keyword, text]) =>
      chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1')),
    ),
    chunk('PLTE', entries),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function* chunksOf(png: Buffer): Generator<{ type: string; content: Buffer }> {
  if (!png.subarray(0, signature.length).equals(signature)) return
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    yield { type, content: png.subarray(at + 8, at + 8 + length) }
    at += length + 12
  }
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(content.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}

/** Undoes the filters of the rows, of which each begins with the number of its own (chapter 9 of the specification). */
function unfilter(data: Buffer, width: number, height: number): Buffer {
  const stride = width * channels
  const pixels = Buffer.alloc(height * stride)
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (stride + 1)] ?? 0
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column
      const left = column < channels ? 0 : (pixels[at - channels] ?? 0)
      const above = row === 0 ? 0 : (pixels[at - stride] ?? 0)
      const corner = row === 0 || column < channels ? 0 : (pixels[at - stride - channels] ?? 0)
      const predicted = predict(filter, left, above, corner)
      pixels[at] = (data[at + row + 1] ?? 0) + predicted
    }
  }
  return pixels
}

function predict(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return Math.floor((left + above) / 2)
  const estimate = left + above - corner
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((one) => Math.abs(estimate - one))
  if ((toLeft ?? 0) <= (toAbove ?? 0) && (toLeft ?? 0) <= (toCorner ?? 0)) return left
  return (toAbove ?? 0) <= (toCorner ?? 0) ? above : corner
}

function frequentColours(pixels: Buffer, count: number): number[] {
  const counts = new Map<number, number>()
  for (let at = 0; at < pixels.length; at += channels) {
    const colour = pixels.readUIntBE(at, channels)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([colour]) => colour)
}

/** Index of the colour with the smallest sum of differences. */
function nearestOf(colours: readonly number[], wanted: number): number {
  const distance = (colour: number) =>
    [16, 8, 0].reduce(
      (total, shift) => total + Math.abs(((colour >> shift) & 255) - ((wanted >> shift) & 255)),
      0,
    )
  return colours.reduce(
    (best, colour, index) => (distance(colour) < distance(colours[best] ?? 0) ? index : best),
    0,
  )
}
