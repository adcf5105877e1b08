/** Polling of a condition that no event tells of, in ms. */
export const patience = { timeout: 45_000, interval: 10 };

/** A size that costs next to nothing, where a test is not about sizes. */
export const small = { width: 256, height: 144 };
