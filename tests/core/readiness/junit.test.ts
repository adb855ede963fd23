import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { testMatrix } from '../../../src/core/readiness/criteria/pre-launch/test-matrix.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { inputFiles, testAreas, testLevels } from '../../../src/core/readiness/input-files/files.ts'
import { looksLikeXml, readJUnit } from '../../../src/core/readiness/input-files/junit.ts'
import { takenWords } from '../../../src/core/readiness/input-files/junit-words.ts'
import { readInput } from '../../../src/core/readiness/input-files/read-input.ts'

const read = (xml: string) => readJUnit(utf8(xml))
const rows = (xml: string) => {
  const outcome = read(xml)
  if (!outcome.ok) throw new Error(outcome.problem)
  return readInput(inputFiles.tests, outcome.csv)
}

test('level and area come from properties, outcomes from the children, and the file is the file of tests', () => {
  const table = rows(`<?xml version="1.0"?>
<testsuites>
  <testsuite name="nightly" timestamp="2026-10-20T22:00:00Z">
    <properties><property name="Level" value="Integration"/><property name="area" value="order entry"/><property name="build" value="7.1"/></properties>
    <testcase classname="Orders" name="places an order" time="1.5"/>
    <testcase classname="Orders" name="rejects two" time="1,200.25"><failure message="x">at a &lt; b</failure></testcase>
    <testcase classname="Orders" name="breaks"><error/><failure/></testcase>
    <testcase classname="Orders" name="later"><skipped/></testcase>
    <testcase name="never" status="notrun"/>
  </testsuite>
</testsuites>`)
  expect(table.problems).toEqual([])
  expect(
    table.rows.map(({ test_id, level, area, result, seconds, build }) => [test_id, level, area, result, seconds, build]),
  ).toEqual([
    ['Orders.places an order', 'integration', 'order-entry', 'pass', 1.5, '7.1'],
    ['Orders.rejects two', 'integration', 'order-entry', 'fail', 1200.25, '7.1'],
    ['Orders.breaks', 'integration', 'order-entry', 'error', null, '7.1'],
    ['Orders.later', 'integration', 'order-entry', 'skipped', null, '7.1'],
    ['never', 'integration', 'order-entry', 'skipped', null, '7.1'],
  ])
})

test('a name level/area serves where there are no properties, and inner suites take what they do not say from outer ones', () => {
  const table = rows(`<testsuite name="load/reporting" timestamp="2026-10-20T22:00:00Z">
    <properties><property name="users" value="80"/></properties>
    <testsuite name="src/pages.test"><testcase name="a"/></testsuite>
    <testsuite name="unit/downtime" timestamp="2026-10-21T22:00:00Z"><testcase name="b"/></testsuite>
    <testcase name="c"/>
  </testsuite>`)
  // The file of a test is no level; the suite around it is.
  expect(table.rows.map(({ test_id, level, area, users, run_at }) => [test_id, level, area, users, run_at.text])).toEqual([
    ['c', 'load', 'reporting', 80, '2026-10-20T22:00:00Z'],
    ['a', 'load', 'reporting', 80, '2026-10-20T22:00:00Z'],
    ['b', 'unit', 'downtime', 80, '2026-10-21T22:00:00Z'],
  ])
})

test('suites without level, area or time are listed with what they lack, never guessed', () => {
  const outcome = read(`<testsuites>
<testsuite name="smoke" timestamp="2026-10-20T22:00:00Z"><testcase name="a"/><testcase name="b"/></testsuite>
<testsuite name="smoke/reporting" timestamp="2026-10-20T22:00:00Z"><testcase name="c"/></testsuite>
<testsuite name="unit/reporting"><testcase name="d"/></testsuite>
<testsuite name="unit/reporting" timestamp="2026-10-20T22:00:00Z"><testcase name="e"/></testsuite>
</testsuites>`)
  expect(outcome).toMatchObject({ ok: true, tests: 1 })
  if (!outcome.ok) return
  expect(outcome.leftOut).toEqual([
    { suite: 'smoke', line: 2, tests: 2, why: 'no level, no area' },
    { suite: 'smoke/reporting', line: 3, tests: 1, why: 'the level “smoke” is none of unit, integration, interface, load' },
    { suite: 'unit/reporting', line: 4, tests: 1, why: 'no timestamp' },
  ])
  expect(takenWords(outcome, 'UTC')).toMatch(/^3 suites with 4 tests left out: smoke \(line 2\): no level, no area;/)
})

test('times without an offset are read in the declared zone, by its clock of that day, and it is said', () => {
  const at = (zone: string | undefined, ...times: readonly string[]) => {
    const suites = times.map((time) => `<testsuite name="unit/reporting" timestamp="${time}"><testcase name="a"/></testsuite>`)
    const outcome = readJUnit(utf8(`<testsuites>${suites.join('')}</testsuites>`), zone)
    if (!outcome.ok) throw new Error(outcome.problem)
    const { rows, refused } = readInput(inputFiles.tests, outcome.csv)
    expect(refused).toBeNull()
    return { times: rows.map(({ run_at }) => run_at.text), words: takenWords(outcome, zone ?? 'UTC') }
  }
  expect(at(undefined, '2026-10-20T22:00:00')).toEqual({
    times: ['2026-10-20T22:00:00Z'],
    words: 'The times of 1 suite say no offset from UTC and were read in the time zone UTC.',
  })
  // The clock of Vienna went back on 25-Oct-2026 at 3:00; that of Kolkata never does, that of New York is behind.
  expect(
    at('Europe/Vienna', '2026-10-25T01:59:59.250', '2026-10-25 04:00', '2026-03-29T01:30:00', '2026-03-29T03:30:00').times,
  ).toEqual([
    '2026-10-25T01:59:59.250+02:00',
    '2026-10-25T04:00:00+01:00',
    '2026-03-29T01:30:00+01:00',
    '2026-03-29T03:30:00+02:00',
  ])
  expect(at('Asia/Kolkata', '2026-10-20T22:00:00').times).toEqual(['2026-10-20T22:00:00+05:30'])
  expect(at('America/New_York', '2026-01-20T22:00:00').times).toEqual(['2026-01-20T22:00:00-05:00'])
  expect(at('-03:30', '2026-01-20T22:00:00', '2026-01-20T22:00:00+01:00', '2026-01-20')).toEqual({
    times: ['2026-01-20T22:00:00-03:30', '2026-01-20T22:00:00+01:00', '2026-01-20'],
    words: 'The times of 1 suite say no offset from UTC and were read in the time zone -03:30.',
  })
  // Zones of the database without a stroke; 4 o'clock of New York's summer is 8 o'clock of UTC.
  const five = '2026-07-01T04:00:00'
  expect(['GMT', 'CET', 'Japan', 'EST5EDT', '+14:00'].flatMap((zone) => at(zone, five).times)).toEqual([
    `${five}+00:00`,
    `${five}+02:00`,
    `${five}+09:00`,
    `${five}-04:00`,
    `${five}+14:00`,
  ])
  for (const zone of ['', 'home', 'IST', 'Europe/Nowhere', '+25:00', '+14:30'])
    expect(readJUnit(utf8('<testsuites/>'), zone)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('is no time zone'),
    })
})

test.each(['Wed Jul 01 10:00:00 CEST 2026', '1751360000', '2026-13-01T10:00:00Z'])(
  'the time %s is said before anything is taken',
  (time) => {
    const outcome = read(`<testsuite name="unit/reporting" timestamp="${time}"><testcase name="a"/></testsuite>`)
    if (!outcome.ok) throw new Error(outcome.problem)
    expect([outcome.tests, outcome.leftOut.map(({ why }) => why)]).toEqual([
      0,
      [`the timestamp “${time}” is no time as 2026-07-01T10:00:00+02:00`],
    ])
  },
)

test.each([
  [
    'a document type',
    '<?xml version="1.0"?>\n<!DOCTYPE testsuites [<!ENTITY a "aaaa">]>\n<testsuites/>',
    /^Line 2 declares a document type/,
  ],
  ['an entity nobody declared', '<testsuite name="&boom;"/>', /^Line 1 is no XML/],
  ['a tag that is never closed', '<testsuite name="unit/reporting">', /is no XML/],
  ['another kind of document', '<html><body/></html>', /begins with <html>/],
  ['no test at all', '<testsuites><testsuite name="unit/reporting"/></testsuites>', /no test case/],
  ['text that is no XML', 'test_id,level\n', /is no XML/],
  ['endless nesting', '<testsuite>'.repeat(100_000), /more than 64 levels/],
])('%s is refused with its place', (_name, xml, problem) => {
  const outcome = read(xml)
  expect(outcome.ok).toBe(false)
  if (!outcome.ok) expect(outcome.problem).toMatch(problem)
})

const suiteOf = (inner: string, told = ''): string =>
  `<testsuites><testsuite name="unit/reporting" timestamp="2026-06-20T22:00:00Z" ${told}>${inner}</testsuite></testsuites>`
const good = '<testcase name="a"/><testcase name="b"/>'

test.each([
  ['a suite that broke before its tests', '<error message="no database"/>', ''],
  ['a suite that broke after its tests', `${good}<error/>`, ''],
  ['a failure of the suite', `<failure/>${good}`, ''],
  ['more tests than are there', good, 'tests="3" failures="0"'],
  ['a suite that tells of tests and holds none', '', 'tests="4"'],
  ['more failures than are there', good, 'tests="2" failures="1"'],
  ['more errors than are there', good, 'tests="2" failures="0" errors="2"'],
  ['more skipped than are there', good, 'tests="2" skipped="1"'],
  ['a suite inside that tells of more', `<testsuite name="inner" failures="1">${good}</testsuite>`, 'tests="2" failures="1"'],
  ['a prefix before the tag', '<testcase name="a"><j:failure xmlns:j="urn:x"/></testcase>', ''],
  ['another case of the letters', '<testcase name="a"><Failure/></testcase>', ''],
  ['a test that says so in its tag', '<testcase name="a" status="failed"/>', ''],
  ['a test that ended by a time limit', '<testcase name="a" result="timed_out timeout"/>', ''],
])('%s turns no cell green', (_name, inner, told) => {
  const table = rows(suiteOf(inner, told))
  expect(table.problems).toEqual([])
  const [measure] = [
    testMatrix.compute(givenOf({ tests: table }, testMatrix.code, testMatrix.needs), testMatrix.thresholds, '2026-07-01'),
  ]
  expect(measure.cells.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^unit, reporting: \d+ of \d+ failed/))
  // Suites that agree with what they hold give the cell.
  const fine = rows(suiteOf(good, 'tests="2" failures="0" errors="0" skipped="0"'))
  expect(fine.rows.map(({ result }) => result)).toEqual(['pass', 'pass'])
})

const wordsOf = (test: string): readonly string[] => rows(suiteOf(test)).rows.map(({ result }) => result)

test('only words known for good pass, in any attribute or child; whatever else a tool says never does', () => {
  const good = ['', 'Passed', 'PASS', 'ok', 'run', 'Completed', 'success', 'succeeded', 'executed']
  const bad = 'NOT_RUN,NotRun,Not Executed,TIMED_OUT,blocked,Inconclusive,cancelled,KO,not passed,pass?,unknown,0'.split(',')
  const known = new Set(['pass', 'passed', 'success', 'successful', 'succeeded', 'ok', 'run', 'ran', 'executed', 'completed'])
  for (const attribute of ['status', 'result', 'outcome', 'state']) {
    for (const word of good) expect([word, wordsOf(`<testcase name="a" ${attribute}="${word}"/>`)]).toEqual([word, ['pass']])
    for (const word of bad) expect([word, wordsOf(`<testcase name="a" ${attribute}="${word}"/>`)]).not.toEqual([word, ['pass']])
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z]{1,9}([ _-][a-zA-Z]{1,9})?$/), (word) => {
        const [result] = wordsOf(`<testcase name="a" ${attribute}="${word}"/>`)
        expect(result === 'pass').toBe(known.has(word.toLowerCase().replace(/[ _-]/g, '')))
      }),
    )
  }
  for (const child of ['skip', 'inconclusive', 'Failed', 'x:ignored', 'timed-out', 'note'])
    expect([child, wordsOf(`<testcase name="a"><${child} xmlns:x="urn:x"/></testcase>`)]).not.toEqual([child, ['pass']])
  for (const child of ['properties', 'system-out', 'system-err', 'flakyFailure'])
    expect([child, wordsOf(`<testcase name="a"><${child}/></testcase>`)]).toEqual([child, ['pass']])
  expect(wordsOf('<testcase name="a" success="False"/><testcase name="b" executed="false"/>')).toEqual(['error', 'error'])
  expect(wordsOf('<testcase name="a" status="passed"><skipped/></testcase>')).toEqual(['skipped'])
  const flags = [
    'skipped="true"',
    'disabled="true"',
    'ignored="1"',
    'failed="true"',
    'failures="1"',
    'errors="2"',
    'passed="false"',
  ]
  expect(flags.map((flag) => wordsOf(`<testcase name="a" ${flag}/>`).join())).toEqual([
    ...['skipped', 'skipped', 'skipped', 'fail', 'fail', 'error', 'error'],
  ])
  expect(wordsOf('<testcase name="a" run="false" status="ok"/>')).toEqual(['error'])
  for (const fine of ['skipped="false" failures="0" errors="0"', 'passed="true" run="1"', 'ignored="" failed="no"'])
    expect([fine, wordsOf(`<testcase name="a" ${fine}/>`)]).toEqual([fine, ['pass']])
})

test.each([
  [
    'a test inside a test',
    suiteOf('<testcase name="a"><testcase name="b"/><failure/></testcase>'),
    /^Line 1: a test begins inside a test/,
  ],
  [
    'a suite inside a test',
    suiteOf('<testcase name="a"><testsuite name="b"/><failure/></testcase>'),
    /^Line 1: a suite begins inside/,
  ],
  ['a file cut off', suiteOf(good).slice(0, -20), /is no XML/],
  ['a file cut off within a tag', suiteOf(good).slice(0, -30), /is no XML/],
])('%s is refused', (_name, xml, problem) => {
  expect(read(xml)).toEqual({ ok: false, problem: expect.stringMatching(problem) })
})

test('tests outside of any suite are taken by what the outermost tag says, or listed', () => {
  const told =
    '<testsuites name="unit/reporting" timestamp="2026-06-20T22:00:00Z"><testcase name="a"><failure/></testcase></testsuites>'
  expect(rows(told).rows.map(({ test_id, result }) => [test_id, result])).toEqual([['a', 'fail']])
  expect(read('<testsuites><testcase name="a"/></testsuites>')).toMatchObject({ ok: true, tests: 0, leftOut: [{ tests: 1 }] })
})

test('a bomb of entities is refused before it grows: in no more time than as many harmless bytes', () => {
  const levels = Array.from({ length: 40 }, (_, n) => `<!ENTITY e${n} "${`&e${n - 1};`.repeat(10)}">`).join('')
  const bomb = `<!DOCTYPE testsuites [<!ENTITY e-1 "x">${levels}]><testsuites><testsuite name="&e39;"/></testsuites>`
  const outcome = read(bomb)
  expect(outcome.ok ? '' : outcome.problem).toContain('DOCTYPE')
})

test('UTF-16 and a byte order mark are read by what they say; CSV is told from XML', () => {
  const xml = '<testsuite name="unit/reporting" timestamp="2026-10-20T22:00:00Z"><testcase name="Größe"/></testsuite>'
  const wide = new Uint8Array([0xff, 0xfe, ...new Uint8Array(new Uint16Array([...xml].map((char) => char.charCodeAt(0))).buffer)])
  const outcome = readJUnit(wide)
  expect(outcome.ok && outcome.csv).toContain('Größe')
  expect([looksLikeXml(wide), looksLikeXml(utf8(`\ufeff ${xml}`)), looksLikeXml(utf8('test_id,level\n'))]).toEqual([
    true,
    true,
    false,
  ])
})

const name = fc
  .string({ unit: fc.constantFrom('a', 'b', ',', '"', '<', '&', "'", ' ', 'é'), minLength: 1, maxLength: 8 })
  .map((text) => `t${text.trim()}`)
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const anyCase = fc.record({ name, result: fc.constantFrom('pass', 'fail', 'error', 'skipped') })
const anySuite = fc.record({
  level: fc.constantFrom(...testLevels),
  area: fc.constantFrom(...testAreas),
  cases: fc.array(anyCase, { minLength: 1, maxLength: 4 }),
})

test('whatever a suite holds comes back as its rows', () => {
  const tag = { pass: '', fail: '<failure/>', error: '<error/>', skipped: '<skipped/>' }
  fc.assert(
    fc.property(fc.array(anySuite, { minLength: 1, maxLength: 4 }), (suites) => {
      const xml = `<testsuites>${suites
        .map(
          ({ level, area, cases }) =>
            `<testsuite name="${level}/${area}" timestamp="2026-10-20T22:00:00Z">${cases.map((each) => `<testcase name="${escaped(each.name)}">${tag[each.result]}</testcase>`).join('')}</testsuite>`,
        )
        .join('')}</testsuites>`
      expect(rows(xml).rows.map(({ test_id, level, area, result }) => [test_id, level, area, result])).toEqual(
        suites.flatMap(({ level, area, cases }) => cases.map((each) => [each.name, level, area, each.result])),
      )
    }),
    { numRuns: process.env.LONG ? 2000 : 60 },
  )
})
