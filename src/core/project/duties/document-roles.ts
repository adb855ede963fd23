/** Who may change which document (trust.md §9), where roles are in force: the same table for the server's gate and for the page that joins. */
import { canonicalJson, type Json } from '../../canonical.ts'
import { isMembers, parseJson } from '../../values/json.ts'
import { paths } from '../format/documents.ts'
import { allowed, type Role, readers, team, working } from './roles.ts'

/** Who merges two copies may bring what others recorded. */
const joining: readonly Role[] = [...team, 'admin']

/** The first that fits counts. What no line names takes any role but that of a viewer: a later version may keep more. */
const table: readonly (readonly [RegExp, readonly Role[]])[] = [
  // Worked out from a map by whoever looks at it.
  [/^workflows\/[^/]+\/simulated\.json$/, working],
  [/^workflows\//, ['analyst']],
  // Entries of the ledger name each part of these, and the role for an entry is asked there: who brings an answer need not have given it.
  [/^(?:review\/(?:verdicts|calibration)\.jsonl|runs\/[^/]+\/summary\.json|baseline\.json)$/, joining],
  [/^(?:mapping|schemas|data|runs)\//, ['data']],
  [/^carryover\.json$/, ['data', 'owner', 'admin']],
  [/^board\.json$/, ['owner']],
  [/^review\/(?:plan\.json|frame\.tsv|draw\.json)$/, ['data', 'owner']],
  [/^review\/traps\.json$/, ['data', 'owner', ...readers]],
  [/^review\//, team],
  // The board notes by itself what whoever looks at it made true.
  [/^readiness\/history\.jsonl$/, working],
  [/^readiness\//, team],
  [/^incidents\//, ['owner', 'admin']],
]

/** A file is known by its path however it is spelt: some disks take both spellings for one. */
function rolesFor(path: string): readonly Role[] {
  const plain = path.normalize('NFKC').toLowerCase()
  return table.find(([pattern]) => pattern.test(plain))?.[1] ?? working
}

export function mayChange(held: Iterable<Role>, path: string): boolean {
  const wanted = rolesFor(path)
  return [...held].some((role) => wanted.includes(role))
}

/** The file under which the log of a map is kept: who may draw in the map is who may change it. */
export function mayDraw(held: Iterable<Role>, map: string): boolean {
  return mayChange(held, `workflows/${map}/edits.jsonl`)
}

/** Whether somebody who may not change the board may put their statements on it. */
export function mayState(held: Iterable<Role>, path: string): boolean {
  return path === paths.board && allowed(held, 'statement')
}

/** Whether two states of the board differ in their statements alone; null bytes are no board. */
export function differInStatements(before: Uint8Array | null, after: Uint8Array | null): boolean {
  const [was, is] = [before, after].map(withoutStatements)
  return was !== null && was === is
}

function withoutStatements(bytes: Uint8Array | null): string | null {
  const read = bytes && parseJson(new TextDecoder().decode(bytes))
  if (!read?.ok || !isMembers(read.value)) return null
  const rest = Object.fromEntries(Object.entries(read.value).filter(([name]) => name !== 'statements'))
  return canonicalJson(rest as Json)
}

/** Why this role may not change these files, as a sentence with what to do. */
export function changeFault(held: Iterable<Role>, files: readonly string[]): string {
  const has = [...held]
  const wanted = [...new Set(files.flatMap((path) => rolesFor(path)))]
  const role = has.length === 0 ? 'Without a role nobody may make' : `The role ${has.join(', ')} does not allow`
  return `${role} a change of ${files.slice(0, 3).join(', ')}${files.length > 3 ? ' and others' : ''}: ${wanted.join(', ')} may. Ask an administrator for the role.`
}
