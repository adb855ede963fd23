/** Accepting a finding: written in `baseline.json` and in the ledger, whoever does it from wherever. */
import { digestOf } from '../../canonical.ts'
import { type Acceptance, newAcceptance, withAcceptance } from '../../data/baseline/acceptance.ts'
import { type Hand, record } from '../acts/hand.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
/** The project with the acceptance and its ledger entry; a sentence where the acceptance, or the project, can not take it. */
export function acceptFinding(project: Project, given: Acceptance, hand: Hand): Project | string {
  if (project.readOnly !== null) return project.readOnly
  const acceptance = newAcceptance(given, hand.wall)
  if (typeof acceptance === 'string') return acceptance
  const { ledger } = record(
    project,
    [{ action: 'finding-accepted', object: acceptance.fingerprint, digest: digestOf(jsonOf(acceptance)) }],
    hand,
  )
  return { ...project, baseline: withAcceptance(project.baseline, acceptance), ledger }
}
