/**
 * Computes beforehand what the sample clinic is opened with: its data files and the answers of the long work on them.
 * The build runs it with the folder to write into.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  generateData,
  generateProject,
  riversideDefaults,
  truthPath,
  workflowChunks,
} from '../../../samples/riverside/generate.ts'
import {
  sampleClaims,
  sampleErrorsAllowed,
  sampleSalt,
  sampleSeed,
  sampleStrata,
} from '../../../samples/riverside/planned-review.ts'
import { answerKey, type PreparedIndex, type PreparedOperation, preparedPatients } from '../../../samples/riverside/prepared.ts'
import type { FinishedFile } from '../../../samples/riverside/project.ts'
import { sha256Hex, utf8 } from '../../core/canonical.ts'
import { judgeGiven } from '../../core/data/fhir/given.ts'
import { reconcile } from '../../core/data/reconcile/reconcile.ts'
import { validate } from '../../core/data/validate/validate.ts'
import { fileHash } from '../../core/file-hash.ts'
import { bytesSource, finish } from '../../core/operation.ts'
import { openProject } from '../../core/project/format/open.ts'
import type { Project } from '../../core/project/format/project.ts'
import { recordName } from '../../core/project/format/record-name.ts'
import { runInput } from '../../core/project/runs/run-input.ts'
import { checkingQuestion, pairingQuestion, reconciledFiles } from '../../core/project/runs/run-questions.ts'
import { draw } from '../../core/review/draw/draw.ts'
import { buildFrame } from '../../core/review/draw/frame.ts'
import type { PairResult } from '../../core/review/model/pair-types.ts'
import { pairAll, pairRecords } from '../../core/review/pair/pair.ts'
import { drawCounts, planSizes } from '../../core/review/plan/sampling-plan.ts'
import { stratify } from '../../core/review/plan/strata.ts'
import { cloneableText } from '../../core/values/cloneable-text.ts'
import { readWorkflow } from '../../core/workflow/map/files.ts'
import { judge } from '../../core/workflow/simulation/judge.ts'
import { printOut } from '../shell/print.ts'

declare const __VERSION__: string

/** Writes `index.json`, the files and the answers into a folder, which is emptied first. */
async function writePreparedSample(folder: string): Promise<PreparedIndex> {
  const { files, data } = await sampleFiles()
  const { project } = openProject(files)
  if (!project) throw new Error('The files of the sample are no project')
  rmSync(folder, { recursive: true, force: true })
  const write = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
    return { path, sha256: sha256Hex(bytes) }
  }
  const dataPaths = new Set([...data.map(({ path }) => path), truthPath])
  const kept = [...files].filter(([path]) => dataPaths.has(path))
  const answers = []
  for (const { operation, question, answer } of await answered(project, files)) {
    const key = answerKey(operation, question)
    answers.push({ key, operation, ...write(`answers/${key.slice(0, 16)}.json`, utf8(cloneableText(answer))) })
  }
  const index: PreparedIndex = {
    version: __VERSION__,
    data,
    files: kept.map(([path, bytes]) => ({ ...write(`files/${path}`, bytes), path })),
    answers,
  }
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index, null, 1)}\n`)
  return index
}

async function sampleFiles() {
  const parts = new Map<string, Uint8Array[]>()
  const add = ({ path, bytes }: { readonly path: string; readonly bytes: Uint8Array }) =>
    parts.set(path, [...(parts.get(path) ?? []), bytes])
  for (const chunk of workflowChunks()) add(chunk)
  const options = { patients: preparedPatients }
  const writing = generateData(options, () => fileHash(0))
  let step = writing.next()
  for (; !step.done; step = writing.next()) add(step.value)
  const data: FinishedFile[] = []
  for (const { path, bytes, records, hash } of step.value) data.push({ path, bytes, records, sha256: await hash.digest() })
  // The files of the board are dated from the day on which the sample is opened: they are written then.
  const project = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const chunk of generateProject(options, data)) add(chunk)
  for (const [path, chunks] of parts) project.set(path, new Uint8Array(Buffer.concat(chunks)))
  return { files: project, data }
}

interface Answered {
  readonly operation: PreparedOperation
  readonly question: unknown
  readonly answer: unknown
}

/** The questions of "Run all checks" on the sample as it is opened, with their answers. */
async function answered(project: Project, files: ReadonlyMap<string, Uint8Array>): Promise<readonly Answered[]> {
  const { signal } = new AbortController()
  const seed = '1'
  const path = (side: string | null, name: string): string => `private/${side}/${name}`
  const digests = new Map(project.sources.map(({ id, side, name }) => [id, sha256Hex(bytesOf(files, path(side, name)))]))
  const bytes = new Map(project.sources.map(({ id, side, name }) => [id, bytesSource(name, bytesOf(files, path(side, name)))]))
  const opened = <One extends { readonly file: ReturnType<typeof bytesSource> }>(inputs: readonly One[]) =>
    inputs.map(({ file, ...rest }) => ({ ...rest, source: file }))

  const read = runInput(project, riversideDefaults.asOf)
  if (!read.ok) throw new Error(`${read.path}: ${read.problem}`)
  const { inputs, definitions, profiles, ...checking } = checkingQuestion(read.input, bytes, seed)
  const validation = await finish(
    validate({ ...checking, inputs: opened(inputs) }, signal, judgeGiven({ definitions, profiles })),
  )
  const pairing = pairingQuestion(project, bytes, riversideDefaults.asOf)
  if (!pairing) throw new Error('The sample has no two sides')
  const paired = await finish(pairAll({ ...pairing, inputs: opened(pairing.inputs), seed }, signal))
  const records = await finish(
    pairRecords({ ...pairing, inputs: opened(pairing.inputs), keys: drawnKeys(project, paired) }, signal),
  )
  const sides = reconciledFiles(project.sources, project.schemas, bytes)
  const reconciling = { mapping: pairing.mapping, explained: [], seed }
  const reconciled = await finish(reconcile({ ...reconciling, inputs: opened(sides) }, signal))
  const judged: Answered[] = []
  for (const { id, ...documents } of project.workflows) {
    const workflow = readWorkflow(id, documents).value
    judged.push({ operation: 'judge', question: workflow, answer: await finish(judge(workflow, signal)) })
  }
  return [
    { operation: 'validate', question: checkingQuestion(read.input, digests, seed), answer: validation },
    {
      operation: 'pair',
      question: { ...pairingQuestion(project, digests, riversideDefaults.asOf), seed },
      answer: paired,
    },
    { operation: 'records', question: pairingQuestion(project, digests, riversideDefaults.asOf), answer: records },
    {
      operation: 'reconcile',
      question: { inputs: reconciledFiles(project.sources, project.schemas, digests), ...reconciling },
      answer: reconciled,
    },
    ...judged,
  ]
}

/** The patients that the review of the sample draws: the page draws them again, by the same steps, and records each. */
function drawnKeys({ manifest }: Project, population: PairResult): readonly string[] {
  const { strata } = stratify(population, sampleStrata)
  const keyOf = new Map<string, string>()
  const units = strata.flatMap(({ id, keys }) =>
    keys.map((key) => {
      const name = recordName(sampleSalt(manifest.id), key)
      keyOf.set(name, key)
      return [id, name] as const
    }),
  )
  const built = buildFrame(units)
  if (!built.ok) throw new Error(built.problems.join(' '))
  const wishes = strata.map(({ keys: _, booked = 0, ...wish }) => ({ ...wish, booked }))
  const sizes = planSizes(sampleClaims, wishes, sampleErrorsAllowed)
  const drawn = draw(built.frame, sampleSeed, drawCounts(sizes))
  if (!drawn.ok) throw new Error(drawn.problem)
  return drawn.records.flatMap(({ id }) => keyOf.get(id) ?? [])
}

function bytesOf(files: ReadonlyMap<string, Uint8Array>, path: string): Uint8Array {
  const bytes = files.get(path)
  if (!bytes) throw new Error(`${path} is no file of the sample`)
  return bytes
}

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('it takes the folder to write into')
const { files, answers } = await writePreparedSample(folder)
printOut(`${files.length} files and ${answers.length} answers in ${folder}\n`)
