/** Event logs: XES and tables of events. */

import { bytesSource, finish } from '../../../src/core/operation.ts'
import type { EventLog } from '../../../src/core/workflow/log/event-log.ts'
import { instancesOf } from '../../../src/core/workflow/log/instances.ts'
import { writeLog } from '../../../src/core/workflow/log/write-log.ts'
import { type LogInput, readLog } from '../../../src/io/workflow/event-log.ts'
import { chunkedSource } from '../../core/data/reading.ts'
import { demand, demandSentence, type FuzzReader, same, signal, textBytes } from '../reader.ts'

/** Cases with their events in order; what a form does not hold is left out. */
const held = (log: EventLog): unknown =>
  Array.from({ length: log.cases }, (_, c) => [
    log.caseName(c),
    Array.from({ length: (log.caseStart[c + 1] ?? 0) - (log.caseStart[c] ?? 0) }, (_, i) => {
      const e = (log.caseStart[c] ?? 0) + i
      return [log.activities[log.activity[e] ?? -1], log.time[e], log.resources[log.resource[e] ?? -1] ?? '']
    }),
  ])

async function read(input: LogInput): Promise<EventLog | null> {
  const done = await finish(readLog(input, signal))
  if (done.kind === 'unreadable') demandSentence(done.sentence)
  if (done.kind !== 'log') return null
  for (const { sentence } of done.problems) demandSentence(sentence)
  const { log } = done
  demand(log.caseStart.length === log.cases + 1 && (log.caseStart[log.cases] ?? 0) === log.events, 'cases do not hold the events')
  instancesOf(log)
  return log
}

const xesText = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/"><extension name="Concept" prefix="concept" uri="http://x"/><global scope="event"><string key="concept:name" value="UNKNOWN"/></global><classifier name="Activity" keys="concept:name"/><classifier name="Both" keys="'concept:name' lifecycle:transition"/>
<trace><string key="concept:name" value="case 1"/><int key="age" value="4"/><event><string key="concept:name" value="Take &amp; go"/><date key="time:timestamp" value="2024-03-01T08:30:00.000+01:00"/><string key="org:resource" value="Ada"/><string key="lifecycle:transition" value="start"/></event><event><string key="concept:name" value="Take &amp; go"/><date key="time:timestamp" value="2024-03-01T08:40:00Z"/><string key="lifecycle:transition" value="complete"/><list key="l"><values><string key="v" value="1"/></values></list></event></trace>
<trace><string key="concept:name" value="case 1"/><event><string key="concept:name" value="Sign"/></event></trace><event><string key="concept:name" value="stray"/></event></log>`

const xes: FuzzReader = {
  name: 'xes',
  seeds: [xesText, Uint8Array.from(Buffer.from(`\ufeff${xesText}`, 'utf16le'))],
  words: [
    '<trace>',
    '</trace>',
    '<event>',
    '</event>',
    '<string key="',
    ' value="',
    '<date key="time:timestamp" value="',
    '2024-02-30T25:61:61',
    '+14:00',
    'lifecycle:transition',
    'concept:instance',
    '<global scope="trace">',
    '<classifier name="',
    '<!DOCTYPE',
    '<![CDATA[',
    '&#0;',
    '<log>',
    'keys="',
  ],
  async run(bytes) {
    for (const salvage of [false, true]) {
      const log = await read({ source: bytesSource('l.xes', bytes), salvage })
      // Of a damaged file the fault that is met first is told, and pieces meet them in another order.
      if (!salvage) {
        const pieces = await read({ source: chunkedSource('l.xes', bytes, [(bytes.length % 9) + 1, 40]), salvage })
        same(log && held(log), pieces && held(pieces), 'reading in pieces tells something else')
      }
      if (log === null || log.cases === 0) continue
      const text = [...writeLog(log, 'xes')].join('')
      const again = await read({ source: bytesSource('l.xes', textBytes(text)) })
      same(held(log), again && held(again), 'written and read again')
    }
  },
}

const events: FuzzReader = {
  name: 'events',
  seeds: [
    'case,activity,timestamp,resource\n1,Take,2024-03-01 08:30,Ada\n1,Sign,2024-03-01 09:30,Bo\n2,Take,2024-03-02 08:30,Ada\n',
    'Case ID;Task;Start;End;User\n1;Take;01.03.2024 08:30:00;01.03.2024 08:40:00;Ada\n2;Take;31.03.2024 08:30:00;;Bo\n',
    'case_id,activity,lifecycle,time\na,X,start,1709281800\na,X,complete,1709282800\n',
  ],
  words: [
    ',',
    ';',
    '\n',
    '"',
    '2024-03-01T08:30:00+01:00',
    '31/02/2024',
    '12/31/24 1:05 PM',
    '1709281800000',
    'start',
    'complete',
    'timestamp',
    'case:concept:name',
    'duration',
    '\t',
  ],
  async run(bytes) {
    const log = await read({ source: bytesSource('l.csv', bytes) })
    if (log === null || log.cases === 0) return
    const text = [...writeLog(log, 'csv')].join('')
    const columns = { case: 'case:concept:name', activity: 'concept:name' }
    const again = await finish(readLog({ source: bytesSource('l.csv', textBytes(text)), columns }, signal))
    demand(again.kind !== 'unreadable', 'what was written is refused')
  },
}

export const logReaders = [xes, events]
