/** Names of many records at once, and the way back from them, which stays in `private/`. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { utf8 } from '../../core/canonical.ts'
import { paths } from '../../core/project/format/documents.ts'
import type { Project } from '../../core/project/format/project.ts'
import { recordName } from '../../core/project/format/record-name.ts'
import { sealedTexts } from '../../core/project/format/sealed-text.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'

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

/** `private/roster.json`: which key a record name stands for. */
export function rosterOf(project: Pick<Project, 'private'>): ReadonlyMap<string, string> {
  const bytes = project.private.get(paths.roster)
  if (!bytes) return new Map()
  const known = parsed.get(bytes) ?? textMap(privateMembers(project, paths.roster).records)
  parsed.set(bytes, known)
  return known
}

export function withRoster(project: Project, records: ReadonlyMap<string, string>): Project {
  return withPrivate(project, paths.roster, { ...privateMembers(project, paths.roster), records: sorted(records) })
}

/** Comments of readers by the digest that verdicts have of them; the text never leaves `private/`. */
export function commentsOf(project: Pick<Project, 'private'>): ReadonlyMap<string, string> {
  const texts = sealedTexts(project, paths.comments)
  return new Map([...texts].flatMap(([digest, text]) => (typeof text === 'string' ? [[digest, text] as const] : [])))
}

function withPrivate(project: Project, path: string, value: object): Project {
  const bytes = utf8(`${JSON.stringify(value, null, 2)}\n`)
  return { ...project, private: new Map(project.private).set(path, bytes) }
}

function privateMembers(project: Pick<Project, 'private'>, path: string): { readonly [name: string]: unknown } {
  const bytes = project.private.get(path)
  if (!bytes) return {}
  const parsed = parseJson(new TextDecoder().decode(bytes))
  return parsed.ok && isMembers(parsed.value) ? parsed.value : {}
}

function textMap(value: unknown): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  if (typeof value !== 'object' || value === null) return map
  for (const [name, text] of Object.entries(value)) if (typeof text === 'string') map.set(name, text)
  return map
}

function sorted(map: ReadonlyMap<string, string>): object {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
}
