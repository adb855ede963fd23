/** The ledger of a project as the server holds it, in the order in which its entries came. */
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { readLedger } from '../../core/project/ledger/ledger-file.ts'
import { countIn, type Database, textIn } from '../store/database.ts'

const page = 5000

export async function storedEntries(project: string, database: Database): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = []
  for (let from = 0; ; ) {
    const rows = await database.query(project, 'entries-after', [project, from, page])
    for (const row of rows) entries.push(...readLedger(`${textIn(row, 'line')}\n`).entries)
    if (rows.length < page) return entries
    from = countIn(rows.at(-1), 'seq')
  }
}
