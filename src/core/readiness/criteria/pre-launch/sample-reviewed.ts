/** Item 45: "have clinicians validate samples of migrated records before go-live": every drawn record has a verdict. */
import { atMost, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const sampleReviewed: Criterion<'draw' | 'verdicts'> = {
  code: 'readiness/sample-reviewed',
  items: [45],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Sampled records wait for a clinician',
  why: 'A record without a verdict counts as wrong, so the claim cannot hold before the last one is read.',
  remedy: 'Open the next record and judge its differences.',
  needs: ['draw', 'verdicts'],
  thresholds: { left: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds) {
    const of = given.value('draw').records.length
    const { judged } = given.value('verdicts')
    if (of === 0) return nothingToJudge('No record is drawn')
    const cells = judged < of ? [{ name: `${of - judged} of ${of} records`, route: '/review/records' }] : []
    return atMost(thresholds.left ?? 0, of, `${judged} of ${of} sampled records reviewed`, cells, of - judged)
  },
}
