/** `incidents/forks.json`: who settled which fork of a chain, and what was put aside then. */
import * as v from 'valibot'
import { type Kept, object } from '../../values/document.ts'

const settlement = object({
  device: v.string(),
  seq: v.number(),
  /** Hash of the first entry of the continuation that stands. */
  kept: v.string(),
  /** Hashes of the entries put aside then, sorted. */
  givenUp: v.array(v.string()),
  by: v.string(),
  reason: v.string(),
  /** RFC 3339. */
  at: v.string(),
})
export type Settlement = Kept<typeof settlement>

export const settlementsDocument = v.array(settlement)
