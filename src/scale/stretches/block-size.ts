/** How much one task reads, and how large its process may grow: of a run with an engine, and of `--jobs` on this machine. */

/** Bytes of a task, where nobody says otherwise. */
export const usualBlock = 256 << 20

/** Less is not worth a task of its own. */
const leastBlock = 32 << 20

/** A process that is larger after a task is replaced. */
export const usualMemory = 1536 << 20

/** A share for each job, as far as that is neither too little nor too much for a task. */
export function blockFor(bytes: number, jobs: number): number {
  return Math.min(usualBlock, Math.max(leastBlock, Math.ceil(bytes / jobs)))
}
