/**
 * JUnit XML as the file `tests`: level and area from the properties of a suite, else from its name `level/area`, an inner suite taking what
 * it does not say from the outer one. A suite that says neither is listed, not guessed. A suite that broke, or tells of more tests, failures or skips
 * than the file holds, brings a test of its own that did not pass.
 */
import { SaxesParser } from 'saxes'
import { encodingOf } from '../../workflow/xml/xml-bytes.ts'
import { moment } from './column.ts'
import { testAreas, testLevels } from './files.ts'
import { type Outcome, saidByChild, saidByTag, worst } from './junit-result.ts'
import { inZone, isZone, lacksOffset } from './time-zone.ts'
import { csvText } from './write-input.ts'

/** A suite whose tests were left out, with what it lacks. */
export interface LeftOutSuite {
  readonly suite: string
  /** Line of its tag, from 1. */
  readonly line: number
  readonly tests: number
  readonly why: string
}

export type JUnitReading =
  | {
      readonly ok: true
      readonly csv: string
      readonly tests: number
      readonly leftOut: readonly LeftOutSuite[]
      /** Suites whose time says no offset, read in the zone that was declared, in UTC where none was. */
      readonly zoned: number
    }
  | { readonly ok: false; readonly problem: string }

/** Suites inside suites; test tools write two or three. */
const deepest = 64
/** Bytes; the log of a test run of a large vendor is some megabytes. */
export const largestJUnit = 64 << 20

const figures = ['build', 'users', 'per_hour', 'p95_ms', 'error_rate', 'evidence'] as const

interface Suite {
  readonly name: string
  readonly line: number
  readonly timestamp: string | null
  readonly outer: Suite | null
  readonly properties: Map<string, string>
  readonly cases: Case[]
  /** What its tag says of it and of the suites inside it. */
  readonly told: Tally
  /** True where the suite itself broke, outside of any test. */
  broke: boolean
}

/** Numbers of tests; null where nobody says. */
interface Tally {
  readonly tests: number | null
  /** Failures and errors: tools do not agree which is which. */
  readonly wrong: number | null
  readonly skipped: number | null
}

interface Case {
  readonly id: string
  readonly seconds: string
  result: Outcome
}

class Refused extends Error {}

/** True for text that begins as XML does; a CSV file never begins with `<`. */
export function looksLikeXml(bytes: Uint8Array): boolean {
  const head = new TextDecoder(safeEncoding(bytes)).decode(bytes.subarray(0, 200))
  return head
    .replace(/^\ufeff/, '')
    .trimStart()
    .startsWith('<')
}

/** @param zone of times without an offset, which most tools write: UTC, +01:00 or Europe/Vienna */
export function readJUnit(bytes: Uint8Array, zone = 'UTC'): JUnitReading {
  if (!isZone(zone)) return { ok: false, problem: `“${zone.slice(0, 40)}” is no time zone; write UTC, +01:00 or Europe/Vienna.` }
  return readReport(bytes, zone)
}

/** Reads a report of tests; a document type, a broken tag or another kind of document is refused with its line. */
function readReport(bytes: Uint8Array, zone: string): JUnitReading {
  if (bytes.length > largestJUnit)
    return { ok: false, problem: `The file is larger than ${largestJUnit >> 20} MB; give one report per build.` }
  try {
    return written(suitesOf(new TextDecoder(safeEncoding(bytes)).decode(bytes)), zone)
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.message }
    throw error
  }
}

function safeEncoding(bytes: Uint8Array): string {
  const label = encodingOf(bytes.subarray(0, 200))
  try {
    return new TextDecoder(label).encoding
  } catch {
    return 'utf-8'
  }
}

function suitesOf(text: string): readonly Suite[] {
  const parser = new SaxesParser({ position: true })
  const suites: Suite[] = []
  const open: string[] = []
  let suite: Suite | null = null
  let test: Case | null = null
  parser.on('error', (error) => {
    throw new Refused(`Line ${parser.line} is no XML: ${error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}.`)
  })
  parser.on('doctype', () => {
    throw new Refused(
      `Line ${parser.line} declares a document type (DOCTYPE), which can make programs read other files or grow without end. Remove the declaration and try again.`,
    )
  })
  parser.on('opentag', ({ name: written, attributes }) => {
    const name = plainTag(written)
    if (open.length === 0 && name !== 'testsuites' && name !== 'testsuite')
      throw new Refused(`The file begins with <${name.slice(0, 40)}>; JUnit XML begins with <testsuites> or <testsuite>.`)
    const parent = open.at(-1)
    open.push(name)
    if (open.length > deepest)
      throw new Refused(`Line ${parser.line}: elements lie in more than ${deepest} levels inside each other.`)
    const get = (attribute: string): string => {
      const value = attributes[attribute]
      return typeof value === 'string' ? value : ''
    }
    if (name === 'testsuite' || name === 'testsuites') {
      if (test)
        throw new Refused(`Line ${parser.line}: a suite begins inside a test, so that nobody can tell whose results they are.`)
      suite = {
        name: get('name'),
        line: parser.line,
        timestamp: get('timestamp') || null,
        outer: suite,
        properties: new Map(),
        cases: [],
        told: toldBy(get),
        broke: false,
      }
      suites.push(suite)
    } else if (name === 'property' && suite && open.at(-3) === 'testsuite')
      suite.properties.set(get('name').trim().toLowerCase(), get('value').trim())
    else if (name === 'testcase' && suite) {
      if (test) throw new Refused(`Line ${parser.line}: a test begins inside a test, so that nobody can tell whose result it is.`)
      const id = [get('classname'), get('name')].filter((part) => part !== '').join('.')
      test = { id, seconds: secondsOf(get('time')), result: saidByTag(get) }
      suite.cases.push(test)
    } else if (test && parent === 'testcase') test.result = worst(test.result, saidByChild(name))
    else if (suite && !test && (name === 'error' || name === 'failure')) suite.broke = true
  })
  parser.on('closetag', ({ name: written }) => {
    const name = plainTag(written)
    open.pop()
    if (name === 'testcase') test = null
    if (name === 'testsuite' || name === 'testsuites') suite = suite?.outer ?? null
  })
  parser.write(text).close()
  return suites
}

/** Tools write `Failure`, or a prefix before it. */
function plainTag(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

type Get = (attribute: string) => string

function toldBy(get: Get): Tally {
  const count = (name: string): number | null => (/^\d{1,9}$/.test(get(name).trim()) ? Number(get(name)) : null)
  const [failures, errors] = [count('failures'), count('errors')]
  const [skipped, disabled] = [count('skipped'), count('disabled')]
  return {
    tests: count('tests'),
    wrong: failures === null && errors === null ? null : (failures ?? 0) + (errors ?? 0),
    skipped: skipped === null && disabled === null ? null : (skipped ?? 0) + (disabled ?? 0),
  }
}

/**
 * Suites that broke outside of their tests, or whose tag tells of more than the file holds, with what is wrong in words. Suites around
 * one tell of the same tests: the innermost says so.
 */
function troubles(suites: readonly Suite[]): ReadonlyMap<Suite, string> {
  const held = new Map(suites.map((suite) => [suite, { tests: 0, wrong: 0, skipped: 0 }]))
  for (const suite of suites)
    for (let each: Suite | null = suite; each !== null; each = each.outer) {
      const sum = held.get(each)
      if (!sum) continue
      sum.tests += suite.cases.length
      sum.wrong += suite.cases.filter(({ result }) => result === 'fail' || result === 'error').length
      sum.skipped += suite.cases.filter(({ result }) => result !== 'pass').length
    }
  const found = new Map<Suite, string>()
  for (const suite of suites) {
    const sum = held.get(suite) ?? { tests: 0, wrong: 0, skipped: 0 }
    const few = (name: keyof Tally, what: string): string | null => {
      const told = suite.told[name]
      return told !== null && told > sum[name] ? `tells of ${told} ${what}, the file holds ${sum[name]}` : null
    }
    const words = suite.broke
      ? 'broke outside of its tests'
      : (few('tests', 'tests') ?? few('wrong', 'failures and errors') ?? few('skipped', 'skipped tests'))
    if (words !== null) found.set(suite, words)
  }
  for (const suite of [...found.keys()])
    for (let each = suite.outer; each !== null; each = each.outer) if (!each.broke) found.delete(each)
  return found
}

/** Some tools write thousands with a comma. */
function secondsOf(time: string): string {
  const plain = time.replaceAll(',', '')
  return /^\d+(\.\d+)?$/.test(plain) ? plain : ''
}

function written(suites: readonly Suite[], zone: string): JUnitReading {
  const rows: string[][] = []
  let zoned = 0
  const leftOut: LeftOutSuite[] = []
  for (const [suite, words] of troubles(suites))
    suite.cases.push({ id: `${suite.name || 'suite'}: ${words}`, seconds: '', result: 'error' })
  for (const suite of suites) {
    if (suite.cases.length === 0) continue
    const [level, area] = [placeOf(suite, 'level', 0, testLevels), placeOf(suite, 'area', 1, testAreas)]
    const said = inherited(suite, (each) => each.timestamp)
    const at = said !== null && lacksOffset(said) ? inZone(said, zone) : said
    const lacks = [
      level.value === null ? level.why : null,
      area.value === null ? area.why : null,
      at === null ? 'no timestamp' : null,
      at !== null && !isRead(at) ? `the timestamp “${at.slice(0, 40)}” is no time as 2026-07-01T10:00:00+02:00` : null,
    ].filter((why) => why !== null)
    if (level.value === null || area.value === null || at === null || !isRead(at)) {
      leftOut.push({ suite: suite.name, line: suite.line, tests: suite.cases.length, why: lacks.join(', ') })
      continue
    }
    if (at !== said) zoned++
    const known = figures.map((name) => inherited(suite, (each) => each.properties.get(name) ?? null) ?? '')
    for (const { id, result, seconds } of suite.cases) rows.push([id, level.value, area.value, at, result, seconds, ...known])
  }
  const all = rows.length + leftOut.reduce((sum, { tests }) => sum + tests, 0)
  if (all === 0) return { ok: false, problem: 'The file holds no test case.' }
  const head = ['test_id', 'level', 'area', 'run_at', 'result', 'seconds', ...figures]
  return { ok: true, csv: csvText([head, ...rows]), tests: rows.length, leftOut, zoned }
}

/** Whether the file of tests could read this time: one that it can not would have the whole file refused. */
function isRead(time: string): boolean {
  return moment('').read(time) !== undefined
}

type Place = { readonly value: string; readonly why: null } | { readonly value: null; readonly why: string }

/** The property, or the part of a name `level/area`, of the suite or of one around it. */
function placeOf(suite: Suite, name: 'level' | 'area', part: 0 | 1, known: readonly string[]): Place {
  const plain = (said: string): string =>
    said
      .trim()
      .toLowerCase()
      .replace(/[_\s]+/g, '-')
  const partOf = ({ name: own }: Suite): string | null => (own.split('/').length === 2 ? (own.split('/')[part] ?? null) : null)
  // A name with a stroke that is no level and area, such as the path of a file, leaves it to the suite around it.
  const named = (each: Suite): string | null => {
    const said = partOf(each)
    return said !== null && known.includes(plain(said)) ? said : null
  }
  const said =
    inherited(suite, (each) => each.properties.get(name) ?? null) ?? inherited(suite, named) ?? inherited(suite, partOf)
  if (said === null) return { value: null, why: `no ${name}` }
  const value = plain(said)
  return known.includes(value)
    ? { value, why: null }
    : { value: null, why: `the ${name} “${said.slice(0, 40)}” is none of ${known.join(', ')}` }
}

function inherited(suite: Suite, get: (suite: Suite) => string | null): string | null {
  for (let each: Suite | null = suite; each !== null; each = each.outer) {
    const value = get(each)
    if (value !== null && value !== '') return value
  }
  return null
}
