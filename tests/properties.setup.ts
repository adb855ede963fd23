/** Properties draw from a fixed seed, so that a run says something about the change; long runs draw anew, and print the seed of a failure. */
import * as fc from 'fast-check'

const asked = process.env.FC_SEED
if (asked !== undefined || !process.env.LONG) fc.configureGlobal({ seed: Number(asked ?? 20261122) })
