/** What leads take along: the plan as a calendar that another program reads, registers as tables that run no formula, the clinic's logo. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { newProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { formatsOf, makeReport, reportKindNames, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { logoFault, logoLimits, logoOf, logoPath } from '../../../src/core/readiness/sheets/logo.ts'
import { calendarText } from '../../../src/core/values/ical.ts'

const asOf = '2026-11-24'
const empty = newProject({
  id: 'p-1',
  name: 'Ärztehaus; Nord, West',
  legacy: 'A',
  target: 'B',
  created: `${asOf}T09:00:00Z`,
  tool: 'test',
  servers: [],
})
const files = {
  milestones: 'milestone,planned_on,done_on\ncontract,2026-05-01,2026-05-03\ngo-live,2027-01-31,\n',
  risks:
    'id,what,why,avoid,likelihood,severity,owner,due,closed_on,evidence\nR1,=1+1,"why, not",count,3,5,Lab lead,2027-01-10,,\nR2,Paper comes back,habit,+SUM(A1),2,2,,,,\n',
  decisions:
    'id,made_at,deciders,quorum,choice,artifact,trade_off\nD1,2026-04-01T15:00:00+02:00,chief nurse;IT lead,2,@drop paper approvals,refill,speed\nD2,2026-05-01T15:00:00+02:00,IT lead,1,go live in January,plan,\n',
} as const
const project: Project = {
  ...empty,
  board: {
    ...empty.board,
    statements: [
      {
        id: 's1',
        criterion: 'readiness/small-incentives',
        text: 'Cake',
        by: 'Mara',
        role: 'Lead',
        reason: 'x',
        at: asOf,
        expires: '2026-12-24',
      },
    ],
  },
  other: new Map(Object.entries(files).map(([kind, text]) => [inputPath(kind as keyof typeof files), utf8(text)])),
}

interface Entry {
  readonly uid: string
  readonly day: string
  readonly end: string
  readonly isDate: boolean
  readonly summary: string
  readonly description: string
}

/** As the parser of a calendar program understands it. */
function entriesOf(text: string): readonly Entry[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
  return calendar.getAllSubcomponents('vevent').map((each) => {
    const event = new ICAL.Event(each)
    return {
      uid: event.uid,
      day: event.startDate.toString(),
      end: event.endDate.toString(),
      isDate: event.startDate.isDate,
      summary: event.summary,
      description: event.description ?? '',
    }
  })
}

test('the plan is read back by another program: whole days without a zone, each once, with the same ids next time', () => {
  const report = makeReport('plan', project, asOf)
  expect(formatsOf(report)).toContain('ics')
  const text = writeReport(report, 'ics')
  const entries = entriesOf(text)
  expect(entries.map(({ day, summary }) => `${day} ${summary}`)).toEqual([
    '2026-05-03 Contract',
    '2026-12-24 Claim ends: Cake',
    '2027-01-10 Risk due: =1+1',
    '2027-01-31 Go-live',
    ...[
      ['2027-02-28', 1],
      ['2027-03-31', 2],
      ['2027-04-30', 3],
      ['2027-05-31', 4],
      ['2027-07-31', 6],
      ['2027-10-31', 9],
      ['2028-01-31', 12],
    ].map(([day, month]) => `${day} Checkpoint, month ${month} after go-live`),
  ])
  for (const { isDate, day, end } of entries) expect([isDate, Date.parse(end) - Date.parse(day)]).toEqual([true, 86_400_000])
  expect(new Set(entries.map(({ uid }) => uid)).size).toBe(entries.length)
  expect(text).not.toMatch(/TZID|VTIMEZONE/)
  const later = {
    ...project,
    other: new Map(project.other).set(inputPath('milestones'), utf8(files.milestones.replace('2027-01-31', '2027-02-28'))),
  }
  const moved = entriesOf(writeReport(makeReport('plan', later, '2026-11-25'), 'ics'))
  expect(moved.map(({ uid }) => uid).sort()).toEqual(entries.map(({ uid }) => uid).sort())
  console.log(`leads: ${entries.length} days of the plan read back from the calendar, ids stable`)
})

test('any text comes back from the calendar as it was, and no line is longer than 75 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }), (title, text) => {
      const days = [{ id: 'x', day: '2026-02-28', title: `T${title}`, text: `T${text}`, category: 'Milestone', done: false }]
      const written = calendarText({ id: 'p', name: title, madeOn: asOf, days })
      for (const line of written.split('\r\n')) expect(utf8(line).length).toBeLessThanOrEqual(75)
      const [entry] = entriesOf(written)
      // Control characters are not allowed there, and a lone line end is one line end.
      const plain = (given: string) =>
        given
          .replace(/\r\n?/g, '\n')
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the calendar may not hold
          .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      expect(entry).toMatchObject({ summary: `T${plain(title)}`, description: `T${plain(text)}`, end: '2026-03-01' })
    }),
  )
})

test('registers are tables for spreadsheets in which nothing runs, and Markdown', () => {
  const risks = writeReport(makeReport('risks', project, asOf), 'csv')
    .trim()
    .split('\n')
  expect(risks[0]).toBe('id,what,why,avoid,likelihood,severity,weight,owner,due,state,opened_on,closed_on,evidence,in_doubt')
  expect(risks).toContainEqual(expect.stringContaining(`R1,'=1+1,"why, not",count,3,5,15,Lab lead,2027-01-10,open`))
  expect(risks).toContainEqual(expect.stringContaining(`R2,Paper comes back,habit,'+SUM(A1),2,2,4,,,open`))
  const decisions = writeReport(makeReport('decisions', project, asOf), 'csv')
    .trim()
    .split('\n')
  expect(decisions[0]).toMatch(/^id,made_on,about,decided,/)
  expect(decisions.slice(1).map((line) => line.split(',')[0])).toEqual(['D2', 'D1'])
  expect(decisions[2]).toContain(`'@drop paper approvals`)
  for (const kind of ['risks', 'decisions', 'plan'] as const)
    expect(writeReport(makeReport(kind, project, asOf), 'markdown')).toContain('| ')
})

test('only lists have formats of lists, and the others say so', () => {
  const lists = reportKindNames.filter((kind) => makeReport(kind, project, asOf).files)
  expect(lists).toEqual(['plan', 'decisions', 'risks'])
  expect(() => writeReport(makeReport('go-no-go', project, asOf), 'csv')).toThrow('This report has no csv.')
})

const png = new Uint8Array(readFileSync(new URL('../../../docs/review.png', import.meta.url)))
/** The head of a picture of this size; only the head says it. */
function sized(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = png.slice(0, 64)
  new DataView(bytes.buffer).setUint32(16, width)
  new DataView(bytes.buffer).setUint32(20, height)
  return bytes
}

test('a logo is a small PNG and nothing else', () => {
  expect(logoFault(sized(200, 60))).toBeNull()
  for (const [bytes, why] of [
    [utf8('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'no PNG'],
    [new Uint8Array(), 'no PNG'],
    [sized(logoLimits.pixels + 1, 60), 'wider or higher'],
    [sized(0, 60), 'wider or higher'],
    [new Uint8Array([...sized(200, 60), ...new Uint8Array(logoLimits.bytes)]), 'larger than 256 kB'],
  ] as const) {
    expect(logoFault(bytes)).toContain(why)
    expect(logoOf({ other: new Map([[logoPath, new Uint8Array(bytes)]]) })).toBeNull()
  }
})

test('reports carry name and logo, and without a logo the same bytes as ever', () => {
  const held = { ...project, other: new Map(project.other).set(logoPath, sized(200, 60)) }
  for (const kind of ['go-no-go', 'monthly'] as const) {
    const plain = writeReport(makeReport(kind, project, asOf), 'html')
    const headed = writeReport(makeReport(kind, held, asOf), 'html')
    expect(plain).not.toContain('<img')
    expect(headed).toMatch(/<p class="head"><img src="data:image\/png;base64,[A-Za-z0-9+/=]+" alt=""> Ärztehaus; Nord, West<\/p>/)
    expect(headed).toContain("style-src 'unsafe-inline'; img-src data:")
  }
})

test('a day of go-live that nobody signed for is listed as claimed', () => {
  const page = (of: Project): { readonly text: string; readonly goLive: unknown } => {
    const report = makeReport('go-no-go', of, asOf)
    return { text: writeReport(report, 'text'), goLive: JSON.parse(writeReport(report, 'json')).goLive }
  }
  const day = new Map([[inputPath('milestones'), utf8('milestone,planned_on,done_on\ngo-live,2027-01-31,\n')]])
  const typed = page({ ...empty, other: day })
  expect(typed.goLive).toMatchObject({ day: '2027-01-31', claimed: expect.stringContaining('milestones.csv') })
  expect(typed.text).toMatch(/Only claimed before go-live \(\d+ and the day itself\)/i)
  expect(typed.text).toContain('The day of go-live, 31-Jan-2027, is only claimed.')
  expect(typed.text).not.toContain('None: every value that counts')
  expect(page(empty)).toMatchObject({ goLive: { day: null, claimed: null }, text: expect.stringContaining('None: every value') })
})

test('a project that somebody only made proves nothing: introducing a device decides nothing', () => {
  const acts = ['project-created', 'salt-set', 'device-keyed'].map((action) => ({ action, object: 'x', digest: null }))
  const hand = { device: 'd1', actor: 'unnamed', wall: `${asOf}T09:00:00Z` }
  const made = record(empty, acts, hand)
  const proven = (of: Project): number =>
    assess(of, asOf).phases.flatMap(({ criteria }) => criteria.filter(({ state }) => state === 'proven')).length
  expect(proven(made)).toBe(0)
  // With the first decision the ledger has something to hold.
  expect(proven(record(made, [{ action: 'exported', object: 'x', digest: null }], hand))).toBe(1)
})
