/** Examples of `hazards-controlled.ts`, for tests and rule pages. */

import type { Hazard } from '../../../project/format/hazard-acts.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'

export const hazardsControlledExamples: EvidenceExamples = {
  code: 'readiness/hazards-controlled',
  decides:
    'No hazard may be open or controlled at a risk above the accepted one. The words beside it say whether the safety officer signed the log as it is.',
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
