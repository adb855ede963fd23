/** An event log of an emergency department as XES, of any number of cases: tests side by side, repeats, rare ways, names beyond ASCII. */

const openings = ['Arrive', 'Register', 'Triage', 'Wait in the lobby', 'Go to a cubicle']
const beside = ['Draw blood', 'ECG', 'X-ray', 'CT', 'Urine test', 'Ultrasound', 'Call the ward', 'Give analgesia', 'Set a line']
const middle = ['See the doctor', 'Read results', 'Ask a specialist', 'Reassess']
const closings = ['Decide', 'Write the letter', 'Order a bed', 'Transfer', 'Explain', 'Discharge']
const people = ['Nguyễn', 'Müller', 'O’Brien', 'García', 'Şahin', 'Ковальчук', 'Øster', 'Smith & Sons Locums', 'Jones', 'Łukasik']

/** Draws below one, the same for the same seed (mulberry32). */
function draws(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The activities of one case: tests side by side in a few usual orders, one case in three in an order of its own, some done twice or late. */
function activitiesOf(draw: () => number): string[] {
  const tests = draw() < 0.7 ? beside.slice(0, 4 + Math.floor(draw() * 6)) : beside.filter(() => draw() < 0.7)
  if (draw() < 0.3)
    for (let turn = 0; turn < 3 && tests.length > 1; turn++) {
      const [a, b] = [Math.floor(draw() * tests.length), Math.floor(draw() * tests.length)]
      ;[tests[a], tests[b]] = [tests[b] as string, tests[a] as string]
    }
  const again = draw() < 0.25 ? ['Reassess', 'Read results'] : []
  const specialist = draw() < 0.3 ? ['Ask a specialist'] : []
  const end = draw() < 0.4 ? ['Order a bed', 'Transfer', 'Write the letter'] : ['Write the letter', 'Explain', 'Discharge']
  const row = [...openings, 'See the doctor', ...tests, 'Read results', ...specialist, ...again, ...again, 'Decide', ...end]
  // A step that was written late or twice makes logs of real systems long in variants.
  if (draw() < 0.15) {
    const at = 5 + Math.floor(draw() * (row.length - 6))
    row.splice(at, 0, row[at + 1] as string)
  }
  if (draw() < 0.15) row.splice(3 + Math.floor(draw() * (row.length - 4)), 0, 'Call the ward')
  return row
}

/** The text of the log in pieces. @param cases how many; 13,000 give about 260,000 events, 24 activities and 4,000 variants */
export function* largeLog(cases: number, seed = 7): Generator<string> {
  const draw = draws(seed)
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">\n'
  for (let i = 0; i < cases; i++) {
    let at = Date.UTC(2025, 0, 1) + Math.floor(i * 11.3) * 60_000
    const parts = [`<trace><string key="concept:name" value="ED-${100_000 + i}"/>\n`]
    for (const name of activitiesOf(draw)) {
      at += Math.floor(1 + draw() * 40) * 60_000
      parts.push(
        `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="${new Date(at).toISOString().replace('Z', '+00:00')}"/>` +
          `<string key="org:resource" value="${(people[Math.floor(draw() * people.length)] as string).replace('&', '&amp;')}"/>` +
          `<string key="lifecycle:transition" value="complete"/><int key="cost" value="${Math.floor(draw() * 900)}"/></event>\n`,
      )
    }
    parts.push('</trace>\n')
    yield parts.join('')
  }
  yield '</log>\n'
}

/** All activities that it has. */
export const largeLogActivities: readonly string[] = [...openings, ...beside, ...middle, ...closings]
