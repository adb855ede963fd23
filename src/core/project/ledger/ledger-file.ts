/** Reads `ledger.jsonl` line by line: what is torn, not canonical or not an entry is named by its line, the rest is kept. */
import { fits } from '../../values/document.ts'
import { parseJson } from '../../values/json.ts'
import { entryText, plainEntry } from './entry-hash.ts'
import { type LedgerEntry, ledgerEntry } from './ledger.ts'

/** A line that could not be taken as written. */
export interface LineProblem {
  /** 1-based. */
  readonly line: number
  readonly device: string | null
  readonly seq: number | null
  readonly why: string
}

export interface LedgerReading {
  readonly entries: readonly LedgerEntry[]
  /** Line number of each entry, at the same index. */
  readonly lines: readonly number[]
  readonly problems: readonly LineProblem[]
}

export function readLedger(text: string): LedgerReading {
  const entries: LedgerEntry[] = []
  const lines: number[] = []
  const problems: LineProblem[] = []
  const all = text.split('\n')
  const rest = all.pop() ?? ''
  const torn = rest !== '' ? all.push(rest) : 0
  for (const [index, line] of all.entries()) {
    const number = index + 1
    const plain = number === torn ? null : plainEntry(line)
    if (plain) {
      entries.push(plain)
      lines.push(number)
      continue
    }
    const parsed = parseJson(line)
    if (!parsed.ok) problems.push({ line: number, device: null, seq: null, why: `Line ${number} of the ledger is not JSON.` })
    else if (!fits(parsed.value, ledgerEntry))
      problems.push({ line: number, device: null, seq: null, why: `Line ${number} of the ledger lacks members of an entry.` })
    else {
      const { device, seq } = parsed.value
      if (number === torn)
        problems.push({ line: number, device, seq, why: 'The last line of the ledger has no line end: it is torn.' })
      else if (!isCanonical(parsed.value, line))
        problems.push({ line: number, device, seq, why: `Line ${number} of the ledger is not in canonical form (RFC 8785).` })
      entries.push(parsed.value)
      lines.push(number)
    }
  }
  const reading = { entries, lines, problems }
  readings.set(entries, reading)
  return reading
}

/** Where the entries of an opened project stood in their file, so that it is read once. */
const readings = new WeakMap<readonly LedgerEntry[], LedgerReading>()

export function readingOfEntries(entries: readonly LedgerEntry[]): LedgerReading | null {
  return readings.get(entries) ?? null
}

function isCanonical(entry: LedgerEntry, line: string): boolean {
  try {
    return entryText(entry) === line
  } catch {
    return false
  }
}
