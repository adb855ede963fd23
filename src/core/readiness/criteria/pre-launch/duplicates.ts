/** Item 54: "many duplicate records". */
import { count } from '../../../review/result/result.ts'
import { dayText } from '../../../values/day.ts'
import { atMost, type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { findingCell, occurrences, openAmong } from '../shared/open-findings.ts'

const counts = ['data/duplicate-patient', 'data/fhir-duplicate-id']
/** A patient without a counterpart may be the second record of another, under a number of its own. */
const strangers = ['data/patient-appeared']

const noSearch =
  'Not judged: a search for duplicate patients is missing. On the page Reconcile, look for duplicates in the file of the new system'
const searchPage: Cell = { name: 'Possible duplicate patients', route: '/data/reconcile?part=duplicates' }

export const duplicates: Criterion<'validation' | 'pairing' | 'baseline'> = {
  code: 'readiness/duplicates',
  items: [54],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Patients are in the new system twice',
  why: 'Half of a chart is on each of two charts, and the allergy is on the other one.',
  remedy: 'Open the pairs, merge them in the new system, and load again.',
  needs: ['validation', 'pairing', 'baseline'],
  counts: [...counts, ...strangers],
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { pairing, findings, pairSearch } = given.value('pairing')
    if (pairing.patients === 0) return nothingToJudge('No patient was compared')
    const counted = [...findings, ...given.value('validation').findings]
    const open = openAmong(counted, counts, given.value('baseline'), asOf)
    const value = occurrences(open)
    const apart = value === 0 ? openAmong(findings, strangers, given.value('baseline'), asOf) : []
    if (apart.length > 0) {
      const n = count(occurrences(apart))
      const words = `Not judged: patients that exist only in the target: ${n}. Each may be the second record of another. Look for duplicates, then merge them or accept the finding with a reason`
      return { ...nothingToJudge(words), state: 'unknown', of: pairing.patients, cells: apart.map(findingCell) }
    }
    const patients = count(pairing.patients)
    // A run sees one number on two records; one person under two numbers is found by a pair search alone.
    if (value === 0 && (!pairSearch || pairSearch.records < pairing.patients)) {
      const seen = pairSearch
        ? `the last one saw ${count(pairSearch.records)} of ${patients} patients`
        : 'none was made of these files'
      return { ...nothingToJudge(`${noSearch}: ${seen}`), of: pairing.patients, cells: [searchPage] }
    }
    const groups = pairSearch?.groups ?? 0
    // The search finds records of one number as well: the sum of both would count them twice.
    const all = Math.max(value, groups)
    const how = pairSearch ? `; a search of ${dayText(pairSearch.day)} compared ${count(pairSearch.pairs)} pairs` : ''
    const words = `${count(all)} ${all === 1 ? 'duplicate' : 'duplicates'} among ${patients} patients${how}`
    const cells = [...open.map(findingCell), ...(groups > 0 ? [searchPage] : [])]
    return atMost(thresholds.open ?? 0, pairing.patients, words, cells, all)
  },
}
