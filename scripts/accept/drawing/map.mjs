/** The map that both programs draw: a refill in five roles, two decisions, a split, words on their flows; 14 steps and gateways between a start and an end. */
export const lanes = ['Patient', 'Front desk', 'Nurse', 'Physician', 'Pharmacy']

/** Name, lane and kind of everything between start and end. */
export const steps = [
  ['Call for refill', 'Patient', 'step'],
  ['Take refill call', 'Front desk', 'step'],
  ['Look up chart', 'Front desk', 'step'],
  ['Check last visit', 'Nurse', 'step'],
  ['Seen this year?', 'Nurse', 'decision'],
  ['Book a visit', 'Front desk', 'step'],
  ['Prepare refill', 'Nurse', 'step'],
  ['Review refill', 'Physician', 'step'],
  ['Approve?', 'Physician', 'decision'],
  ['Tell patient no', 'Nurse', 'step'],
  ['', 'Physician', 'parallel'],
  ['Send prescription', 'Physician', 'step'],
  ['Update chart', 'Nurse', 'step'],
  ['Fill prescription', 'Pharmacy', 'step'],
]

/** From, to and words; `start`, `split` and `end` are the ones without a name. */
export const flows = [
  ['start', 'Call for refill', ''],
  ['Call for refill', 'Take refill call', ''],
  ['Take refill call', 'Look up chart', ''],
  ['Look up chart', 'Check last visit', ''],
  ['Check last visit', 'Seen this year?', ''],
  ['Seen this year?', 'Book a visit', 'No'],
  ['Seen this year?', 'Prepare refill', 'Yes'],
  ['Prepare refill', 'Review refill', ''],
  ['Review refill', 'Approve?', ''],
  ['Approve?', 'Tell patient no', 'No'],
  ['Approve?', 'split', 'Yes'],
  ['split', 'Send prescription', ''],
  ['split', 'Update chart', ''],
  ['Send prescription', 'Fill prescription', ''],
  ['Book a visit', 'end', ''],
  ['Tell patient no', 'end', ''],
  ['Update chart', 'end', ''],
  ['Fill prescription', 'end', ''],
]

/** What is missing or too much in a drawn map, in sentences; nothing where it is the map above. */
export function faults(drawn) {
  const found = []
  if (drawn.lanes.join() !== lanes.join()) found.push(`lanes ${drawn.lanes.join(', ')}`)
  const want = new Set(steps.map(([name, lane]) => `${name === '' ? 'split' : name} in ${lane}`))
  const have = new Set(
    drawn.steps.filter(({ name }) => name !== 'start' && name !== 'end').map(({ name, lane }) => `${name} in ${lane}`),
  )
  for (const each of want) if (!have.has(each)) found.push(`no ${each}`)
  for (const each of have) if (!want.has(each)) found.push(`also ${each}`)
  const ways = new Set(flows.map(([from, to, words]) => `${from} > ${to} ${words}`))
  const drawnWays = new Set(drawn.flows.map(({ from, to, words }) => `${from} > ${to} ${words}`))
  for (const each of ways) if (!drawnWays.has(each)) found.push(`no flow ${each}`)
  for (const each of drawnWays) if (!ways.has(each)) found.push(`also flow ${each}`)
  return found
}
