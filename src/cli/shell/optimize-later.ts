/** When V8 optimizes a function: a command does the same few things many times, and everything else once. */
import { setFlagsFromString } from 'node:v8'

/** By default 67,584: a function that ran for milliseconds is compiled anew on another thread, at the cost of more than it had taken. */
const budget = 300_000
/** Of later versions nobody has seen whether they know the flag; V8 tells of one that it does not know on standard error. */
const lastKnown = 13

export function optimizeLater(): void {
  if (Number.parseInt(process.versions.v8, 10) <= lastKnown) setFlagsFromString(`--interrupt-budget=${budget}`)
}
