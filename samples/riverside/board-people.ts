/** Who brought the files of the sample's board, and which of them nobody has signed for: so that both words, proven and claimed, are on it. Nobody in it exists. */
import type { InputName } from '../readiness/clinic.ts'

export const boardLead = { actor: 'tomas-reyl', name: 'Tomas Reyl', role: 'project lead' }
export const boardAnalyst = { actor: 'noor-adeyemi', name: 'Noor Adeyemi', role: 'analyst' }

/** Added by the analyst, and still to be signed for. */
export const unsignedFiles: readonly InputName[] = ['decisions', 'order-sets']

/** Changed by the analyst after the lead had signed. */
export const changedFile = {
  kind: 'training-plan' as const,
  column: 'hours',
  reason: 'phone call with the training team',
}

export const originOfFiles = 'the files of Riverside Clinic, as its departments keep them'
