/**
 * A seeded defect that a reader is about to act on is told: nobody may look for an invented record in a real system. What this reader said
 * of it before stands; if nothing was said, a spare takes its place.
 */

import { type Hand, record } from '../acts/hand.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { toldTraps, trapsOf, trapVoided } from '../sample/trap-list.ts'
/** Null where the record is no seeded defect. */
export function voidTrap(project: Project, id: string, hand: Hand): Project | null {
  const traps = trapsOf(project)
  if (!traps.some((trap) => trap.id === id)) return null
  if (toldTraps(project.ledger, traps).get(hand.actor)?.ids.has(id)) return project
  return record(project, [{ action: trapVoided, object: `${paths.traps}#${id}`, digest: null }], hand)
}
