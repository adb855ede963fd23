/** An invented log of a sepsis pathway after go-live, from a seed: from week 6 on, triage is left out of every fifth case and done again on paper. */
import { seededRandom } from '../../src/core/random.ts'

const weeks = 16
const casesPerWeek = 50
/** Cases that come from the first day of this week on, counted from 1, may lack their triage. */
export const driftWeek = 6
const skipped = 0.2

/** Activity, role, department, and the shortest and longest minutes to it. */
const steps = [
  ['ER registration', 'Front desk', 'Emergency', 0, 0],
  ['ER triage', 'Nurse', 'Emergency', 4, 22],
  ['Draw lactate', 'Nurse', 'Emergency', 6, 35],
  ['Give antibiotics', 'Physician', 'Emergency', 15, 90],
  ['Admit to ward', 'Physician', 'Ward', 40, 240],
  ['Discharge', 'Physician', 'Ward', 1200, 9000],
] as const

const begins = Date.UTC(2026, 2, 2)
const minute = 60_000
const week = 7 * 24 * 60 * minute

/** CSV with a head; the same seed gives the same bytes. */
export function sepsisLog(seed = 'sepsis'): string {
  const random = seededRandom(seed)
  const lines = ['case_id,activity,timestamp,resource,role,department,arrival']
  for (let number = 0; number < weeks * casesPerWeek; number++) {
    const inWeek = Math.floor(number / casesPerWeek)
    const share = ((number % casesPerWeek) + random.next()) / casesPerWeek
    let time = begins + inWeek * week + Math.floor(share * week)
    const arrival = random.next() < 0.3 ? 'ambulance' : 'walk-in'
    const onPaper = inWeek + 1 >= driftWeek && random.next() < skipped
    const kept = steps.filter(
      ([name]) => !(onPaper && name === 'ER triage') && !(name === 'Admit to ward' && random.next() < 0.15),
    )
    for (const [name, role, department, least, most] of kept) {
      time += Math.round((least + random.next() * (most - least)) * minute)
      const person = `${role.toLowerCase().replace(' ', '-')}-${1 + Math.floor(random.next() * 4)}`
      lines.push(
        `S${String(number + 1).padStart(4, '0')},${name},${new Date(time).toISOString()},${person},${role},${department},${arrival}`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}
