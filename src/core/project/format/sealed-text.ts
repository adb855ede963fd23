/**
 * Free text of people: it may name a patient, so it stays in `private/`, and the open part has its digest alone. A salt of chance lies beside
 * the text and goes into the digest: nobody finds a short text again by trying. Texts of early versions have none, and still open.
 */
import { canonicalJson, type Json, sha256Hex, utf8 } from '../../canonical.ts'
import { json, keptIn, map } from '../../values/document.ts'
import { isMembers } from '../../values/json.ts'
import type { Project } from './project.ts'

/** By digest: a text with its salt, or one of early versions without. */
export const sealedDocument = map(json())

/** Gives a new salt each time: at least 16 bytes of chance as hexadecimal digits. */
export type Salts = () => string

export interface SealedText {
  /** SHA-256 in hexadecimal digits: what the open part says of it. */
  readonly digest: string
  readonly kept: Json
}

export function sealText(text: Json, salts: Salts): SealedText {
  const kept = { salt: salts(), text }
  return { digest: digestOfKept(kept), kept }
}

function digestOfKept(kept: Json): string {
  return sha256Hex(typeof kept === 'string' ? kept : canonicalJson(kept))
}

/** The project with these texts in the private file of this path. */
export function withSealedTexts(
  project: Pick<Project, 'private'>,
  path: string,
  texts: readonly SealedText[],
): Project['private'] {
  if (texts.length === 0) return project.private
  const all = new Map([...sealedIn(project, path), ...texts.map(({ digest, kept }) => [digest, kept] as const)])
  const sorted = Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)))
  return new Map(project.private).set(path, utf8(`${JSON.stringify(sorted, null, 2)}\n`))
}

const read = new WeakMap<Uint8Array, ReadonlyMap<string, Json>>()

function sealedIn({ private: hidden }: Pick<Project, 'private'>, path: string): ReadonlyMap<string, Json> {
  const bytes = hidden.get(path)
  if (!bytes) return new Map()
  const known = read.get(bytes)
  if (known) return known
  const found = new Map(Object.entries(keptIn(bytes, sealedDocument) ?? {}))
  read.set(bytes, found)
  return found
}

const shown = new WeakMap<ReadonlyMap<string, Json>, ReadonlyMap<string, Json>>()

/** Texts by digest; one that was changed is none. */
export function sealedTexts(project: Pick<Project, 'private'>, path: string): ReadonlyMap<string, Json> {
  const kept = sealedIn(project, path)
  const known = shown.get(kept)
  if (known) return known
  const fitting = [...kept].filter(([digest, each]) => digestOfKept(each) === digest)
  const texts = new Map(fitting.map(([digest, each]) => [digest, isMembers(each) ? (each.text ?? null) : each]))
  shown.set(kept, texts)
  return texts
}

/** The first text that is not what its digest says; null where all are. */
export function changedText(project: Pick<Project, 'private'>, path: string): string | null {
  for (const [digest, each] of sealedIn(project, path)) if (digestOfKept(each) !== digest) return digest
  return null
}
