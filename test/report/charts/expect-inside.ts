import { expect } from 'vitest'
import { readSvg } from './read-svg.ts'

/** Every coordinate is a number inside the chart; a pixel of lines' own width may stand out. */
export function expectInside(svg: string): void {
  const { width, height, xs, ys } = readSvg(svg)
  expect(Math.min(...xs, 0)).toBeGreaterThanOrEqual(-1)
  expect(Math.max(...xs, 0)).toBeLessThanOrEqual(width + 1)
  expect(Math.min(...ys, 0)).toBeGreaterThanOrEqual(-1)
  expect(Math.max(...ys, 0)).toBeLessThanOrEqual(height + 1)
  expect(svg).not.toMatch(/="[^"]*(?:NaN|Infinity|undefined|null|\[object)/)
}
