/** Accepting findings: who takes one, why and until when. Each act is kept at once and chained in the ledger; it mends nothing. */
import { digestOf } from '../../core/canonical.ts'
import { withAcceptance } from '../../core/data/baseline/acceptance.ts'
import type { Finding } from '../../core/finding.ts'
import type { AcceptedFinding } from '../../core/project/project.ts'
import { jsonOf } from '../../core/project/save.ts'
import { keepNow } from './keep.ts'
import { appendLedger, wallNow } from './ledger.ts'
import { openProject, setWorkspace } from './state.ts'

/** Writes an acceptance to `baseline.json`; an earlier one of the same finding is replaced. */
export async function acceptFinding(accepted: AcceptedFinding): Promise<void> {
  const baseline = withAcceptance(openProject().baseline, accepted)
  const act = { action: 'finding-accepted', object: accepted.fingerprint, digest: digestOf(jsonOf(accepted)) }
  if (!appendLedger([act], { baseline })) return
  await keepNow()
  setWorkspace({ done: 'Accepted. It is written in baseline.json and in the ledger.' })
}

/** Says who is to mend a finding and by when; it stays new. Without both the finding is nobody's again. */
export async function assignFinding(
  finding: Pick<Finding, 'fingerprint' | 'code' | 'place'>,
  to: { readonly owner?: string; readonly due?: string },
): Promise<void> {
  const { fingerprint, code, place } = finding
  const entry = { fingerprint, reason: '', by: '', expires: null, code, place, at: wallNow(), ...to }
  const others = openProject().baseline.filter((each) => each.fingerprint !== fingerprint)
  const isSet = to.owner !== undefined || to.due !== undefined
  const act = { action: 'finding-assigned', object: fingerprint, digest: isSet ? digestOf(jsonOf(entry)) : null }
  if (!appendLedger([act], { baseline: isSet ? [...others, entry] : others })) return
  await keepNow()
  setWorkspace({ done: isSet ? 'Kept. The worklist says who is to mend it.' : 'The finding is nobody’s again.' })
}

/** The finding counts as new again. */
export async function withdrawAcceptance(fingerprint: string): Promise<void> {
  const baseline = openProject().baseline.filter((each) => each.fingerprint !== fingerprint)
  if (!appendLedger([{ action: 'acceptance-withdrawn', object: fingerprint, digest: null }], { baseline })) return
  await keepNow()
  setWorkspace({ done: 'The acceptance was withdrawn: the finding counts as new again.' })
}
