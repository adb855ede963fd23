/** Item 45: the gate follows the bound, under a signature that covers the present data. */
import type { Criterion } from '../../model/criterion.ts'

export const claimsSigned: Criterion<'signatures' | 'verdicts'> = {
  code: 'readiness/claims-signed',
  items: [45],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'No signed claim covers the present data',
  why: 'Without it nobody who can judge a record has said, with a number, that the records may be used.',
  remedy: 'Review the drawn records until every claim holds, then sign. After any change of the data, run and sign again.',
  needs: ['signatures', 'verdicts'],
  thresholds: {},
  maxAgeDays: 90,
  claimable: false,
  compute(given) {
    const { outcomes, apart = null } = given.value('verdicts')
    const { signatures } = given.value('signatures')
    const holding = outcomes.filter((outcome) => outcome.holds)
    const broken = outcomes.filter((outcome) => !outcome.holds)
    const against = signatures.filter((each) => each.meaning === 'rejection')
    const cells = [
      ...broken.map(({ claim, x, mustSeeWrong }) => ({
        name: `${claim} (${x + mustSeeWrong} wrong or not judged)`,
        route: '/review/certificate',
      })),
      ...(apart === null ? [] : [{ name: `Two readers: ${apart}`, route: '/review/records' }]),
      ...against.map(({ name }) => ({ name: `${name} does not approve`, route: '/review/certificate' })),
    ]
    const approved = signatures.some((each) => each.meaning === 'approval')
    if (!approved && against.length === 0) cells.push({ name: 'nobody signed an approval', route: '/review/certificate' })
    // An approval states every claim of the plan; whoever signs what was read, or a part, states none.
    const words = `${holding.length} of ${outcomes.length} claims hold, ${approved ? outcomes.length : 0} signed`
    const state = outcomes.length > 0 && cells.length === 0 ? 'proven' : 'failed'
    return { state, value: holding.length, of: outcomes.length, threshold: outcomes.length, words, cells }
  },
}
