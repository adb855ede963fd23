/** An event log written as XES 1.0 or as a table; what the columns do not keep is named, not left out in silence. */
import { counted } from '../../counted.ts'
import { type AttributeColumn, COMPLETE, type EventLog, OTHER, START } from './event-log.ts'
import { noOffset } from './instants.ts'

export const logFormats = ['xes', 'csv'] as const
export type LogFormat = (typeof logFormats)[number]

/** In pieces of about 64 KiB. */
export function* writeLog(log: EventLog, format: LogFormat): Generator<string> {
  let piece = ''
  for (const text of format === 'xes' ? xesOf(log) : csvOf(log)) {
    piece += text
    if (piece.length < 1 << 16) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

/** What is not in the written file as it stood in the one that was read, in sentences. */
export function lostBy(log: EventLog, format: LogFormat): readonly string[] {
  const others = log.transition.reduce((sum, each) => sum + (each === OTHER ? 1 : 0), 0)
  const untimed = log.time.reduce((sum, each) => sum + (Number.isNaN(each) ? 1 : 0), 0)
  const begun = log.begun?.reduce((sum, each) => sum + (Number.isNaN(each) ? 0 : 1), 0) ?? 0
  const attributes = log.eventAttributes.length + log.caseAttributes.length
  return [
    ...(others > 0 ? [`${counted(others, 'event')} with a lifecycle other than start and complete: written without one.`] : []),
    ...(untimed > 0 ? [`${counted(untimed, 'event')} without a time: written without one, in the order of the file.`] : []),
    ...(format === 'xes' && begun > 0
      ? [`${counted(begun, 'event')} with a begin of the work: written as a start and a complete event each.`]
      : []),
    ...(format === 'xes' && attributes > 0
      ? [`${counted(attributes, 'attribute')}: written as text, whatever the type was.`]
      : []),
  ]
}

function* xesOf(log: EventLog): Generator<string> {
  yield head
  for (let c = 0; c < log.cases; c++) {
    yield `  <trace>\n    ${element('string', 'concept:name', log.caseName(c))}\n`
    for (const { name, value } of attributesAt(log.caseAttributes, c)) yield `    ${element('string', name, value)}\n`
    for (let e = log.caseStart[c] ?? 0; e < (log.caseStart[c + 1] ?? 0); e++) {
      const begun = log.begun?.[e] ?? Number.NaN
      if (!Number.isNaN(begun)) yield eventOf(log, e, begun, START)
      yield eventOf(log, e, log.time[e] ?? Number.NaN, log.transition[e] ?? COMPLETE)
    }
    yield '  </trace>\n'
  }
  yield '</log>\n'
}

const head = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <classifier name="Activity" keys="concept:name"/>
`

function eventOf(log: EventLog, e: number, time: number, transition: number): string {
  const word = wordOf(transition)
  const who = resourceOf(log, e)
  const instance = log.instance?.[e] ?? -1
  const parts = [
    element('string', 'concept:name', log.activities[log.activity[e] ?? 0] ?? ''),
    ...(Number.isNaN(time) ? [] : [element('date', 'time:timestamp', instantText(time, log.offset?.[e] ?? noOffset))]),
    ...(word === '' ? [] : [element('string', 'lifecycle:transition', word)]),
    ...(who === '' ? [] : [element('string', 'org:resource', who)]),
    ...(instance < 0 ? [] : [element('string', 'concept:instance', String(instance))]),
    ...[...attributesAt(log.eventAttributes, e)].map(({ name, value }) => element('string', name, value)),
  ]
  return `    <event>\n${parts.map((part) => `      ${part}\n`).join('')}    </event>\n`
}

/** RFC 4180, with a line of column names; attributes of cases carry the prefix that process mining tools give them. */
function* csvOf(log: EventLog): Generator<string> {
  const names = [
    'case_id',
    'activity',
    'timestamp',
    ...(log.begun ? ['start'] : []),
    'lifecycle',
    'resource',
    ...(log.instance ? ['instance'] : []),
  ]
  const columns = [
    ...names,
    ...log.caseAttributes.map(({ name }) => (name.startsWith('case:') ? name : `case:${name}`)),
    ...log.eventAttributes.map(({ name }) => name),
  ]
  yield `${columns.map(quoted).join(',')}\r\n`
  for (let c = 0; c < log.cases; c++) {
    const ofCase = log.caseAttributes.map((column) => cellAt(column, c))
    for (let e = log.caseStart[c] ?? 0; e < (log.caseStart[c + 1] ?? 0); e++) {
      const offset = log.offset?.[e] ?? noOffset
      const instance = log.instance?.[e] ?? -1
      const cells = [
        log.caseName(c),
        log.activities[log.activity[e] ?? 0] ?? '',
        instantText(log.time[e] ?? Number.NaN, offset),
        ...(log.begun ? [instantText(log.begun[e] ?? Number.NaN, offset)] : []),
        wordOf(log.transition[e] ?? COMPLETE),
        resourceOf(log, e),
        ...(log.instance ? [instance < 0 ? '' : String(instance)] : []),
        ...ofCase,
        ...log.eventAttributes.map((column) => cellAt(column, e)),
      ]
      yield `${cells.map(quoted).join(',')}\r\n`
    }
  }
}

function* attributesAt(
  columns: readonly AttributeColumn[],
  row: number,
): Generator<{ readonly name: string; readonly value: string }> {
  for (const column of columns) {
    const code = column.codes[row] ?? -1
    if (code >= 0) yield { name: column.name, value: column.values[code] ?? '' }
  }
}

function cellAt({ codes, values }: AttributeColumn, row: number): string {
  return values[codes[row] ?? -1] ?? ''
}

function resourceOf(log: EventLog, e: number): string {
  return log.resources[log.resource[e] ?? -1] ?? ''
}

function wordOf(transition: number): string {
  return transition === START ? 'start' : transition === COMPLETE ? 'complete' : ''
}

/** As people saw it: with the offset it was written with, in UTC where it had none; empty where there is no time. */
function instantText(time: number, offset: number): string {
  if (Number.isNaN(time)) return ''
  if (offset === noOffset || offset === 0) return new Date(time).toISOString()
  const two = (value: number): string => String(value).padStart(2, '0')
  const away = Math.abs(offset)
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`
  return new Date(time + offset * 60_000).toISOString().replace('Z', zone)
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Signs that XML can not hold become the replacement character; line breaks are kept as references. */
function element(kind: 'string' | 'date', key: string, value: string): string {
  const safe = (text: string): string =>
    text
      .replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
      .replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
  return `<${kind} key="${safe(key)}" value="${safe(value)}"/>`
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
