/** Accepting findings: who takes one, why and until when. Each act is kept at once and chained in the ledger; it mends nothing. */
import { digestOf } from '../../core/canonical.ts'
import { withAcceptance } from '../../core/data/baseline/acceptance.ts'
import type { Finding } from '../../core/finding.ts'
import type { AcceptedFinding } from '../../core/project/project.ts'
import { jsonOf } from '../../core/project/save.ts'
import { keepNow } from './keep.ts'
import { appendLedger, wallNow } from './ledger.ts'
import { changeProject, openProject, setWorkspace } from './state.ts'

/** Writes an acceptance to `baseline.json`; an earlier one of the same finding is replaced. */
export async function acceptFinding(accepted: AcceptedFinding): Promise<void> {
  if (refused()) return
  changeProject({ baseline: withAcceptance(openProject().baseline, accepted) })
  appendLedger([{ action: 'finding-accepted', object: accepted.fingerprint, digest: digestOf(jsonOf(accepted)) }])
  await keepNow()
  setWorkspace({ done: 'Accepted. It is written in baseline.json and in the ledger.' })
}

/** Says who is to mend a finding and by when; it stays new. Without both the finding is nobody's again. */
export async function assignFinding(
  finding: Pick<Finding, 'fingerprint' | 'code' | 'place'>,
  to: { readonly owner?: string; readonly due?: string },
): Promise<void> {
  if (refused()) return
  const { fingerprint, code, place } = finding
  const entry = { fingerprint, reason: '', by: '', expires: null, code, place, at: wallNow(), ...to }
  const others = openProject().baseline.filter((each) => each.fingerprint !== fingerprint)
  const isSet = to.owner !== undefined || to.due !== undefined
  changeProject({ baseline: isSet ? [...others, entry] : others })
  appendLedger([{ action: 'finding-assigned', object: fingerprint, digest: isSet ? digestOf(jsonOf(entry)) : null }])
  await keepNow()
  setWorkspace({ done: isSet ? 'Kept. The worklist says who is to mend it.' : 'The finding is nobody’s again.' })
}

/** The finding counts as new again. */
export async function withdrawAcceptance(fingerprint: string): Promise<void> {
  if (refused()) return
  changeProject({ baseline: openProject().baseline.filter((each) => each.fingerprint !== fingerprint) })
  appendLedger([{ action: 'acceptance-withdrawn', object: fingerprint, digest: null }])
  await keepNow()
  setWorkspace({ done: 'The acceptance was withdrawn: the finding counts as new again.' })
}

/** A project that may not be changed takes no decision either. */
function refused(): boolean {
  const { readOnly } = openProject()
  if (readOnly !== null) setWorkspace({ problem: readOnly })
  return readOnly !== null
}
