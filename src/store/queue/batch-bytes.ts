/** How much memory the bodies have that are handled together, bytes: one of the largest always fits. */
export const batchBytes = 32 * 1024 * 1024
