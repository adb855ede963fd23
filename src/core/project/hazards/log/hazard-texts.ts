/** What people wrote in the hazard log, where the private part is here. */
import { fits } from '../../../values/document.ts'
import { paths } from '../../format/documents.ts'
import { type Hazard, type HazardAct, type HazardTexts, type HazardWords, hazardTexts } from '../../format/hazard-acts.ts'
import type { Project } from '../../format/project.ts'
import { sealedTexts } from '../../format/sealed-text.ts'

type Holder = Pick<Project, 'private'>

export const sealedElsewhere = 'Sealed in the private part, which is not here'

/** Null where the private part is not here. */
export function textsOf(project: Holder, hazard: Pick<Hazard, 'words'>): HazardTexts | null {
  const text = sealedTexts(project, paths.hazardTexts).get(hazard.words)
  return fits(text, hazardTexts) ? text : null
}

/** The same for a page: what is not here is said. */
export function textsShown(project: Holder, hazard: Pick<Hazard, 'words' | 'hasControls'>): HazardTexts {
  const { words, hasControls } = hazard
  const elsewhere = { hazard: sealedElsewhere, cause: '', effect: '', controls: hasControls ? sealedElsewhere : '', owner: '' }
  return textsOf(project, { words }) ?? elsewhere
}

export function reasonOf(project: Holder, { reason }: Pick<HazardAct, 'reason'>): string {
  const text = sealedTexts(project, paths.hazardTexts).get(reason)
  return typeof text === 'string' ? text : sealedElsewhere
}

/** A hazard as a person judges it again; null where its texts are not here. */
export function wordsOf(project: Holder, hazard: Hazard): HazardWords | null {
  const texts = textsOf(project, hazard)
  const { severity, likelihood, residualSeverity, residualLikelihood } = hazard
  return texts && { ...texts, severity, likelihood, residualSeverity, residualLikelihood }
}
