import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** Length of a PNG's signature, and of its first chunk (IHDR) with length, type and checksum. */
const signature = 8
const header = 25

/** The picture with a `tEXt` chunk behind its header; keyword and text must be Latin-1. PNG specification, 11.3.4.3. */
export function withText(png: Buffer, keyword: string, text: string): Buffer {
  const content = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1')
  const chunk = Buffer.alloc(content.length + 8)
  chunk.writeUInt32BE(content.length - 4, 0)
  content.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(content), content.length + 4)
  const start = signature + header
  return Buffer.concat([png.subarray(0, start), chunk, png.subarray(start)])
}

/** The text that `withText` put in. */
export function textOf(png: Buffer, keyword: string): string | undefined {
  const start = signature + header
  const length = png.readUInt32BE(start)
  const [found, text] = png
    .toString('latin1', start + 4, start + 8 + length)
    .replace(/^tEXt/, '')
    .split('\0')
  return found === keyword ? text : undefined
}

/** SHA-256 in hexadecimal. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
