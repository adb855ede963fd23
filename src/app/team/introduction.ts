/** What goes to the server of somebody whom nobody granted a role yet, where roles are in force: nobody can grant one to a key that is not there. */
import { introduces } from '../../core/project/duties/roles.ts'
import { paths } from '../../core/project/format/documents.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import type { KeptStanding } from './kept-standing.ts'
import { unsentEntries } from './waiting.ts'

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer> | null>

/** Unsent entries of this device up to the first that needs a role: a chain has no gaps. */
export function introducingEntries(
  ledger: readonly LedgerEntry[],
  standing: Pick<KeptStanding, 'heads'>,
  device: string,
): readonly LedgerEntry[] {
  const own = unsentEntries(ledger, standing).filter((entry) => entry.device === device)
  const end = own.findIndex(({ action }) => !introduces(action))
  return end < 0 ? own : own.slice(0, end)
}

/** Public keys that the server does not have; signed ends once all that they sign is there. */
export function introducingFiles(
  files: Files,
  ledger: readonly LedgerEntry[],
  standing: Pick<KeptStanding, 'heads' | 'files'>,
  device: string,
): Files {
  const isAllSent = !unsentEntries(ledger, standing).some((entry) => entry.device === device)
  return new Map(
    [...files].filter(
      ([path, bytes]) =>
        bytes !== null &&
        (path === paths.heads ? isAllSent : /^keys\/[^/]+\.pub\.json$/.test(path) && standing.files[path] === undefined),
    ),
  )
}
