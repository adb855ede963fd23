/** Views of the board: the drawing of interfaces stays legible from twelve to forty systems, and heat maps count every line once. */
import { expect, test } from 'vitest'
import { exampleClinic, exampleFiles } from '../../../samples/readiness/example-files.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { interfaceMessages } from '../../../src/core/readiness/criteria/pre-launch/interface-messages.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { rosterPeople } from '../../../src/core/readiness/measures/roster-people.ts'
import type { HeatGrid } from '../../../src/core/readiness/views/heat-grid.ts'
import { drawInterfaces } from '../../../src/core/readiness/views/interface-layout.ts'
import { interfaceMap } from '../../../src/core/readiness/views/interface-map.ts'
import { peopleGrid } from '../../../src/core/readiness/views/people-grid.ts'
import { supportGrid, triageGrid } from '../../../src/core/readiness/views/shift-grids.ts'

const head =
  'edge_id,from,to,direction,standard,trigger,peak_per_hour,service,retry,downtime,owner,clause,test_evidence,critical,phase\n'
const interfaces = (lines: readonly string[]) => exampleFile('interfaces', `${head}${lines.join('\n')}\n`).rows

const limits = { leastPercent: 99.5, p95Seconds: 60 }

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
const meet = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** A record with systems around it, some behind an engine, some among each other: every fifth interface is between two others. */
const landscape = (systems: number, seed: string) => {
  const random = seededRandom(seed)
  const lines = Array.from({ length: systems - 1 }, (_, n) => {
    const other = n > 3 && n % 5 === 0 ? `S${random.below(n)}` : n % 7 === 3 ? 'Engine' : 'Record'
    const [from, to] = random.below(2) === 0 ? [`S${n}`, other] : [other, `S${n}`]
    return `e${n},${from},${to},${random.below(2) === 0 ? 'one-way' : 'two-way'},HL7 v2.5.1,,,,,${random.below(3) === 0 ? '' : 'paper'},,,,,`
  })
  return interfaceMap(interfaces([...lines, 'engine,Engine,Record,two-way,HL7 v2.5.1,,,,,,,,,,']), null, null, limits)
}

test.each([12, 20, 30, 40])(
  '%i systems: no box and no caption covers another, and every way ends at its two systems',
  (systems) => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const map = landscape(systems, `${systems} ${seed}`)
      const drawing = drawInterfaces(map)
      expect(drawing).toEqual(drawInterfaces(landscape(systems, `${systems} ${seed}`)))
      expect(drawing.boxes).toHaveLength(map.systems.length)
      expect(drawing.interfaces.length + drawing.loops.length).toBe(map.exchanges.length)
      const captions = drawing.interfaces.map(({ at }): Area => ({ x: at.x - 100, y: at.y - 20, width: 200, height: 40 }))
      const areas: readonly Area[] = [...drawing.boxes, ...captions]
      for (const [index, area] of areas.entries()) {
        expect(area.x >= 0 && area.y >= 0 && area.x + area.width <= drawing.width && area.y + area.height <= drawing.height).toBe(
          true,
        )
        for (const other of areas.slice(index + 1)) expect(meet(area, other)).toBe(false)
      }
      for (const { id, way } of drawing.interfaces) {
        const row = map.exchanges.find(({ row: { edge_id } }) => edge_id === id)?.row
        const ends = [way[0], way.at(-1)].map((end) =>
          drawing.boxes.find(
            ({ x, y, width, height }) => end && (end.x === x || end.x === x + width) && end.y > y && end.y < y + height,
          ),
        )
        expect(ends.map((box) => box?.id).sort()).toEqual([row?.from, row?.to].sort())
        // Between its ends a way runs through no system: right angles only, so pieces are thin areas.
        for (const [n, to] of way.slice(1).entries()) {
          const from = way[n]
          if (!from) continue
          expect(from.x === to.x || from.y === to.y).toBe(true)
          const piece = {
            x: Math.min(from.x, to.x),
            y: Math.min(from.y, to.y),
            width: Math.abs(to.x - from.x),
            height: Math.abs(to.y - from.y),
          }
          for (const box of drawing.boxes)
            expect(
              meet(
                { ...piece, width: piece.width + 0.1, height: piece.height + 0.1 },
                { ...box, x: box.x + 1, width: box.width - 2 },
              ),
            ).toBe(false)
        }
      }
    }
  },
)

test('an interface is tested by its last result and by its messages, and says so', () => {
  const rows = interfaces([
    'lab,LabSys,Record,two-way,,,,,,print,,,t-lab,,',
    'pacs,PACS,record ,one-way,,,,,,,,,t-pacs,,',
    'fax,Fax,Record,one-way,,,,,,,,,t-gone,,',
    'bill,Record,Billing,one-way,,,,,,hold,,,,,',
    'scan,Record,Record,one-way,,,,,,,,,,,',
  ])
  const tests = exampleFile(
    'tests',
    'test_id,level,area,run_at,result\nt-lab,interface,result-routing,2026-06-02T10:00:00Z,pass\nt-lab,interface,result-routing,2026-06-01T10:00:00Z,fail\nt-pacs,interface,result-routing,2026-06-02T10:00:00Z,pass\n',
  ).rows
  const messages = exampleFile('messages', 'edge_id,message_id,sent_at,received_at,ack\npacs,1,2026-06-02T10:00:00Z,,\n').rows
  const map = interfaceMap(rows, tests, messages, limits)
  expect(map.exchanges.map(({ row, proof }) => [row.edge_id, proof])).toEqual([
    ['bill', 'none'],
    ['fax', 'named'],
    ['lab', 'tested'],
    // Its test passed, but the one message never arrived.
    ['pacs', 'failed'],
    ['scan', 'none'],
  ])
  expect(map.exchanges[2]?.proofWords).toBe('t-lab: pass on 02-Jun-2026; no message is logged')
  // "record " and "Record" are one system, which has all five; none of them says all eight facts, as its criterion counts.
  expect(map.systems.find(({ name }) => name === 'Record')).toEqual({ name: 'Record', exchanges: 5, open: 5 })
  expect(map.exchanges[2]?.gaps).toEqual(['no standard, trigger, peak per hour, service, retry, owner'])
  expect(drawInterfaces(map).loops).toEqual(['scan'])
  // Messages do not stand for a test that is named and has no result; alone they are held against what the criterion asks.
  const log = (edge: string, sent: number, lost: number) =>
    Array.from({ length: sent }, (_, n) => `${edge},${n},2026-06-02T10:00:00Z,${n < lost ? ',' : '2026-06-02T10:00:01Z,AA'}`)
  const proofs = (sent: number, lost: number) => {
    const lines = [...log('fax', sent, lost), ...log('scan', sent, lost)]
    const own = exampleFile('messages', `edge_id,message_id,sent_at,received_at,ack\n${lines.join('\n')}\n`)
    const { exchanges } = interfaceMap(rows, tests, own.rows, limits)
    const judged = interfaceMessages.compute(
      givenOf({ messages: own, interfaces: mapOf }, interfaceMessages.code, interfaceMessages.needs),
      interfaceMessages.thresholds,
      '2026-07-20',
    )
    return [...exchanges.flatMap(({ row, proof }) => (['fax', 'scan'].includes(row.edge_id) ? [proof] : [])), judged.state]
  }
  const mapOf = exampleFile('interfaces', 'edge_id,from,to\nfax,A,B\nscan,A,B\n')
  expect(proofs(1, 0)).toEqual(['named', 'tested', 'proven'])
  expect(proofs(400, 2)).toEqual(['named', 'tested', 'proven'])
  expect(proofs(400, 3)).toEqual(['failed', 'failed', 'failed'])
})

const sample = exampleFiles(exampleClinic('2026-07-20'))
const linesOf = (grid: HeatGrid, row: (name: string) => boolean): readonly string[] =>
  grid.rows
    .filter(({ name }) => row(name))
    .flatMap(({ cells }) => cells.flatMap((cell) => cell?.lines?.map(({ kind, line }) => `${kind} ${line}`) ?? []))

test('the matrix of people counts each person of the roster once, and marks the department that nobody stands for', () => {
  const roster = exampleFile('roster', sample.get('roster') ?? '').rows
  const grid = peopleGrid(roster, '2026-07-20')
  const summaries = ['People with hours for the project', 'Lead users', 'Super-users']
  const lines = linesOf(grid, (name) => !summaries.includes(name))
  const size = (of: (typeof roster)[number]): number =>
    roster.filter(({ role, department }) => role === of.role && department === of.department).length
  const large = roster.filter((row) => size(row) >= 5).length
  expect([lines.length, new Set(lines).size, roster.length - large]).toEqual([large, large, 1])
  const person = (n: number, role: string, department: string, rest: string): string => `${n},${role},${department},${rest}`
  const { rows } = exampleFile(
    'roster',
    [
      'person_id,role,department,profession,lead_user,project_hours_per_week,end',
      ...[1, 2, 3, 4, 5].map((n) => person(n, 'Nurse', 'Ward', `clinical,${n === 1 ? 'yes' : 'no'},${n},`)),
      ...[6, 7, 8, 9].map((n) => person(n, 'Nurse', 'Lab', `clinical,no,${n === 6 ? 7 : ''},`)),
      person(10, 'Nurse', 'Lab', 'clinical,yes,9,2026-01-01'),
      person(11, 'Clerk', 'Desk', 'admin,no,,'),
      '',
    ].join('\n'),
  )
  const small = peopleGrid(rows, '2026-07-20')
  expect(small.columns).toEqual(['Desk', 'Lab', 'Ward'])
  // Five nurses of the ward are a group: 1 + 2 + 3 + 4 + 5 hours. Four of the laboratory, one of whom left, are none.
  expect(
    small.rows.map(({ name, cells }) => [
      name,
      ...cells.map((cell) => cell && `${cell.text}${cell.mark ? ` ${cell.mark}` : ''}`),
    ]),
  ).toEqual([
    ['Clerk', 'under 5', null, null],
    ['Nurse', null, 'under 5', '5'],
    ['People with hours for the project', 'nobody', 'under 5 ok', '5, 15 h a week ok'],
    ['Lead users', 'nobody', 'nobody error', 'under 5 ok'],
    ['Super-users', 'nobody', 'nobody', 'nobody'],
  ])
  for (const { cells } of small.rows)
    for (const cell of cells)
      if (cell?.text.startsWith('under')) expect([cell.lines, /\b[1-4]\b/.test(cell.words)]).toEqual([null, false])
})

test('support is covered, in part or not at all, over midnight too', () => {
  const { rows } = exampleFile(
    'shifts',
    [
      'shift_id,department,start,end,function,person_id',
      'N1,Ward,2026-11-02T22:00:00+01:00,2026-11-03T06:00:00+01:00,clinical',
      'N2,Ward,2026-11-02T22:00:00+01:00,2026-11-03T06:00:00+01:00,clinical',
      'E1,ward ,2026-11-02T21:00:00+01:00,2026-11-03T02:00:00+01:00,at-elbow,1',
      'D1,Lab,2026-11-03T08:00:00+01:00,2026-11-03T16:00:00+01:00,clinical',
      'D2,Ward,2026-11-03T08:00:00+01:00,2026-11-03T16:00:00+01:00,clinical',
      'E2,Ward,2026-11-03T08:00:00+01:00,2026-11-03T12:00:00+01:00,super-user,2',
      'E3,Ward,2026-11-03T12:00:00+01:00,2026-11-03T16:00:00+01:00,at-elbow,1',
      'E4,Lab,2026-11-03T08:00:00+01:00,2026-11-03T16:00:00+01:00,at-elbow,9',
      'X1,Ward,2026-11-01T08:00:00+01:00,2026-11-01T16:00:00+01:00,clinical',
      '',
    ].join('\n'),
  )
  const { rows: staff } = exampleFile('roster', 'person_id,role,department\n1,Nurse,Ward\n2,Nurse,Ward\n')
  const people = rosterPeople(staff, '2026-11-02')
  const { grid } = supportGrid(rows, people, '2026-11-02')
  expect(grid.rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell && `${cell.text} ${cell.mark}`)])).toEqual([
    ['02-Nov-2026 22:00 to 03-Nov-2026 06:00', null, 'part of it warning'],
    ['03-Nov-2026 08:00 to 16:00', 'nobody error', '2 ok'],
  ])
  expect(grid.rows[1]?.cells[0]?.words).toContain('1 listed who are not in the roster')
  expect(supportGrid(rows, people, null).grid.rows).toHaveLength(3)
})

test('the triage board counts every ticket once: in its shift, or where no shift is listed', () => {
  const [tickets, shifts] = [
    exampleFile('tickets', sample.get('tickets') ?? '').rows,
    exampleFile('shifts', sample.get('shifts') ?? '').rows,
  ]
  const { grid, loose, left } = triageGrid(tickets, shifts)
  expect(left).toBe(0)
  const all = [...linesOf(grid, () => true), ...loose.map(({ kind, line }) => `${kind} ${line}`)]
  expect([all.length, new Set(all).size]).toEqual([tickets.length, tickets.length])
  const night = exampleFile(
    'shifts',
    'shift_id,department,start,end,function\nN,Ward,2026-10-24T22:00:00+02:00,2026-10-25T06:00:00+01:00,clinical\n',
  )
  const asked = exampleFile(
    'tickets',
    'ticket_id,opened_at,status,department,closed_at,priority\nT1,2026-10-25T02:30:00+02:00,closed,Ward,2026-10-25T05:50:00+01:00,P2\nT2,2026-10-25T02:30:00+02:00,closed,Ward,2026-10-25T06:10:00+01:00,P1\nT3,2026-10-25T07:00:00+01:00,open,Ward,,P3\n',
  )
  const board = triageGrid(asked.rows, night.rows)
  // The clock goes back an hour in that night; T2 is ten minutes late.
  expect(board.grid.rows[0]?.cells[0]).toMatchObject({ text: '1 of 2', mark: 'error', value: 2 })
  expect(board.loose.map(({ words }) => words)).toEqual(['T3, P3, no shift is listed'])
})
