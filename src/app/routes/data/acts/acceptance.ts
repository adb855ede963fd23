/** Accepting findings: who takes them, why and until when. Each act is kept at once and chained in the ledger; it mends nothing. */
import { digestOf } from '../../../../core/canonical.ts'
import { withAcceptance } from '../../../../core/data/baseline/acceptance.ts'
import type { Finding } from '../../../../core/finding.ts'
import type { AcceptedFinding } from '../../../../core/project/format/project.ts'
import { jsonOf } from '../../../../core/project/format/save.ts'
import { actOrSay, recorded } from '../../../session/act.ts'
import { wallNow } from '../../../session/ledger.ts'
import { setWorkspace } from '../../../session/state.ts'

/** Writes acceptances to `baseline.json`, all of them or none; an earlier one of the same finding is replaced. */
export async function acceptFindings(accepted: readonly AcceptedFinding[]): Promise<void> {
  const entries = accepted.map((one) => ({ action: 'finding-accepted', object: one.fingerprint, digest: digestOf(jsonOf(one)) }))
  const isKept = await actOrSay((project, by) =>
    recorded(project, entries, by, {
      baseline: accepted.reduce((held, one) => withAcceptance(held, one), project.baseline),
    }),
  )
  if (!isKept) return
  const what = accepted.length === 1 ? 'It is' : `All ${accepted.length} are`
  setWorkspace({ done: `Accepted. ${what} written in baseline.json and in the ledger.` })
}

/** Says who is to mend findings and by when; they stay open. Without both they are nobody's again. */
export async function assignFindings(
  findings: readonly Pick<Finding, 'fingerprint' | 'code' | 'place'>[],
  to: { readonly owner?: string; readonly due?: string },
): Promise<void> {
  const assigned = findings.map(({ fingerprint, code, place }) => ({
    fingerprint,
    reason: '',
    by: '',
    expires: null,
    code,
    place,
    at: wallNow(),
    ...to,
  }))
  const named = new Set(assigned.map(({ fingerprint }) => fingerprint))
  const isSet = to.owner !== undefined || to.due !== undefined
  const entries = assigned.map((each) => ({
    action: 'finding-assigned',
    object: each.fingerprint,
    digest: isSet ? digestOf(jsonOf(each)) : null,
  }))
  const isKept = await actOrSay((project, by) => {
    const others = project.baseline.filter((each) => !named.has(each.fingerprint))
    return recorded(project, entries, by, { baseline: isSet ? [...others, ...assigned] : others })
  })
  if (!isKept) return
  setWorkspace({ done: isSet ? 'Kept. The worklist says who is to mend it.' : 'Nobody is named for it any more.' })
}

/** The findings count as open again. */
export async function withdrawAcceptances(fingerprints: readonly string[]): Promise<void> {
  const entries = fingerprints.map((object) => ({ action: 'acceptance-withdrawn', object, digest: null }))
  const isKept = await actOrSay((project, by) =>
    recorded(project, entries, by, { baseline: project.baseline.filter((each) => !fingerprints.includes(each.fingerprint)) }),
  )
  if (!isKept) return
  const many = fingerprints.length > 1
  setWorkspace({
    done: many
      ? `${fingerprints.length} acceptances were withdrawn: the findings count as open again.`
      : 'The acceptance was withdrawn: the finding counts as open again.',
  })
}
