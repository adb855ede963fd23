/** How far this browser and a server know each other's state of a project; kept with the settings, so that a closed tab loses nothing. */
import * as v from 'valibot'
import { keptMove } from '../../core/team/move.ts'
import { fits, type Kept, map, object } from '../../core/values/document.ts'
import { parseJson } from '../../core/values/json.ts'
import { browserStore } from '../session/browser-store.ts'

const keptClash = object({
  /** SHA-256 of the state from which both went on; null where there was none. */
  base: v.nullable(v.string()),
  /** SHA-256 of what the server has, which is somebody else's; null where they removed it. */
  theirs: v.nullable(v.string()),
  /** Id of the person whose state that is. */
  person: v.string(),
  /** Their role does not let them write that state: it is not joined with what is here. */
  held: v.exactOptional(v.literal(true)),
})
/** A document that two people changed at the same places: nothing of it is sent before a person decides. */
export type KeptClash = Kept<typeof keptClash>

const keptStanding = object({
  /** Number of the last item that was taken in, by stream. */
  seqs: map(v.number()),
  /** End of each device's chain on the server. */
  heads: map(object({ seq: v.number(), hash: v.string() })),
  /** SHA-256 of each file as the server has it. */
  files: map(v.string()),
  /** By map and device: the last change that the server has; a named version by its digest. */
  edits: map(map(v.number())),
  /** By map: items of which lines wait for others that were drawn before them. */
  aside: v.exactOptional(map(v.array(v.number()))),
  /** By path. */
  clashes: v.exactOptional(map(keptClash)),
  /** The last signed note of the server over the ledger, and its key as it was on the first day. */
  checkpoint: v.exactOptional(object({ note: v.string(), key: v.string() })),
  /** Whose move brought the project to the server, as it was first said. */
  move: v.exactOptional(keptMove),
})
export type KeptStanding = Kept<typeof keptStanding>

export const nothingKnown: KeptStanding = { seqs: {}, heads: {}, files: {}, edits: {} }

function settingOf(project: string): string {
  return `team ${project}`
}

/** Null for a project that is on no server, as far as this browser knows. */
export async function readStanding(project: string): Promise<KeptStanding | null> {
  const text = await (await browserStore()).setting(settingOf(project))
  const parsed = text === null ? null : parseJson(text)
  return parsed?.ok && fits(parsed.value, keptStanding) ? parsed.value : null
}

/** Null lets go of the server. */
export async function keepStanding(project: string, standing: KeptStanding | null): Promise<void> {
  await (await browserStore()).keepSetting(settingOf(project), standing && JSON.stringify(standing))
}
