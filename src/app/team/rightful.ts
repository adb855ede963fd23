/** What others sent of documents that their roles do not let them change is held back, and named. The server refuses the same by the same table. */
import { changeFault, differInStatements, mayChange, mayState } from '../../core/project/duties/document-roles.ts'
import { judgeRoles, type Role } from '../../core/project/duties/roles.ts'
import type { Project } from '../../core/project/format/project.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { ledgerUnion } from '../../core/project/ledger/ledger-union.ts'
import type { Verifier } from '../../core/project/signing/signature.ts'
import { digestOfFile } from './waiting.ts'

export type FileStates = ReadonlyMap<string, Uint8Array<ArrayBuffer> | null>

/** States of files that one person sent without anybody between. */
export interface Layer {
  /** Id of who sent them. */
  readonly person: string
  /** How the ledger names them; null where the server does not say. */
  readonly actor: string | null
  readonly files: FileStates
  /** Files that they sent while no role was in force. */
  readonly unbound: ReadonlySet<string>
  /** Bytes of the board as it stood on the server right before; null where there was none. */
  readonly boardBefore: Uint8Array<ArrayBuffer> | null
}

interface Sent {
  readonly entries: readonly LedgerEntry[]
  readonly layers: readonly Layer[]
  /** SHA-256 of states that were held back before: what only adds to one of them carries it along. */
  readonly heldBefore: ReadonlySet<string>
}

interface Rightful {
  /** As given, without what is held back. */
  readonly layers: readonly Layer[]
  /** Files whose last state is held back. */
  readonly heldPaths: ReadonlySet<string>
  /** One sentence for each person of whom something is held back. */
  readonly held: string[]
}

export async function rightfulLayers(
  here: Project,
  { entries, layers, heldBefore }: Sent,
  verifier: Verifier,
): Promise<Rightful> {
  const all = ledgerUnion(here.ledger, entries)
  if (layers.length === 0 || !all.some(({ action }) => action === 'role-granted'))
    return { layers, heldPaths: new Set(), held: [] }
  // As the server judges them: whose entry each is was judged when it came there.
  const { grants } = await judgeRoles(here, all, verifier, { isNew: () => false })
  const held = new Set<string>()
  const heldPaths = new Set<string>()
  const heldStates = new Set(heldBefore)
  const rightful = layers.map((layer): Layer => {
    const { actor, files, unbound, boardBefore } = layer
    const roles: ReadonlySet<Role> = new Set(grants.filter((grant) => grant.actor === actor).map(({ role }) => role))
    // As the server's gate did: against what stood there, which may not be what is here.
    const isStatement = (path: string): boolean =>
      mayState(roles, path) &&
      !(boardBefore && heldStates.has(digestOfFile(boardBefore))) &&
      differInStatements(boardBefore, files.get(path) ?? null)
    const isTheirs = (path: string): boolean =>
      unbound.has(path) || isIntroduction(path, files) || mayChange(roles, path) || isStatement(path)
    const foreign = [...files.keys()].filter((path) => !isTheirs(path))
    for (const [path, bytes] of files) {
      if (foreign.includes(path)) {
        heldPaths.add(path)
        if (bytes) heldStates.add(digestOfFile(bytes))
      } else {
        heldPaths.delete(path)
        if (bytes) heldStates.delete(digestOfFile(bytes))
      }
    }
    if (foreign.length > 0)
      held.add(`A change by ${actor ?? 'somebody who left'} has no effect here. ${changeFault(roles, foreign)}`)
    return { ...layer, files: new Map([...files].filter(([path]) => !foreign.includes(path))) }
  })
  return { layers: rightful, heldPaths, held: [...held] }
}

/** What somebody shows of themselves before they hold a role. */
function isIntroduction(path: string, files: FileStates): boolean {
  return files.get(path) !== null && (path === 'ledger-heads.json' || /^keys\/[^/]+\.pub\.json$/.test(path))
}
