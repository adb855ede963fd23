/**
 * Somebody else's copy without what nobody had a role for: a document that the ledger names by digest comes in only where an entry that
 * stands names it, or where it is here already.
 */
import { digestOf, digestOfBytes, type Json, utf8 } from '../../canonical.ts'
import { paths } from '../format/documents.ts'
import { isNamedLine } from '../format/line-file.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { withNamedHazards } from '../hazards/log/hazard-log.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { withNamedAudits } from '../review/chart-audit-check.ts'
import { trapsDigest } from '../sample/trap-list.ts'
import { withNamedWork } from '../sample/worklist-file.ts'
import { withNamedSettlements } from './fork-settlement.ts'

/** Whether an entry that stands names this object with this digest. */
export type IsNamed = (object: string, digest: string) => boolean

/** @param standing the entries of both sides without those held back */
export function standingCopy(here: Project, other: Project, standing: readonly LedgerEntry[]): Project {
  const names = new Set(standing.map(({ object, digest }) => `${object} ${digest ?? ''}`))
  const isNamed: IsNamed = (object, digest) => names.has(`${object} ${digest}`)
  /** Items that are here in the same words, or named as they are. */
  const kept = <T extends object>(
    mine: readonly T[],
    theirs: readonly T[],
    objectOf: (item: T) => string,
    content = (item: T): Json => jsonOf(item),
  ) => {
    const held = new Set(mine.map((item) => digestOf(content(item))))
    return theirs.filter((item) => held.has(digestOf(content(item))) || isNamed(objectOf(item), digestOf(content(item))))
  }
  const { review } = other
  const plan = review.plan && isNamed(paths.plan, digestOf(jsonOf(review.plan))) ? review.plan : here.review.plan
  const frame =
    review.frame !== null && isNamed(paths.frame, digestOfBytes(utf8(review.frame))) ? review.frame : here.review.frame
  const draw = review.draw && isNamed(paths.draw, digestOf(jsonOf(review.draw))) ? review.draw : here.review.draw
  const traps = review.traps && isNamed(paths.traps, trapsDigest(review.traps)) ? review.traps : (here.review.traps ?? null)
  const calibration = kept(here.review.calibration ?? [], review.calibration ?? [], ({ id }) => `${paths.calibration}#${id}`)
  const { calibration: _, ...rest } = review
  return {
    ...other,
    unread: new Map(
      [...other.unread].map(([path, lines]) => {
        const mine = new Set(here.unread.get(path))
        return [path, lines.filter((line) => mine.has(line) || isNamedLine(path, line, isNamed))]
      }),
    ),
    review: {
      ...rest,
      plan,
      frame,
      draw,
      traps,
      events: kept(here.review.events, review.events, ({ id }) => `${paths.verdicts}#${id}`),
      ...(calibration.length > 0 ? { calibration } : {}),
    },
    keys: kept(
      here.keys,
      other.keys,
      ({ id }) => `keys/${id}.pub.json`,
      ({ publicKey }) => publicKey,
    ),
    runs: kept(here.runs, other.runs, ({ id }) => `runs/${id}/summary.json`),
    baseline: kept(here.baseline, other.baseline, ({ fingerprint }) => fingerprint),
    other: withNamedHazards(
      withNamedSettlements(withNamedAudits(withNamedWork(other.other, isNamed), isNamed), isNamed),
      isNamed,
    ),
  }
}
