/** Names of many records at once, and the way back from them, which stays in `private/`. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { utf8 } from '../../core/canonical.ts'
import { paths } from '../../core/project/format/documents.ts'
import type { Project } from '../../core/project/format/project.ts'
import { recordName } from '../../core/project/format/record-name.ts'
import { sealedTexts } from '../../core/project/format/sealed-text.ts'
import { json, keptIn, map, object } from '../../core/values/document.ts'

/** Keys hashed between two breaths of the page. */
const keysPerTurn = 2000

/** Names of many keys, letting the page answer in between. */
export async function recordNames(salt: string, keys: readonly string[]): Promise<readonly string[]> {
  const names: string[] = []
  for (const key of keys) {
    names.push(recordName(salt, key))
    if (names.length % keysPerTurn === 0) await new Promise((resolve) => setTimeout(resolve, 0))
  }
  return names
}

export function newSalt(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(32)))
}

const parsed = new WeakMap<Uint8Array, ReadonlyMap<string, string>>()

/** A record that is no text is none; the others hold. */
const rosterDocument = object({ records: map(json()) })

/** `private/roster.json`: which key a record name stands for. */
export function rosterOf(project: Pick<Project, 'private'>): ReadonlyMap<string, string> {
  const bytes = project.private.get(paths.roster)
  if (!bytes) return new Map()
  const known = parsed.get(bytes)
  if (known) return known
  const records = Object.entries(keptIn(bytes, rosterDocument)?.records ?? {})
  const roster = new Map(records.flatMap(([name, key]) => (typeof key === 'string' ? [[name, key] as const] : [])))
  parsed.set(bytes, roster)
  return roster
}

/** The same project with this roster; members of the file that this version does not know stay. */
export function withRoster(project: Project, records: ReadonlyMap<string, string>): Project {
  const bytes = project.private.get(paths.roster)
  const before = (bytes && keptIn(bytes, rosterDocument)) ?? {}
  const sorted = Object.fromEntries([...records].sort(([a], [b]) => (a < b ? -1 : 1)))
  const text = utf8(`${JSON.stringify({ ...before, records: sorted }, null, 2)}\n`)
  return { ...project, private: new Map(project.private).set(paths.roster, text) }
}

/** Comments of readers by the digest that verdicts have of them; the text never leaves `private/`. */
export function commentsOf(project: Pick<Project, 'private'>): ReadonlyMap<string, string> {
  const texts = sealedTexts(project, paths.comments)
  return new Map([...texts].flatMap(([digest, text]) => (typeof text === 'string' ? [[digest, text] as const] : [])))
}
