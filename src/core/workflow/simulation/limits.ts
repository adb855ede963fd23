/** How much one run may be: what would fill the memory or never end is refused in words. */
import type { Scenario } from '../map/scenario.ts'
import { casesPerWeek } from '../times/times.ts'

/** Cases in one replication. */
export const mostCases = 1_000_000
export const mostReplications = 1000
/** Days of a thousand years. */
export const mostDays = 365_242
/** Cases in all replications that a scenario asks for: each keeps its lead time to the end. */
const mostTogether = 20_000_000

/** Sentences about a scenario that asks for more than can be run. */
export function tooMuch(scenario: Scenario): readonly string[] {
  const perWeek = casesPerWeek(scenario)
  if (perWeek === null) return []
  const { days, replications } = scenario
  const said: string[] = []
  if (replications > mostReplications)
    said.push(`${inWords(replications)} replications are asked for; at most ${inWords(mostReplications)} can be run.`)
  if (days !== null && days > mostDays) {
    said.push(`${inWords(days)} days are asked for; at most 1,000 years can be run.`)
    return said
  }
  const cases = days === null ? scenario.cases : (days / 7) * perWeek
  const asked =
    days === null ? `${inWords(cases)} cases are asked for` : `About ${inWords(cases)} cases come in ${inWords(days)} days`
  if (cases > mostCases) said.push(`${asked}; at most ${inWords(mostCases)} can be run.`)
  else if (cases * replications > mostTogether)
    said.push(`${asked}, ${inWords(replications)} times; at most ${inWords(mostTogether)} can be run together.`)
  if (days === null && (cases / perWeek) * 7 > mostDays)
    said.push(
      `Cases come so rarely that ${inWords(cases)} of them take more than 1,000 years. Ask for fewer, or give a higher rate.`,
    )
  return said
}

/** With commas between thousands; numbers that nobody would write out by their power of ten. */
function inWords(value: number): string {
  const whole = Math.round(value)
  return whole < 1e15 ? String(whole).replace(/\B(?=(\d{3})+$)/g, ',') : whole.toExponential(0)
}
