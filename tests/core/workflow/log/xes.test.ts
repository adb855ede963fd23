/** Everything that makes XES files hard to read, and files that are refused in words. */
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { COMPLETE, type EventLog, START } from '../../../../src/core/workflow/log/event-log.ts'
import { XesReader } from '../../../../src/core/workflow/log/xes.ts'
import { XmlFault } from '../../../../src/core/workflow/xml/xml-fault.ts'
import { fileBytes, hasLog, read } from '../logs-at-hand.ts'

const encoder = new TextEncoder()

function logOf(inner: string, attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" ${attributes}>${inner}</log>`
}

/** What a log says, without anything about how it is stored. */
function told(log: EventLog): unknown {
  return Array.from({ length: log.cases }, (_, c) => [
    log.caseName(c),
    Array.from({ length: (log.caseStart[c + 1] ?? 0) - (log.caseStart[c] ?? 0) }, (_, index) => {
      const i = (log.caseStart[c] ?? 0) + index
      const time = log.time[i] ?? Number.NaN
      return [
        log.activities[log.activity[i] ?? -1],
        log.resources[log.resource[i] ?? -1] ?? null,
        Number.isNaN(time) ? null : time,
        log.offset?.[i] ?? null,
        log.transition[i],
        log.eventAttributes.map(({ name, codes, values }) => [name, values[codes[i] ?? -1] ?? null]),
      ]
    }),
    log.caseAttributes.map(({ name, codes, values }) => [name, values[codes[c] ?? -1] ?? null]),
  ])
}

async function xes(text: string | Uint8Array) {
  const done = await read('log.xes', text)
  if (done.kind !== 'log') throw new Error(JSON.stringify(done))
  return done
}

const hard = logOf(`
  <extension name="Odd" prefix="odd" uri="urn:x"/>
  <global scope="event"><string key="org:resource" value="somebody"/><string key="lifecycle:transition" value="__INVALID__"/></global>
  <classifier name="Both" keys="concept:name 'shift of day'"/>
  <!-- a comment with <event> in it -->
  <int key="total" value="7"><int key="Visit" value="7"/><list key="l"><values><string key="concept:name" value="not an event"/></values></list></int>
  <trace>
    <event><date value="2024-03-01T08:30:00.250+01:00" key="time:timestamp"/><string key="concept:name" value="Tri&#233;age &amp; &lt;more&gt;"/><string key="shift of day" value="late"/>
      <string key="odd:nested" value="x"><string key="concept:name" value="hidden"/></string></event>
    <event><string key='concept:name' value='Visit "é" 診察'/><date key="time:timestamp" value="2024-03-01T07:00:00Z"/><string key="org:resource" value="Ünal"/><boolean key="ok" value="true"/></event>
    <string key="ward" value="A"/><string key="concept:name" value="case &quot;1&quot;"/>
  </trace>
  <trace><string key="concept:name" value="empty"/></trace>
  <event><string key="concept:name" value="outside"/></event>
  <trace><event><string key="concept:name" value="No time"/></event><event><string key="note" value="no name"/></event></trace>
  <![CDATA[ <trace><event/></trace> ]]>
`)

test('nested attributes, globals, entities, comments, CDATA, events outside traces, empty traces and missing times', async () => {
  const { log, problems, classifiers, whole } = await xes(hard)
  expect(whole).toBe(true)
  expect(told(log)).toEqual([
    [
      'case "1"',
      [
        [
          'Visit "é" 診察',
          'Ünal',
          Date.UTC(2024, 2, 1, 7),
          0,
          0,
          [
            ['shift of day', null],
            ['odd:nested', null],
            ['ok', 'true'],
          ],
        ],
        [
          'Triéage & <more>',
          'somebody',
          Date.UTC(2024, 2, 1, 7, 30) + 250,
          60,
          0,
          [
            ['shift of day', 'late'],
            ['odd:nested', 'x'],
            ['ok', null],
          ],
        ],
      ],
      [['ward', 'A']],
    ],
    ['empty', [], [['ward', null]]],
    [
      'trace 3',
      [
        [
          'No time',
          'somebody',
          null,
          -32768,
          0,
          [
            ['shift of day', null],
            ['odd:nested', null],
            ['ok', null],
          ],
        ],
      ],
      [['ward', null]],
    ],
  ])
  expect(classifiers).toEqual([{ name: 'Both', keys: ['concept:name', 'shift of day'] }])
  expect(problems.map(({ code, n }) => [code, n])).toEqual([
    ['case-without-name', 1],
    ['event-outside-case', 1],
    ['event-without-activity', 1],
  ])
})

test('a classifier joins several keys with a plus', async () => {
  const done = await read('log.xes', hard, { activity: 'Both' })
  expect(done.kind === 'log' && done.log.activities).toContain('Triéage & <more>+late')
})

test('any split of the bytes gives the same log', () => {
  const bytes = encoder.encode(hard)
  const whole = new XesReader()
  whole.push(bytes)
  const expected = JSON.stringify(told(whole.finish('x').log))
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 12 }), (cuts) => {
      const reader = new XesReader()
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
      for (const [index, from] of places.entries())
        if (index + 1 < places.length) reader.push(bytes.slice(from, places[index + 1]))
      expect(JSON.stringify(told(reader.finish('x').log))).toBe(expected)
    }),
    { numRuns: 200 },
  )
  for (let size = 1; size <= 7; size++) {
    const reader = new XesReader()
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size))
    expect(JSON.stringify(told(reader.finish('x').log))).toBe(expected)
  }
})

for (const path of ['bpmn-pm4js/running-example.xes', 'bpmn-pm4js/roadtraffic100traces.xes', 'bpmn-pm4js/11_tickets.xes'])
  test.skipIf(!hasLog(path))(`${path}: the same events as an ordinary XML parser sees`, async () => {
    const bytes = fileBytes(path)
    const { log } = await xes(bytes)
    const found: string[][] = []
    const parser = new SaxesParser()
    const open: string[] = []
    let event: string[] | null = null
    parser.on('opentag', ({ name, attributes }) => {
      open.push(name)
      if (name === 'event') event = []
      else if (event !== null && open[open.length - 2] === 'event' && attributes.key === 'concept:name')
        event.push(attributes.value ?? '')
    })
    parser.on('closetag', ({ name }) => {
      open.pop()
      if (name === 'event' && event !== null) found.push(event)
    })
    parser.write(new TextDecoder().decode(bytes)).close()
    expect([...log.activity].map((a) => log.activities[a]).sort()).toEqual(found.map(([name]) => name).sort())
  })

test('other encodings are read by their declaration or byte order mark', async () => {
  const text = (encoding: string): string =>
    `<?xml version="1.0" encoding="${encoding}"?><log><trace><string key="concept:name" value="1"/><event><string key="concept:name" value="Über é"/></event></trace></log>`
  const latin = Uint8Array.from([...text('ISO-8859-1')].map((char) => char.charCodeAt(0)))
  const wide = text('UTF-16')
  const utf16 = new Uint8Array(2 + wide.length * 2)
  utf16.set([0xff, 0xfe])
  for (const [index, char] of [...wide].entries()) utf16.set([char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8], 2 + index * 2)
  for (const bytes of [latin, utf16]) expect((await xes(bytes)).log.activities).toEqual(['Über é'])
})

test('a torn file is refused with place and counts; asked to, the reader keeps what came before', async () => {
  const events = '<event><string key="concept:name" value="A"/></event>'.repeat(5)
  const text = logOf(['1', '2'].map((name) => `<trace><string key="concept:name" value="${name}"/>${events}</trace>`).join(''))
  const cut = text.slice(0, text.lastIndexOf('<event>') + 20)
  const refused = await read('log.xes', cut)
  expect(refused).toMatchObject({ kind: 'unreadable', salvageable: true })
  expect(refused.kind === 'unreadable' && refused.sentence).toMatch(
    /Line 2, column \d+: the file ends in the middle of a tag, before <\/event>.*1 whole trace and 9 events/,
  )
  const kept = await read('log.xes', cut, {}, true)
  if (kept.kind !== 'log') throw new Error(JSON.stringify(kept))
  expect([kept.whole, kept.log.events, kept.log.cases]).toEqual([false, 9, 2])
  expect(kept.problems.map(({ code }) => code)).toEqual(['damaged', 'event-without-activity'])
  expect(kept.problems[0]?.sentence).toMatch(/1 whole trace and 9 events before it are kept/)
})

test('what follows the damage of a log is counted as not looked at', async () => {
  const one = '<trace><event><string key="concept:name" value="A"/></event></trace>'
  const text = logOf(`${one}<trace><event></trace>`) + 'x'.repeat(1 << 21)
  const kept = await read('log.xes', text, {}, true)
  expect(kept.kind === 'log' && kept.problems[0]?.sentence).toMatch(
    /where <\/event> is due.*\d+ bytes and more after it were not looked at/,
  )
})

test.each([
  [
    'a document type',
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><log>&b;</log>',
    /document type/,
  ],
  ['200,000 levels', `<log>${'<a>'.repeat(200_000)}`, /levels/],
  ['another document', '<?xml version="1.0"?><html><body/></html>', /not an event log.*<html>/],
  ['no element', '<!-- nothing here -->', /no XML element/],
  ['an encoding nobody knows', '<?xml version="1.0" encoding="klingon"?><log/>', /klingon/],
])('%s is refused in words', async (_, text, words) => {
  const done = await read('log.xes', text)
  expect(done.kind === 'unreadable' ? done.sentence : done.kind).toMatch(words)
})

const keyed =
  '<trace><string key="concept:name" value="1"/><event><string key="concept:name" value="A"/><string key="phase" value="start"/><date key="at" value="2024-01-01T10:00:00Z"/></event><event><string key="concept:name" value="A"/><string key="phase" value="complete"/><date key="at" value="2024-01-01T10:05:00Z"/></event></trace>'

test('chosen keys are used, the lifecycle among them', async () => {
  const done = await read('log.xes', logOf(keyed), { timestamp: 'at', lifecycle: 'phase', resource: null })
  if (done.kind !== 'log') throw new Error(done.kind)
  expect([...done.log.transition]).toEqual([START, COMPLETE])
  expect(done.log.time[1]).toBe(Date.UTC(2024, 0, 1, 10, 5))
})

test.each([
  [{ timestamp: 'when' }, /No event of log\.xes carries "when"; events carry at, concept:name, phase\./],
  [{ resource: 'who', lifecycle: 'state' }, /"who".*"state"/],
  [{ activity: 'what' }, /"what"; events carry .*phase/],
  [{ case: 'visit' }, /No trace of log\.xes carries "visit"; traces carry concept:name\./],
  [{ start: 'at' }, /lifecycle:transition/],
])('a chosen key that never occurs is refused with those that do: %j', async (columns, words) => {
  const done = await read('log.xes', logOf(keyed), columns)
  expect(done.kind === 'unreadable' ? done.sentence : done.kind).toMatch(words)
})

test('a tag without an end is refused before it fills the memory', () => {
  const reader = new XesReader()
  const chunk = new Uint8Array(1 << 20).fill(0x61)
  reader.push(encoder.encode('<log><trace><string key="'))
  expect(() => {
    for (let i = 0; i < 64; i++) reader.push(chunk)
  }).toThrow(XmlFault)
})
