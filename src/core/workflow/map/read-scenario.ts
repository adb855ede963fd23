/** Unknown JSON → scenario: `carryover-scenario/1`. */
import { membersOfFormat, type Read, type ReadProblem, readPartly } from '../../values/partial-document.ts'
import { type Arrival, blankScenario, type Scenario, type Stream, scenarioDocument, scenarioFormat } from './scenario.ts'

export function readScenario(json: unknown): Read<Scenario> {
  const problems: ReadProblem[] = []
  const members = membersOfFormat(json, scenarioFormat, 'a scenario', problems)
  if (!members) return { value: blankScenario, problems }
  const { format: _, ...given } = members
  const { format: __, ...read } = readPartly(given, scenarioDocument, problems)
  const arrivals = read.arrivals.flatMap((stream, index) => {
    const arrival = arrivalOf(stream)
    if (arrival) return [arrival]
    const place = `$.arrivals[${index}].perHour`
    const sentence = `${place} is missing: an arrival stream takes perHour, hourly or interarrival; it was left out.`
    problems.push({ place, sentence })
    return []
  })
  return { value: { ...read, arrivals: arrivals.sort((a, b) => (a.node < b.node ? -1 : a.node > b.node ? 1 : 0)) }, problems }
}

function arrivalOf({ node, attributes, perHour, calendar, interarrival, hourly }: Stream): Arrival | null {
  const head = attributes === null ? { node } : { node, attributes }
  if (perHour !== null) return calendar === null ? { ...head, perHour } : { ...head, perHour, calendar }
  if (interarrival) return { ...head, interarrival }
  return hourly ? { ...head, hourly } : null
}
