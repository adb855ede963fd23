/** Reads what is known of the data behind the elements of a workflow: `{"allergies": "carried"}`. */
import { isMembers } from '../../values/json.ts'
import type { Read, ReadProblem } from '../../values/partial-document.ts'
import { type DataEvidence, dataStates } from '../rules/data-states.ts'

/** An element with another word counts as not known, and is named. */
export function readDataEvidence(json: unknown): Read<DataEvidence> {
  const problems: ReadProblem[] = []
  if (!isMembers(json)) {
    problems.push({ place: '$', sentence: 'The evidence is not an object of elements and words; none of it is used.' })
    return { value: new Map(), problems }
  }
  const value = new Map<string, (typeof dataStates)[number]>()
  for (const [element, given] of Object.entries(json)) {
    const state = dataStates.find((word) => word === given)
    if (state) value.set(element, state)
    else
      problems.push({
        place: `$.${element}`,
        sentence: `$.${element} is ${JSON.stringify(given)}; it takes one of ${dataStates.join(', ')}. The element counts as not known.`,
      })
  }
  return { value, problems }
}
