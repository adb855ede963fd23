/** What a database holds, counted and checked: chains, checkpoints and the bytes of files. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { checkChains, checkHashes, nowhere } from '../../core/project/ledger/chain.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { readLedger } from '../../core/project/ledger/ledger-file.ts'
import { GrowingTree } from '../../core/project/ledger/merkle.ts'
import { countIn, type Database, textIn } from '../store/database.ts'

export interface Holding {
  readonly project: string
  readonly name: string
  readonly entries: number
  readonly items: number
  readonly files: readonly { readonly digest: string; readonly size: number }[]
  /** What is wrong with it, in sentences. */
  readonly faults: readonly string[]
}

export async function holdingsOf(database: Database): Promise<readonly Holding[]> {
  const holdings: Holding[] = []
  for (const row of await database.query(null, 'projects', []))
    holdings.push(await holdingOf(database, textIn(row, 'id'), textIn(row, 'name')))
  return holdings
}

async function holdingOf(database: Database, project: string, name: string): Promise<Holding> {
  const entries: LedgerEntry[] = []
  const sizes = new Map<number, string>()
  const tree = new GrowingTree()
  const notes = new Map(
    (await database.query(project, 'checkpoints', [project])).map((row) => [countIn(row, 'size'), textIn(row, 'root')]),
  )
  for (;;) {
    const rows = await database.query(project, 'entries-after', [project, entries.length, 5000])
    for (const row of rows)
      for (const entry of readLedger(`${textIn(row, 'line')}\n`).entries) {
        entries.push(entry)
        tree.addEntry(entry.hash)
        if (notes.has(tree.size)) sizes.set(tree.size, bytesToHex(tree.root()))
      }
    if (rows.length < 5000) break
  }
  const faults: string[] = []
  for (const verdict of [checkHashes(entries, () => nowhere), checkChains(entries, () => nowhere)])
    if (!verdict.ok) faults.push(verdict.why)
  for (const [size, root] of notes)
    if (sizes.get(size) !== root)
      faults.push(`The checkpoint over ${size} entries does not hold: the ledger was set back or changed.`)
  const [items] = await database.query(project, 'count-items', [project])
  const files = (await database.query(project, 'blobs', [project])).map((row) => ({
    digest: textIn(row, 'digest'),
    size: countIn(row, 'size'),
  }))
  return { project, name, entries: entries.length, items: countIn(items, 'n'), files, faults }
}

/** Files that a project names and the folder lacks, or holds changed. */
export async function missingFiles(
  { files }: Holding,
  read: (digest: string) => Promise<{ readonly size: number; readonly sha256: string } | null>,
): Promise<readonly string[]> {
  const faults: string[] = []
  for (const { digest, size } of files) {
    const found = await read(digest)
    if (!found) faults.push(`The file ${digest.slice(0, 12)}… is not there.`)
    else if (found.sha256 !== digest || found.size !== size) faults.push(`The file ${digest.slice(0, 12)}… was changed.`)
  }
  return faults
}

export function holdingText({ name, project, entries, items, files }: Holding): string {
  return `${name} (${project}): ${entries} ledger entries, ${items} items, ${files.length} files`
}
