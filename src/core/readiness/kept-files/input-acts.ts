/** What the ledger says of input files; the object is the path of the file, the digest that of its text as kept, of what was removed where it is gone. */
import type { LedgerEntry } from '../../project/ledger/ledger.ts'
import { dayText } from '../../values/day.ts'

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

/**
 * The last act on each path, one for each device that acted: after projects were merged, the file of either may lie here.
 */
export function lastPut(ledger: readonly LedgerEntry[]): ReadonlyMap<string, readonly LedgerEntry[]> {
  const last = new Map<string, Map<string, LedgerEntry>>()
  for (const entry of ledger) {
    if (entry.digest === null || !inputActs.includes(entry.action)) continue
    const held = last.get(entry.object)
    if (held) held.set(entry.device, entry)
    else last.set(entry.object, new Map([[entry.device, entry]]))
  }
  return new Map([...last].map(([path, entries]) => [path, [...entries.values()]]))
}

/** Why a file is none of those that the ledger names last, in words; null where it is one, and where no entry names the path. */
export function otherFile(acts: readonly LedgerEntry[], digest: string): string | null {
  if (acts.length === 0 || acts.some((act) => act.action !== inputRemoved && act.digest === digest)) return null
  const { action, time } = acts.reduce((held, act) => (act.time.wall > held.time.wall ? act : held))
  const words = `${action === inputRemoved ? 'removed' : 'put there'} on ${dayText(time.wall)}`
  return `it is not what the ledger names, ${words}: it was changed outside; add it again if it is right`
}

/** Object of the entry that names the rows of an example file, whatever their order; beside that of its text. */
export function rowsObject(path: string): string {
  return `${path}#rows`
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
