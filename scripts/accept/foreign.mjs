/** Acceptance on data that nobody here wrote: one list of lines per part. */
export const lines = []
