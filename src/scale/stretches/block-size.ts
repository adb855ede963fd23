/** How much one task reads, and how large its process may grow: of a run with an engine, and of `--jobs` on this machine. */

/** More takes too long to be done again. */
const mostBlock = 256 << 20

/** Less is not worth a task of its own. */
const leastBlock = 32 << 20

/** A few workers with as many tasks each are done at the same time; more tasks cost more than they even out. */
const fewTasks = 32

/** Bytes of a task, where nobody says otherwise: whole blocks make up one of the largest. */
export function usualBlock(bytes: number): number {
  let size = leastBlock
  while (size < mostBlock && bytes > size * fewTasks) size *= 2
  return size
}

/** A process that is larger after a task is replaced. */
export const usualMemory = 1536 << 20

/** A share for each job, as far as that is neither too little nor too much for a task. */
export function blockFor(bytes: number, jobs: number): number {
  return Math.min(mostBlock, Math.max(leastBlock, Math.ceil(bytes / jobs)))
}
