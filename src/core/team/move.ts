/**
 * A project that was moved to a server: what its maker sent until the move ended is the project as they had it, whatever role they hold. What
 * the server says of it is held to what it said first, so that it frees nothing later.
 */
import * as v from 'valibot'
import { type Kept, object } from '../values/document.ts'
import { isMembers } from '../values/json.ts'

export interface Move {
  /** Id of who made the project on the server. */
  readonly by: string
  /** The item of `files` at which it ended; null while it goes on. */
  readonly ended: number | null
}

export const keptMove = object({
  by: v.string(),
  ended: v.nullable(v.number()),
  /** When this browser first heard of it, in milliseconds since 1970 by its own clock. */
  heard: v.number(),
})
export type KeptMove = Kept<typeof keptMove>

/** A move takes a day at most, as on the server. */
const longest = 24 * 60 * 60 * 1000

/** What `GET …/about` says; null where it says nothing of it. An end beyond the last item there is none. */
export function moveIn(about: unknown): Move | null {
  const { move, streams } = isMembers(about) ? about : {}
  if (!isMembers(move) || typeof move.by !== 'string') return null
  const { by, ended } = move
  if (ended === null) return { by, ended }
  const last = isMembers(streams) && typeof streams.files === 'number' ? streams.files : 0
  return typeof ended === 'number' ? { by, ended: Math.min(ended, last) } : null
}

/** What counts from here on: the first word on whose move it is and on its end stands. */
export function heldMove(kept: KeptMove | undefined, told: Move, now: number): KeptMove {
  if (kept === undefined) return { ...told, heard: now }
  return kept.ended === null && kept.by === told.by ? { ...kept, ended: told.ended } : kept
}

/** Whether an item of `files` belongs to the move. Without a word on it the first item alone does. */
export function isOfMove(
  kept: KeptMove | undefined,
  { seq, person }: { readonly seq: number; readonly person: string },
  now: number,
): boolean {
  if (seq === 1) return true
  if (kept === undefined || person !== kept.by) return false
  return kept.ended === null ? now < kept.heard + longest : seq <= kept.ended
}
