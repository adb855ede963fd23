/** What the ledger says of input files; the object is the path of the file, the digest that of its text as kept, of what was removed where it is gone. */
import type { LedgerEntry } from '../../project/ledger.ts'

/** Added or replaced whole. */
export const inputAdded = 'input-added'
/** Changed by hand: it stays what it was, an example or not. */
export const inputEdited = 'input-edited'
export const inputRemoved = 'input-removed'
/** Brought back as it was before the last act. */
export const inputRestored = 'input-restored'
/** Put there from the files of a fictional clinic. */
export const exampleTaken = 'example-taken'

/** Acts after which a file is as old as their entry. */
const putThere: ReadonlySet<string> = new Set([inputAdded, inputEdited, exampleTaken])

export const inputActs: readonly string[] = [...putThere, inputRemoved, inputRestored]

/** When each file was first put there as it stands, by `path digest`: saving the same again makes nothing younger. */
export function putOn(ledger: readonly LedgerEntry[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  for (const { action, object, digest, time } of ledger) {
    const name = `${object} ${digest}`
    if (putThere.has(action) && digest !== null && !first.has(name)) first.set(name, time.wall)
  }
  return first
}

/** Whether the ledger calls the file of this path, with this digest, an example: taken, and no file put whole in its place since. */
export function exampleByLedger(ledger: readonly LedgerEntry[], path: string, digest: string): boolean {
  const known = new Map<string, boolean>()
  let example = false
  for (const entry of ledger) {
    if (entry.object !== path || entry.digest === null) continue
    if (entry.action === exampleTaken) example = true
    else if (entry.action === inputAdded) example = known.get(entry.digest) ?? false
    else if (entry.action === inputRemoved) example = false
    else if (entry.action === inputRestored) example = known.get(entry.digest) ?? example
    else if (entry.action !== inputEdited) continue
    if (entry.action !== inputRemoved) known.set(entry.digest, example)
  }
  return known.get(digest) ?? example
}
