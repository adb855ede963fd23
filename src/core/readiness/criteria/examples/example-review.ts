/** Small reviews for the examples of criteria. */
import type { Meaning } from '../../../project/signing/signature-page.ts'
import type { Draw } from '../../../review/draw/draw.ts'
import type { SamplingPlan } from '../../../review/plan/sampling-plan.ts'
import type { ReviewResult, SignedResult } from '../../model/evidence-values.ts'

const claim = { id: 'record-harmful', class: 'harmful', domain: null, tolerablePpm: 10_000, riskPpm: 50_000 } as const

export function exampleDraw(strata: readonly string[]): Draw {
  const records = strata.map((stratum, index) => ({ id: `r${index}`, stratum, ticket: `${index}` }))
  return {
    seed: '01234567890123456789',
    rolledBy: ['a', 'b'],
    frame: 'sha256:00',
    times: 1,
    reason: null,
    records,
    tickets: 'sha256:00',
  }
}

export function examplePlan(strata: readonly string[]): SamplingPlan {
  return {
    format: 'carryover-plan/1',
    unit: 'patient record',
    claims: [claim],
    strata: strata.map((id) => ({ id, rule: id, size: 300, minimum: 0, n: 1, takeAll: false })),
    errorsAllowed: 0,
    secondReaderPpm: 0,
    lookSeconds: 3,
    criteria: '',
  }
}

export function exampleVerdicts(judged: number, drawn: number, holds = judged === drawn): ReviewResult {
  return { judged, drawn, outcomes: [{ claim: claim.id, x: drawn - judged, mustSeeWrong: 0, holds }] }
}

export function exampleSigned(meaning: Meaning): SignedResult {
  return { signatures: [{ name: 'Clinical owner', meaning }], last: '2026-07-14T09:00:00+00:00', notCovered: null }
}
