/** The page and the command line make a run of a project from the same input, and the same input gives the same bytes of a report. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { generateRiverside, type RiversideOptions } from '../../samples/riverside/generate.ts'
import { reconcileInput, usualChoice } from '../../src/app/routes/data/acts/reconcile.ts'
import { pairInput, validateInput } from '../../src/app/routes/data/acts/run.ts'
import { crosswalkInputs } from '../../src/cli/data/crosswalk/crosswalk-inputs.ts'
import { held, heldAgainst } from '../../src/cli/data/held-against.ts'
import { openValidation } from '../../src/cli/data/validate/validate-input.ts'
import { judgeGiven } from '../../src/core/data/fhir/given.ts'
import { packageDocument, packagePath } from '../../src/core/data/fhir/packages/kept-package.ts'
import type { SourceEntry } from '../../src/core/data/model/source.ts'
import type { ValidateResult } from '../../src/core/data/model/validation.ts'
import { reportOf } from '../../src/core/data/report/document.ts'
import { reportFormats } from '../../src/core/data/report/index.ts'
import { withBaseline } from '../../src/core/data/report/with-baseline.ts'
import { validate } from '../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../src/core/data/validate/validate-input.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { openProject } from '../../src/core/project/format/open.ts'
import type { Project } from '../../src/core/project/format/project.ts'
import { readProject } from '../../src/io/store/store-node.ts'
import type { ValidateFiles } from '../../workers/validate.worker.ts'
import { carryover } from '../cli/command-line.ts'
import { codeOf, sourceFiles } from './source-files.ts'

vi.stubGlobal('__VERSION__', '0')
vi.mock('../../src/app/session/jobs.ts', () => ({ jobs: {} }))

type Work = (input: ValidateFiles, signal: AbortSignal) => ReturnType<typeof validate>
/** The work of the page's worker, without the port that it answers on. */
const served = vi.hoisted((): { work: Work | null } => ({ work: null }))
vi.mock('../../workers/bridge.ts', () => ({
  serve: (work: Work) => {
    served.work = work
  },
  OperationWorker: class {},
}))
vi.mock('../../src/io/files/spill-browser.ts', async () => {
  const { nodeSpillStore } = await import('../../src/io/files/spill-node.ts')
  return { browserSpillStore: nodeSpillStore }
})

const folders: string[] = []
// The page takes its day from the clock where the manifest names none, so the clock shows the day that the command line is given.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${elsewhere}T12:00:00`) }))
afterAll(() => {
  vi.useRealTimers()
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A day that is that of no machine: a side that asks another clock is found. */
const elsewhere = '2031-05-06'
const choices = { schema: [], checks: [], ig: [], profile: [] }
const names = { legacy: [], target: [], key: [] }

/** The sample as a folder, with what a team adds to a project. */
function sampleFolder(
  more: (files: ReadonlyMap<string, string>) => Readonly<Record<string, unknown>>,
  options: RiversideOptions = { patients: 40 },
): string {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-one-input-'))
  folders.push(folder)
  const parts = new Map<string, Uint8Array[]>()
  for (const { path, bytes } of generateRiverside(options)) parts.set(path, [...(parts.get(path) ?? []), bytes])
  const texts = new Map([...parts].map(([path, chunks]) => [path, Buffer.concat(chunks).toString('utf8')]))
  const added = Object.entries(more(texts)).map(([path, json]) => [path, JSON.stringify(json)] as const)
  for (const [path, text] of [...texts, ...added]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** Rules in two files, a policy, a package of FHIR definitions, a profile and a finding that somebody accepted. */
function withTeam(files: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  const sources = JSON.parse(files.get('data/sources.json') ?? '[]') as SourceEntry[]
  const loaded = {
    ...{ name: 'example', version: '1', from: 'example.tgz', dependencies: [], notUnderstood: [] },
    definitions: [{ resourceType: 'ValueSet', url: 'urn:example:sexes', status: 'active' }],
  }
  const accepted = { fingerprint: 'sha256:aa', reason: 'Known', by: 'Ada Example', expires: '2099-12-31', code: 'data/required' }
  return {
    'rules/b.json': { rules: [] },
    'rules/a.json': { rules: [] },
    'rules/severity.json': { rules: [{ code: 'data/required', severity: 'critical', because: 'The pharmacy needs it' }] },
    'baseline.json': [{ ...accepted, place: 'patients.SEX', at: '2026-07-01T09:00:00+02:00' }],
    [packagePath(loaded)]: packageDocument(loaded),
    'data/sources.json': sources.map((entry, at) => (at === 0 ? { ...entry, profiles: ['urn:example:profile'] } : entry)),
  }
}

/** Every file under samples/ that writes a manifest, with the projects that it writes. */
const written: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'samples/riverside/project.ts': {
    'the sample': () => sampleFolder(() => ({})),
    'the sample of another seed and day': () => sampleFolder(() => ({}), { patients: 60, seed: 'harbour', asOf: '2026-03-02' }),
    'the sample with what a team adds': () => sampleFolder(withTeam),
  },
}
const projects = Object.values(written).flatMap((each) => Object.entries(each))

test('every project under samples/ is run: those that lie there, and those that a generator writes', () => {
  const lying = readdirSync('samples', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('carryover.json'))
  const writing = sourceFiles('samples').filter(({ text }) => /'carryover\.json'|paths\.manifest/.test(codeOf(text)))
  expect([...lying, ...writing.map(({ path }) => path)]).toEqual(Object.keys(written))
})

test.each(projects)('%s: one input of a run, and the same bytes of a report', async (name, folder) => {
  const path = folder()
  const { project } = openProject(await readProject(path))
  if (!project) throw new Error(`${path} is no project`)
  const files = filesOf(project, await readProject(path))

  const fromApp = validateInput({ project, files })
  const opened = await openValidation([path], choices, elsewhere)
  const fromLine = opened.input
  expect(fromLine.asOf).toBe(project.manifest.asOf ?? elsewhere)
  expect(shapeOf(fromLine)).toEqual(
    shapeOf({
      ...fromApp,
      inputs: fromApp.inputs.map((input, at) => ({ ...input, profiles: fromApp.profiles[at] ?? [], source: null })),
    }),
  )
  expect(opened.definitions).toEqual(fromApp.definitions)
  expect(opened.accepted).toEqual(project.baseline)

  const app: ValidateInput = {
    ...fromApp,
    inputs: await Promise.all(
      fromApp.inputs.map(async ({ file, ...one }) => {
        return { ...one, source: bytesSource(file.name, new Uint8Array(await file.arrayBuffer())) }
      }),
    ),
  }
  const profiles = fromLine.inputs.map((one) => one.profiles ?? [])
  const [ofApp, ofLine] = [
    await checked(app, judgeGiven({ definitions: fromApp.definitions, profiles: fromApp.profiles })),
    await checked({ ...fromLine, seed: fromApp.seed }, judgeGiven({ definitions: opened.definitions, profiles })),
  ]
  const against = await heldAgainst(opened.accepted, [])
  const shown = (result: ValidateResult) =>
    reportOf(result, { version: '0', run: { started: '', seconds: 0 }, paths: opened.paths, reveal: false })
  const write = reportFormats.get('json')
  const inApp = withBaseline(shown(ofApp), { before: null, accepted: project.baseline, asOf: elsewhere, newOnly: false })
  const onLine = held(shown(ofLine), against, elsewhere, false)
  expect(write?.(onLine)).toBe(write?.(against.accepted.length === 0 ? shown(ofApp) : inApp))

  const paired = pairInput({ project, files })
  // The sample has a confirmed field map; a project without one has nothing to pair.
  expect([name, paired !== null]).toEqual([name, name.startsWith('the sample') || project.mapping.size > 0])
  if (!paired) return
  const sides = await crosswalkInputs({ project: path, ...names }, {})
  expect(sides.mapping).toEqual(paired.mapping)
  expect(paired.asOf).toBe(project.manifest.asOf ?? elsewhere)
  expect(sides.inputs.map(({ side, format, table, reading }) => ({ side, format, table, reading }))).toEqual(
    paired.inputs.map(({ file: _file, ...input }) => input),
  )
  const reconciled = reconcileInput({ choice: usualChoice(project.sources, files), taken: { project, files }, inputs: undefined })
  expect(sides.mapping).toEqual(reconciled.mapping)
  expect(reconciled.inputs).toEqual(paired.inputs)
})

test('the command line as it is built prints what the worker of the page gives, byte for byte', async () => {
  const path = sampleFolder(() => ({}))
  const bytes = await readProject(path)
  const { project } = openProject(bytes)
  if (!project) throw new Error(`${path} is no project`)
  const input = validateInput({ project, files: filesOf(project, bytes) })
  const printed = carryover('validate', path, '--format', 'json', '--seed', input.seed, '--quiet')
  expect(printed.code, printed.err).toBe(1)
  vi.stubGlobal('navigator', { hardwareConcurrency: 1 })
  await import('../../workers/validate.worker.ts')
  if (!served.work) throw new Error('The worker of the page serves nothing')
  const result = await finish(served.work(input, new AbortController().signal))
  // How a run is named is no part of what it found: version, clock and paths are those of the process.
  const { tool, run } = JSON.parse(printed.out) as { tool: { version: string }; run: { started: string; seconds: number } }
  const { paths } = await openValidation([path], choices, elsewhere)
  const report = reportOf(result, { version: tool.version, run, paths, reveal: false })
  expect(result.findings.length).toBeGreaterThan(3)
  expect(printed.out).toBe(reportFormats.get('json')?.(report))
})

test('what a team adds to a project reaches the run', async () => {
  const { input, definitions, accepted } = await openValidation([sampleFolder(withTeam)], choices, elsewhere)
  expect(input.rules?.map(({ name }) => name)).toEqual(['rules/a.json', 'rules/b.json'])
  expect([input.severityRules?.length, definitions.length, accepted.length]).toEqual([1, 1, 1])
  expect(input.inputs[0]?.profiles).toEqual(['urn:example:profile'])
})

test('a day that is none ends the run with its place, and two days are asked about', async () => {
  const dated = (asOf: string | null) =>
    sampleFolder((files) => ({ 'carryover.json': { ...JSON.parse(files.get('carryover.json') ?? '{}'), asOf } }))
  await expect(openValidation([dated('soon')], choices, elsewhere)).rejects.toThrow(
    /carryover\.json: \.asOf is "soon", which is no day/,
  )
  const two = [dated('2026-07-14'), dated('2026-07-15')]
  await expect(openValidation(two, choices, elsewhere)).rejects.toThrow(/several days .*2026-07-14, 2026-07-15.*--as-of/)
  const chosen = await openValidation(two, { ...choices, asOf: '2026-08-01' }, elsewhere)
  expect(chosen.input.asOf).toBe('2026-08-01')
  const [silent, ...one] = [dated(null), dated('2026-07-14')]
  await expect(openValidation([silent, ...one], choices, elsewhere)).rejects.toThrow(
    `Some projects name a day of their extract (2026-07-14) and ${silent} names none; choose one with --as-of.`,
  )
  const neither = await openValidation([silent, dated(null)], choices, elsewhere)
  expect(neither.input.asOf).toBe(elsewhere)
})

function checked(input: ValidateInput, judge: Parameters<typeof validate>[2]): Promise<ValidateResult> {
  return finish(validate(input, new AbortController().signal, judge))
}

function filesOf(project: Project, held: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): ReadonlyMap<string, File> {
  return new Map(
    project.sources.map(({ id, side, name }) => [id, new File([held.get(`private/${side}/${name}`) ?? new Uint8Array()], name)]),
  )
}

/** What decides the findings of a run, without the bytes of its files and without how it is shown. */
function shapeOf({
  inputs,
  rules,
  severityRules,
  asOf,
}: Pick<ValidateInput, 'rules' | 'severityRules' | 'asOf'> & { inputs: object }) {
  const sources = Object.values(inputs).map(({ side, format, table, reading, schema, profiles }) => {
    return { side, format, table, reading, schema, profiles }
  })
  return { sources, rules, severityRules, asOf }
}
