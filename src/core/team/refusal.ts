/** Why the server did not take something: a code for programs, a sentence for people, and for a fork the head that stands. */
import { isMembers, parseJson } from '../values/json.ts'

/** Each stays what it means; a later server may send more, and a client shows the sentence. */
export const refusalCodes = [
  'not-allowed',
  'too-large',
  'too-many',
  'unknown-stream',
  'unreadable',
  'not-canonical',
  'wrong-hash',
  'fork',
  'foreign-actor',
  'foreign-device',
  'foreign-entry',
  'changed-meanwhile',
  'private-path',
  'missing-blob',
  'missing-entry',
  'not-sealed',
  'stale-epoch',
  'not-shared',
  'trouble',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export interface Refusal {
  readonly code: string
  /** A sentence with what to do. */
  readonly why: string
  /** JSON for programs; empty where there is nothing more to say. */
  readonly detail: string
}

/** End of a device's chain as the server holds it; `seq` 0 and zeros before its first entry. */
export interface ChainHead {
  readonly device: string
  readonly seq: number
  readonly hash: string
}

/** The head that stands, of a refusal with the code `fork`; null for any other. */
export function standingHead({ code, detail }: Refusal): ChainHead | null {
  const parsed = code === 'fork' ? parseJson(detail) : null
  if (!parsed?.ok || !isMembers(parsed.value)) return null
  const { device, seq, hash } = parsed.value
  return typeof device === 'string' && typeof seq === 'number' && typeof hash === 'string' ? { device, seq, hash } : null
}

/** A file as the server holds it: who sent it last, with which item of `files`; digest null where it is gone. */
export interface StandingFile {
  readonly digest: string | null
  readonly seq: number
  readonly person: string
}

/** The files that stand, by path, of a refusal with the code `changed-meanwhile`; empty for any other. */
export function standingFiles({ code, detail }: Refusal): ReadonlyMap<string, StandingFile> {
  const parsed = code === 'changed-meanwhile' ? parseJson(detail) : null
  const files = new Map<string, StandingFile>()
  if (!parsed?.ok || !isMembers(parsed.value)) return files
  for (const [path, each] of Object.entries(parsed.value)) {
    if (!isMembers(each)) continue
    const { digest, seq, person } = each
    if ((digest === null || typeof digest === 'string') && typeof seq === 'number' && typeof person === 'string')
      files.set(path, { digest, seq, person })
  }
  return files
}

/** The files that the role of their sender does not allow, of a refusal with the code `not-allowed`; empty for any other. */
export function foreignFiles({ code, detail }: Refusal): readonly string[] {
  const parsed = code === 'not-allowed' && detail !== '' ? parseJson(detail) : null
  return parsed?.ok && Array.isArray(parsed.value) ? parsed.value.filter((path) => typeof path === 'string') : []
}

/** Codes that may go away by waiting: the client sends the same again later. All others need a person or another program. */
export function mayPass(code: string): boolean {
  return code === 'too-many' || code === 'trouble' || code === 'missing-entry' || code === 'missing-blob'
}
