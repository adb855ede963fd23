/** Examples of `place-of-entry.ts`, for tests and rule pages. */

import type { Node } from '../../../workflow/map/workflow.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleWorkflow } from '../examples/example-evidence.ts'

export const placeOfEntryExamples: EvidenceExamples = {
  code: 'readiness/place-of-entry',
  decides: 'Where an entry names the step that it documents, both must take place in the same kind of place, fixed or mobile.',
  flags: [{ name: 'triage on the move, entered at a desk', value: 1, evidence: { workflows: [entered('fixed')] } }],
  passes: [{ name: 'both happen on the move', value: 0, evidence: { workflows: [entered('mobile')] } }],
}

function entered(place: NonNullable<Node['place']>) {
  return exampleWorkflow({
    future: [
      { id: 'triage', type: 'step', place: 'mobile' },
      { id: 'entry', type: 'step', place, documents: 'triage' },
    ],
  })
}
