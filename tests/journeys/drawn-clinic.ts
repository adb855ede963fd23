/** A small clinic whose sample is drawn and whose files are few, for journeys that read records. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { zipSync } from 'fflate'
import { generateRiverside } from '../../samples/riverside/generate.ts'
import { sha256Hex, utf8 } from '../../src/core/canonical.ts'
import { type Hand, record } from '../../src/core/project/acts/hand.ts'
import { readingDigest } from '../../src/core/project/format/inputs-changed.ts'
import { openProject } from '../../src/core/project/format/open.ts'
import type { Project } from '../../src/core/project/format/project.ts'
import { saveProject } from '../../src/core/project/format/save.ts'
import { addVerdicts, drawSample, lockPlan } from '../../src/core/project/review/review-steps.ts'
import { mappingDigest } from '../../src/core/project/signing/signature.ts'
import { buildFrame } from '../../src/core/review/draw/frame.ts'
import type { SamplingPlan } from '../../src/core/review/plan/sampling-plan.ts'
import { exampleRun } from '../core/project/example-project.ts'
import { hand, judged, ok } from '../core/project/review-walk.ts'

/** Enough to show records with differences, and no more: every table costs a look at a file. */
const tables = ['patients', 'allergies', 'medications', 'Patient', 'AllergyIntolerance', 'MedicationRequest']
const isRead = (path: string): boolean => tables.includes(basename(path).replace(/\.\w+$/, ''))

interface Planted {
  readonly entries: readonly {
    readonly patient: string
    readonly benign: boolean
    readonly finds: readonly { readonly engine: string; readonly file: string }[]
  }[]
}

export interface ClinicOptions {
  readonly id: string
  readonly name: string
  readonly patients: number
  /** Every patient is in the sample, or only those whose record differs. */
  readonly sample: 'all' | 'differing'
  readonly stopping?: SamplingPlan['stopping']
  /** How many records were read already, and the slug of the reader. */
  readonly read?: { readonly by: string; readonly records: number }
}

export interface DrawnClinic {
  readonly bundle: string
  /** Paths of the files that the project asks for. */
  readonly sources: readonly string[]
  readonly records: number
}

/** Writes a bundle with its private part, and its source files beside it. */
export function drawnClinic(folder: string, options: ClinicOptions): DrawnClinic {
  const { id, name, patients } = options
  const parts = new Map<string, Uint8Array[]>()
  for (const { path, bytes } of generateRiverside({ patients })) parts.set(path, [...(parts.get(path) ?? []), bytes])
  const files = new Map([...parts].map(([path, list]) => [path, new Uint8Array(Buffer.concat(list))]))
  const manifest = JSON.parse(new TextDecoder().decode(files.get('carryover.json')))
  delete manifest.sample
  files.set('carryover.json', utf8(JSON.stringify({ ...manifest, id, name })))
  const { project } = openProject(new Map([...files].filter(([path]) => !/^private|^workflows/.test(path))))
  if (!project) throw new Error('The sample can not be opened')
  const wrong = differing(files)
  const keys = options.sample === 'all' ? everyPatient(files) : wrong
  if (keys.length === 0) throw new Error('No patient is in the sample')
  const few = { ...project, sources: project.sources.filter((source) => isRead(source.name)) }
  const sample = sampleDrawn(few, keys, options.stopping)
  const drawn = options.read ? alreadyRead(sample, options.read, new Set(wrong.map(sha256Hex))) : sample
  const roster = { records: Object.fromEntries(keys.map((key) => [sha256Hex(key), key])) }
  const hidden = new Map([
    ['private/salt.json', utf8('{"salt":"00"}')],
    ['private/roster.json', utf8(JSON.stringify(roster))],
  ])
  const data = [...files].filter(([path]) => /^private\/(?:legacy|target)\//.test(path) && isRead(path))
  const bundle = join(folder, `${id}.carryover`)
  writeFileSync(bundle, zipSync(Object.fromEntries([...saveProject(drawn), ...hidden, ...data])))
  mkdirSync(join(folder, 'sources'))
  const sources = data
    .filter(([path]) => drawn.sources.some((source) => path === `private/${source.side}/${source.name}`))
    .map(([path, bytes]) => {
      const to = join(folder, 'sources', basename(path))
      writeFileSync(to, bytes)
      return to
    })
  return { bundle, sources, records: keys.length }
}

/** Keys in the order of the legacy file: the first column of its rows. */
function everyPatient(files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  const [, ...rows] = new TextDecoder().decode(files.get('private/legacy/patients.csv')).trim().split(/\r?\n/)
  return rows.map((row) => row.split(/[,;|\t]/)[0] ?? '')
}

function differing(files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  const truth: Planted = JSON.parse(new TextDecoder().decode(files.get('private/truth.json')))
  const wrong = truth.entries.filter(
    (entry) => !entry.benign && entry.finds.some(({ engine, file }) => engine === 'pair' && isRead(file)),
  )
  return [...new Set(wrong.map((entry) => entry.patient))]
}

function sampleDrawn(project: Project, keys: readonly string[], stopping: SamplingPlan['stopping']): Project {
  const built = buildFrame(keys.map((key) => ['all', sha256Hex(key)]))
  if (!built.ok) throw new Error(built.problems.join(' '))
  const size = keys.length
  const plan: SamplingPlan = {
    format: 'carryover-plan/1',
    unit: 'patient record',
    claims: [{ id: 'record-wrong', class: 'wrong-or-worse', domain: null, tolerablePpm: 50_000, riskPpm: 50_000 }],
    strata: [{ id: 'all', rule: 'All', size, minimum: 0, n: size, takeAll: false }],
    errorsAllowed: 0,
    secondReaderPpm: 0,
    lookSeconds: 0,
    criteria: 'Harmful: could change a treatment.',
    ...(stopping ? { stopping } : {}),
  }
  const inputs = project.sources.map((source) => ({
    name: source.name,
    side: source.side,
    bytes: source.bytes,
    sha256: source.sha256 ?? '',
    reading: readingDigest(source),
    records: source.records ?? 0,
    status: 'read' as const,
  }))
  const run = { ...exampleRun, inputs, mapping: mappingDigest(project.mapping) }
  const finished = { action: 'run-finished', object: `runs/${run.id}/summary.json`, digest: null }
  const confirmed = { action: 'mapping-confirmed', object: 'mapping', digest: mappingDigest(project.mapping) }
  const checked = record({ ...project, runs: [run] }, [finished, confirmed], hand)
  const locked = ok(lockPlan(checked, plan, built.frame, hand))
  return ok(drawSample(locked, '01234567890123456789', ['r-haas', 'a-keller'], null, hand))
}

type Read = NonNullable<ClinicOptions['read']>

/** The first records without a difference in ticket order, each opened and found acceptable: what is left has more to judge. */
function alreadyRead(project: Project, { by, records }: Read, wrong: ReadonlySet<string>): Project {
  const reader: Hand = { ...hand, actor: by }
  const order = (project.review.draw?.records ?? []).toSorted((a, b) => (a.ticket < b.ticket ? -1 : 1))
  const ids = order
    .map(({ id }) => id)
    .filter((id) => !wrong.has(id))
    .slice(0, records)
  const opened = record(
    project,
    ids.map((id) => ({ action: 'record-opened', object: id, digest: null })),
    reader,
  )
  return ok(
    addVerdicts(
      opened,
      ids.map((id) => judged(id)),
      reader,
    ),
  )
}
