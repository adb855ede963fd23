/** The event log of a run as rows, and written as CSV or XES: what a clinic's own system would have recorded. */
import type { EventLog } from './engine/event-log.ts'
import type { Model } from './model/model.ts'

export interface LogRow {
  readonly case_id: string
  readonly activity: string
  /** ISO 8601, UTC. */
  readonly timestamp: string
  readonly lifecycle: 'start' | 'complete'
  /** The person, as role and number; empty where nobody works. */
  readonly resource: string
  readonly role: string
}

const columns = ['case_id', 'activity', 'timestamp', 'lifecycle', 'resource', 'role'] as const

/** Moment 0 of a run: a Monday, since weeks of calendars begin there. */
export const logBegins = '2026-01-05T00:00:00.000Z'

/** In order of time; several events of one moment in the order they happened. @param begins ISO 8601, a Monday 00:00 UTC */
export function* logRows(model: Model, log: EventLog, begins = logBegins): Generator<LogRow> {
  const zero = Date.parse(begins)
  for (let index = 0; index < log.length; index++) {
    const { case: number, node: at, time, person, end } = log.at(index)
    const node = model.nodes[at]
    const part = model.parts[node?.part ?? 0]
    const drawn = part?.view.nodes[at - part.first]
    const lane = node && node.lane >= 0 ? model.lanes[node.lane] : undefined
    const role = lane?.label ?? (drawn?.lane == null ? '' : (part?.view.graph.lanes.get(drawn.lane)?.label ?? drawn.lane))
    yield {
      case_id: String(number + 1),
      activity: drawn?.label || (drawn?.id ?? ''),
      timestamp: new Date(zero + Math.round(time * 1000)).toISOString(),
      lifecycle: end ? 'complete' : 'start',
      resource: person === 0 || lane === undefined ? '' : `${lane.label} ${person}`,
      role,
    }
  }
}

/** RFC 4180, with a line of column names; in pieces of some thousand rows. */
export function* logCsv(rows: Iterable<LogRow>): Generator<string> {
  yield* inPieces(rows, `${columns.join(',')}\r\n`, (row) => `${columns.map((name) => quoted(row[name])).join(',')}\r\n`, '')
}

/** XES 1.0 with the concept, time, lifecycle and organizational extensions; traces in order of their first event. */
export function* logXes(rows: Iterable<LogRow>): Generator<string> {
  const traces = new Map<string, LogRow[]>()
  for (const row of rows) {
    const known = traces.get(row.case_id)
    if (known) known.push(row)
    else traces.set(row.case_id, [row])
  }
  yield xesHead
  for (const [name, events] of traces)
    yield `  <trace>\n    ${text('concept:name', name)}\n${events.map(xesEvent).join('')}  </trace>\n`
  yield '</log>\n'
}

const xesHead = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <classifier name="Activity" keys="concept:name"/>
`

function xesEvent(row: LogRow): string {
  const parts = [
    text('concept:name', row.activity),
    `<date key="time:timestamp" value="${row.timestamp}"/>`,
    text('lifecycle:transition', row.lifecycle),
    ...(row.resource === '' ? [] : [text('org:resource', row.resource)]),
    ...(row.role === '' ? [] : [text('org:role', row.role)]),
  ]
  return `    <event>\n${parts.map((part) => `      ${part}\n`).join('')}    </event>\n`
}

function text(key: string, value: string): string {
  const escaped = value.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
  return `<string key="${key}" value="${escaped}"/>`
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function* inPieces(rows: Iterable<LogRow>, head: string, line: (row: LogRow) => string, tail: string): Generator<string> {
  let piece = head
  for (const row of rows) {
    piece += line(row)
    if (piece.length < 1 << 16) continue
    yield piece
    piece = ''
  }
  yield piece + tail
}
