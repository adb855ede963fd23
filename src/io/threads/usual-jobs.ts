/** How many threads work where nobody says it with `--jobs`. */
import { availableParallelism } from 'node:os'

/** More threads than this wait for the disk and for the one that merges. */
export const mostUsualJobs = 8

/** Threads in all, the reader among them. */
export function usualJobs(): number {
  return Math.min(mostUsualJobs, availableParallelism())
}
