import { type Frame, NARROW, WIDE } from '../../../src/report/charts/drawing.ts'

export const wide: Frame = { id: 'chart', width: WIDE, synthetic: false }
export const narrow: Frame = { ...wide, width: NARROW }
export const frames = [wide, narrow] as const
