/** Example files of the board: each set loaded into a project gives its gate, by exactly the criteria that what is planted names. */
import { expect, test } from 'vitest'
import { exampleClinic, exampleFiles, exampleSets } from '../../samples/readiness/example-files.ts'
import { flawNames, flaws } from '../../samples/readiness/flaws.ts'
import { roleRoster, roleTable, roleTraining, roleWorkflow } from '../../samples/readiness/role-table.ts'
import { readinessTruthPath } from '../../samples/riverside/readiness.ts'
import { openProject } from '../../src/core/project/format/open.ts'
import type { Project } from '../../src/core/project/format/project.ts'
import { assess } from '../../src/core/readiness/board/board.ts'
import { criteria } from '../../src/core/readiness/criteria/index.ts'
import { rolePractice } from '../../src/core/readiness/criteria/training/role-practice.ts'
import { keptKit } from '../../src/core/readiness/downtime/kit-record.ts'
import { givenOf } from '../../src/core/readiness/evidence/evidence.ts'
import { inputFiles, inputKindNames, inputPath } from '../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../src/core/readiness/input-files/input-file.ts'
import { readInput } from '../../src/core/readiness/input-files/read-input.ts'
import { slugOf } from '../../src/core/readiness/model/criterion.ts'
import { phaseIds } from '../../src/core/readiness/model/phase.ts'
import { asOf, verified } from '../core/readiness/example-project.ts'
import { readyProject } from '../core/readiness/ready-project.ts'
import { withSignedOrigins } from '../core/readiness/signed-files.ts'
import { readSample } from './riverside.ts'

const boardOf = (of: Project, day = asOf) => assess(of, day, null, criteria, verified)
const quiet = boardOf(readyProject([]))
const open = (board: typeof quiet): readonly string[] =>
  board.phases.flatMap(({ criteria }) =>
    criteria
      .filter(({ state, criterion }) => state !== 'proven' && criterion.severity !== 'info')
      .map(({ criterion }) => slugOf(criterion.code)),
  )

test('every kind has an example file that is read without a problem, and the same clinic gives the same bytes', () => {
  const files = exampleFiles(exampleClinic(asOf))
  expect([...files.keys()]).toEqual(inputKindNames)
  expect([...exampleFiles(exampleClinic(asOf))]).toEqual([...files])
  for (const [kind, text] of files) {
    const file: InputFile = inputFiles[kind]
    const { rows, missing, problems, unknown } = readInput(file, text)
    expect({ kind, missing, problems, unknown }).toEqual({ kind, missing: [], problems: [], unknown: [] })
    expect(rows.length, kind).toBeGreaterThan(1)
  }
})

test('there are sets for six phases and three states, and nothing is planted that no set shows', () => {
  const states = exampleSets.filter(({ flaw }) => !flaw?.startsWith('drift-'))
  expect(states.map(({ phase, gate }) => `${phase} ${gate}`)).toEqual(
    phaseIds.flatMap((phase) => ['ready', 'at risk', 'blocked'].map((gate) => `${phase} ${gate}`)),
  )
  expect(exampleSets.flatMap(({ flaw }) => flaw ?? []).sort()).toEqual([...flawNames].sort())
})

test('without anything planted every gate is ready', () => {
  expect(open(quiet)).toEqual([])
  expect(quiet.phases.map(({ gate }) => gate)).toEqual(phaseIds.map(() => 'ready'))
})

let kept = 0

for (const { name, phase, gate, flaw } of exampleSets)
  test(`the set ${name} makes ${phase} ${gate}, by what is planted alone`, () => {
    const board = flaw === null ? quiet : boardOf(readyProject([flaw]))
    expect(open(board)).toEqual(flaw === null ? [] : flaws[flaw].criteria)
    expect(board.phases.find((each) => each.phase.id === phase)?.gate).toBe(gate)
    for (const other of board.phases)
      if (other.phase.id !== phase && other.criteria.every(({ state }) => state === 'proven')) expect(other.gate).toBe('ready')
    kept++
  })

test('all sets together', () => {
  process.stdout.write(
    `${kept} of ${exampleSets.length} sets give their gate: six phases in three states, and ${exampleSets.length - 18} kinds of drift\n`,
  )
  expect(kept).toBe(exampleSets.length)
})

test('the integration map has twelve systems or more, each interface says all eight things, and what is planted is found', () => {
  const rows = (planted: readonly ('interface-without-retry' | 'interface-without-clause')[]) =>
    readInput(inputFiles.interfaces, exampleFiles(exampleClinic(asOf, planted)).get('interfaces') ?? '').rows
  const whole = rows([])
  const systems = new Set(whole.flatMap((row) => [row.from, row.to]))
  process.stdout.write(`${systems.size} systems are in the integration sample, in ${whole.length} interfaces\n`)
  expect(systems.size).toBeGreaterThanOrEqual(12)
  const cells = (code: string, planted: Parameters<typeof rows>[0]) =>
    boardOf(readyProject(planted))
      .phases.flatMap(({ criteria }) => criteria)
      .find(({ criterion }) => slugOf(criterion.code) === code)
      ?.measure?.cells.map(({ name }) => name.split(' ')[0])
  expect(cells('integration-map', ['interface-without-retry'])).toEqual(['lab', 'imaging'])
  expect(cells('interface-contracts', ['interface-without-clause'])).toEqual(['pharmacy', 'registry'])
})

test('the sets hold on any day of the year: month ends, leap days, new year', () => {
  for (const day of ['2026-12-31', '2027-01-01', '2028-02-29', '2026-03-31', '2027-06-15'])
    for (const [kind, text] of exampleFiles(exampleClinic(day))) {
      const file: InputFile = inputFiles[kind]
      expect({ day, kind, problems: readInput(file, text).problems }).toEqual({ day, kind, problems: [] })
    }
})

test.each([
  ['the day of its records', {}],
  ['a day months later, as where the app writes it', { boardDay: '2026-11-22' }],
])('the sample clinic on %s: its board falls where something is planted, in every phase, and nowhere else', (_, day) => {
  const { files, entries } = readSample({ patients: 60, ...day })
  const { project: bare, problems } = openProject(new Map([...files].map(([path, bytes]) => [path, new Uint8Array(bytes)])))
  expect(problems).toEqual([])
  if (!bare) throw new Error('the sample does not open')
  // As files alone they lie beside an empty ledger: nothing of them is proven.
  expect(boardOf(bare).phases.flatMap(({ criteria }) => criteria.filter(({ state }) => state === 'proven'))).toEqual([])
  const clinic = withSignedOrigins(bare, inputKindNames, { device: 'd1', wall: '2026-07-01T08:00:00Z' })
  const truth = JSON.parse(Buffer.from(files.get(readinessTruthPath) ?? []).toString())
  const board = boardOf(clinic, truth.asOf)
  const kinds = new Set<string>(inputKindNames)
  // Files alone, or files held against the maps.
  const fromFiles = board.phases.flatMap(({ criteria }) =>
    criteria.filter(
      ({ criterion: { needs } }) =>
        needs.some((kind) => kinds.has(kind)) && needs.every((kind) => kinds.has(kind) || kind === 'workflows'),
    ),
  )
  const due = fromFiles.filter((judged) => judged.due.isDue)
  const asked = new Set(due.map(({ criterion }) => slugOf(criterion.code)))
  const fallen = due
    .filter(({ state }) => state !== 'proven' && state !== 'claimed')
    .map(({ criterion }) => slugOf(criterion.code))
  const planted: string[] = truth.planted.flatMap(({ criteria }: { readonly criteria: readonly string[] }) => criteria)
  const told = planted.filter((code) => asked.has(code))
  // Nobody exists who could have agreed by name to the pilot and the rules for stopping.
  expect(fallen.toSorted()).toEqual([...told, 'pilot'].toSorted())
  expect(new Set(truth.planted.map(({ phase }: { readonly phase: string }) => phase)).size).toBe(phaseIds.length)
  // Three weeks before go-live what belongs to it and after is not due.
  expect(board.phases.map(({ gate }) => gate)).toEqual([...Array(4).fill('blocked'), 'not due', 'not due'])
  // Its downtime kit is made from these files, on the day of the board.
  const kit = keptKit(clinic)
  expect([kit?.stale, kit?.record.day, kit?.record.clinics.length]).toEqual([null, truth.asOf, 5])
  // What hangs on its maps as well holds: taught, rehearsed, used as drawn.
  const stateOf = (code: string) =>
    board.phases.flatMap(({ criteria }) => criteria).find(({ criterion }) => slugOf(criterion.code) === code)?.state
  for (const code of ['role-practice', 'dress-rehearsal']) expect([code, stateOf(code)]).toEqual([code, 'claimed'])
  // Its sheets name an interface without an owner and a line that nobody answers.
  expect(planted).toContain('downtime-kit')
  expect(stateOf('downtime-kit')).toBe('not-due')
  const rows = readInput(inputFiles.scope, Buffer.from(files.get(inputPath('scope')) ?? []).toString()).rows
  const sums = entries
    .filter(({ side }) => side === 'legacy')
    .map(({ name, records }) => ({
      records,
      sum: rows.filter(({ source }) => source === name).reduce((sum, row) => sum + row.records, 0),
    }))
  expect(sums.every(({ records, sum }) => records === sum)).toBe(true)
  process.stdout.write(
    `${sums.length} of ${sums.length} sources of the sample: moved and archived records sum to what was read\n`,
  )
  for (const kind of inputKindNames)
    expect(Buffer.from(files.get(inputPath(kind)) ?? []).toString()).not.toMatch(/\b1[0-5]0[0-6]\b,(?:Nurse|Clinician|Analyst)/)
})

test('the table of three roles gives its three gaps, and each role that is taught its task closes its own', () => {
  const gapsWith = (practised: readonly string[]) => {
    const lms = readInput(inputFiles.lms, roleTraining(practised))
    const roster = readInput(inputFiles.roster, roleRoster())
    expect(lms.problems).toEqual([])
    const measure = rolePractice.compute(
      givenOf({ workflows: [roleWorkflow()], lms, roster }, rolePractice.code, rolePractice.needs),
      rolePractice.thresholds,
      asOf,
    )
    return { value: measure.value, gaps: measure.cells.map(({ name }) => name) }
  }
  const names = roleTable.map(({ role, needed }) => `${role}: ${needed}`)
  process.stdout.write(`${gapsWith([]).gaps.length} gaps in the table of three roles\n`)
  expect(gapsWith([])).toEqual({ value: 100, gaps: names })
  expect(gapsWith(['Front desk'])).toEqual({ value: 66.7, gaps: names.slice(1) })
  expect(gapsWith(roleTable.map(({ role }) => role))).toEqual({ value: 0, gaps: [] })
})
