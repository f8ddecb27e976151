import { sizeBands } from '../../delivery/index.ts'

/**
 * The six size bands of a change; about 90 % of the bias by size goes with them (Cochran 1968, Biometrics 24:295). Changes
 * whose size is not known are one more: they are compared with each other.
 */
export const sizeKinds = sizeBands.length + 1
/** What stands for the band of a change whose size is not known. */
export const unknownSize = sizeBands.length
