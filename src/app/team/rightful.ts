/** What others sent of documents that their roles do not let them change is held back, and named. The server refuses the same by the same table. */
import { changeFault, differInStatements, mayChange, mayState } from '../../core/project/duties/document-roles.ts'
import { judgeRoles, type Role } from '../../core/project/duties/roles.ts'
import type { Project } from '../../core/project/format/project.ts'
import { saveProject } from '../../core/project/format/save.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { ledgerUnion } from '../../core/project/ledger/ledger-union.ts'
import type { Verifier } from '../../core/project/signing/signature.ts'

export type FileStates = ReadonlyMap<string, Uint8Array<ArrayBuffer> | null>

/** States of files that one person sent last. */
export interface Layer {
  /** How the ledger names them; null where the server does not say. */
  readonly actor: string | null
  readonly files: FileStates
  /** Files that they sent while no role was in force. */
  readonly unbound: ReadonlySet<string>
}

interface Sent {
  readonly entries: readonly LedgerEntry[]
  readonly layers: readonly Layer[]
  /** Bytes of files before they were changed on both sides, where they are known. */
  readonly before: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

interface Rightful {
  /** As given, without what is held back. */
  readonly layers: readonly FileStates[]
  /** One sentence for each person of whom something is held back. */
  readonly held: string[]
}

export async function rightfulLayers(here: Project, { entries, layers, before }: Sent, verifier: Verifier): Promise<Rightful> {
  const everything = layers.map(({ files }) => files)
  const all = ledgerUnion(here.ledger, entries)
  if (layers.length === 0 || !all.some(({ action }) => action === 'role-granted')) return { layers: everything, held: [] }
  // As the server judges them: whose entry each is was judged when it came there.
  const { grants } = await judgeRoles(here, all, verifier, { isNew: () => false })
  if (grants.length === 0) return { layers: everything, held: [] }
  const mine = saveProject(here)
  const held: string[] = []
  const rightful = layers.map(({ actor, files, unbound }): FileStates => {
    const roles: ReadonlySet<Role> = new Set(grants.filter((grant) => grant.actor === actor).map(({ role }) => role))
    const isTheirs = (path: string): boolean =>
      unbound.has(path) ||
      isIntroduction(path, files) ||
      mayChange(roles, path) ||
      (mayState(roles, path) && differInStatements(before.get(path) ?? mine.get(path) ?? null, files.get(path) ?? null))
    const foreign = [...files.keys()].filter((path) => !isTheirs(path))
    if (foreign.length > 0)
      held.push(`A change by ${actor ?? 'somebody who left'} has no effect here. ${changeFault(roles, foreign)}`)
    return new Map([...files].filter(([path]) => !foreign.includes(path)))
  })
  return { layers: rightful, held }
}

/** What somebody shows of themselves before they hold a role. */
function isIntroduction(path: string, files: FileStates): boolean {
  return files.get(path) !== null && (path === 'ledger-heads.json' || /^keys\/[^/]+\.pub\.json$/.test(path))
}
