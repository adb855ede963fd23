/** What somebody with an editor and no key can do to the files of a project, and what an insider can with the own key. */
import { toBase64url } from '../../../../src/core/base64url.ts'
import { utf8 } from '../../../../src/core/canonical.ts'
import { openProject } from '../../../../src/core/project/format/open.ts'
import type { Project, ProjectFiles } from '../../../../src/core/project/format/project.ts'
import { saveProject } from '../../../../src/core/project/format/save.ts'
import { hashOf, ledgerLine } from '../../../../src/core/project/ledger/entry-hash.ts'
import { firstPrev, type LedgerEntry } from '../../../../src/core/project/ledger/ledger.ts'
import { readLedger } from '../../../../src/core/project/ledger/ledger-file.ts'

export const textOf = (files: ProjectFiles, path: string): string => {
  const bytes = files.get(path)
  if (!bytes) throw new Error(`There is no ${path}.`)
  return new TextDecoder().decode(bytes)
}

export const withText = (files: ProjectFiles, path: string, text: string): ProjectFiles => new Map(files).set(path, utf8(text))

export function without(files: ProjectFiles, ...paths: readonly string[]): ProjectFiles {
  for (const path of paths) if (!files.has(path)) throw new Error(`There is no ${path}.`)
  return new Map([...files].filter(([path]) => !paths.includes(path)))
}

/** The file with these words in the place of others; a manipulation that changes nothing is an error of the table. */
export function edited(files: ProjectFiles, path: string, from: string, to: string): ProjectFiles {
  const text = textOf(files, path)
  if (!text.includes(from)) throw new Error(`${path} does not say ${from}.`)
  return withText(files, path, text.replace(from, to))
}

export const entriesOf = (files: ProjectFiles): readonly LedgerEntry[] => readLedger(textOf(files, 'ledger.jsonl')).entries

export const withEntries = (files: ProjectFiles, entries: readonly LedgerEntry[]): ProjectFiles =>
  withText(files, 'ledger.jsonl', entries.map(ledgerLine).join(''))

/** One entry otherwise, nothing else. */
export const oneChanged = (files: ProjectFiles, at: number, change: Partial<LedgerEntry>): ProjectFiles =>
  withEntries(
    files,
    entriesOf(files).map((entry, index) => (index === at ? { ...entry, ...change } : entry)),
  )

/** All chains written anew from first to last: numbers, links and hashes fit again. */
export function rebuilt(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const last = new Map<string, { readonly seq: number; readonly hash: string }>()
  return entries.map((entry) => {
    const before = last.get(entry.device)
    const { hash: _, ...body } = { ...entry, seq: (before?.seq ?? 0) + 1, prev: before?.hash ?? firstPrev }
    const made = { ...body, hash: hashOf(body) }
    last.set(entry.device, made)
    return made
  })
}

/** The ledger with a change in it, and every hash behind it recomputed. */
export const rewritten = (
  files: ProjectFiles,
  change: (entries: readonly LedgerEntry[]) => readonly LedgerEntry[],
): ProjectFiles => withEntries(files, rebuilt(change(entriesOf(files))))

export const changedAt = (at: number, change: Partial<LedgerEntry>) => (entries: readonly LedgerEntry[]) =>
  entries.map((entry, index) => (index === at ? { ...entry, ...change } : entry))

export function opened(files: ProjectFiles): Project {
  const { project } = openProject(files)
  if (!project) throw new Error('The project can not be opened.')
  return project
}

/** Files after something was done to the open project, as an editor of the code would. */
export const acted = (files: ProjectFiles, act: (project: Project) => Project): ProjectFiles => saveProject(act(opened(files)))

const order = 115792089210356248762697446949407573529996955224135760342422259061068512044369n

/** (r, n − s): as valid as the other form, and written without the key. */
export function twinOf(signature: string): string {
  const bytes = Uint8Array.from(atob(signature.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
  const s = [...bytes.subarray(32)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const hex = (order - s).toString(16).padStart(64, '0')
  const other = Array.from({ length: 32 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
  return toBase64url(new Uint8Array([...bytes.subarray(0, 32), ...other]))
}

/** Every trace of a device taken out: its chain, its head, its keys. */
export const withoutDevice = (files: ProjectFiles, gone: string): ProjectFiles =>
  acted(files, (project) => ({
    ...project,
    ledger: project.ledger.filter(({ device }) => device !== gone),
    heads: project.heads.filter(({ device }) => device !== gone),
    keys: project.keys.filter(({ device }) => device !== gone),
  }))

export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The clinic lacks what this attack changes.')
  return value
}
