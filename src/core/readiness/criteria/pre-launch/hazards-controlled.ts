/**
 * Item 2: no hazard goes live above the risk that is accepted. Deploying and using health software asks for it before go-live (DCB0160, NHS
 * England; its makers: DCB0129): every hazard is controlled until its residual risk is acceptable, or accepted by the safety officer by name.
 */
import { aboveAcceptable, type Hazard, riskWords, standingRisk } from '../../../project/hazards/log/hazard-log.ts'
import { held } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const hazardsControlled: Criterion<'hazards'> = {
  code: 'readiness/hazards-controlled',
  items: [2],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'A hazard stands above the risk that is accepted',
  why: 'A hazard that was written down and neither controlled nor accepted by name harms the first patient who meets it.',
  remedy: 'Control the hazards listed and judge what risk is left, or have the safety officer accept it with a reason.',
  needs: ['hazards'],
  thresholds: { open: 0 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds) {
    const { hazards, signed } = given.value('hazards')
    if (hazards.length === 0) return nothingToJudge('The hazard log is empty')
    const above = hazards.filter(isAbove)
    const cells = above.map(
      (each): Cell => ({
        name: `${each.id}, risk ${standingRisk(each)} (${riskWords[standingRisk(each) - 1]}): ${each.status}`,
        route: `/review/hazards?hazard=${each.id}`,
      }),
    )
    const who = signed ? 'the safety officer has signed the log as it is' : 'no safety officer has signed the log as it is'
    const words = `${above.length} of ${hazards.length} hazards stand open above the accepted risk; ${who}`
    return held(above.length <= (thresholds.open ?? 0), {
      value: above.length,
      of: hazards.length,
      threshold: thresholds.open ?? 0,
      words,
      cells,
    })
  },
  examples: {
    flags: [
      { name: 'an allergy may be hidden, and nothing is done yet', value: 1, evidence: log(hazard({})) },
      {
        name: 'controlled, and the risk that is left is still undesirable',
        value: 1,
        evidence: log(hazard({ hasControls: true, residualSeverity: 4, residualLikelihood: 3, status: 'controlled' })),
      },
    ],
    passes: [
      {
        name: 'controlled down to an acceptable risk',
        value: 0,
        evidence: log(hazard({ hasControls: true, residualSeverity: 3, residualLikelihood: 2, status: 'controlled' })),
      },
      {
        name: 'the safety officer accepted what is left',
        value: 0,
        evidence: log(hazard({ hasControls: true, residualSeverity: 4, residualLikelihood: 3, status: 'accepted' })),
      },
    ],
  },
}

/** Neither closed nor accepted, at a risk that is not acceptable as it stands. */
function isAbove(each: Hazard): boolean {
  return (each.status === 'open' || each.status === 'controlled') && standingRisk(each) >= aboveAcceptable
}

function log(...hazards: readonly Hazard[]) {
  return { hazards: { hazards, signed: false } }
}

function hazard(parts: Partial<Hazard>): Hazard {
  const from = { code: null, domain: null, run: null, occurrences: null, patients: null, harmful: null, wrong: null }
  return {
    id: 'H-00000001',
    words: 'sha256:00',
    hasControls: false,
    severity: 5,
    likelihood: 3,
    residualSeverity: null,
    residualLikelihood: null,
    status: 'open',
    from: { kind: 'named', ...from },
    ...parts,
  }
}
