/** What the sample clinic has gathered for its board three weeks before go-live, and what is planted in it, one thing in every phase and two more. */
import { sha256Hex, utf8 } from '../../src/core/canonical.ts'
import type { WorkflowDocuments } from '../../src/core/project/format/project.ts'
import { makeKit } from '../../src/core/readiness/downtime/kit.ts'
import { kitPath, kitText } from '../../src/core/readiness/downtime/kit-record.ts'
import { inputFiles, inputPath } from '../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../src/core/readiness/input-files/input-file.ts'
import { keptInput } from '../../src/core/readiness/input-files/write-input.ts'
import { addDays } from '../../src/core/values/day.ts'
import type { Clinic } from '../readiness/clinic.ts'
import { exampleFiles } from '../readiness/example-files.ts'
import { type Flaw, flaws } from '../readiness/flaws.ts'
import type { SampleChunk } from './file-writer.ts'
import { riversideWorkflowFiles, riversideWorkflows } from './workflows/index.ts'

export const readinessTruthPath = 'private/readiness-truth.json'

const planted: readonly Flaw[] = [
  'feedback-unanswered',
  'owner-without-hours',
  'interface-without-clause',
  'interface-without-retry',
  'nurse-failed',
  'rollback-unsigned',
  'line-unanswered',
  'area-unowned',
]

/** Days from the day of the board to go-live: a pilot has used the system for months, the clinic has not. */
const daysAhead = 21

/**
 * Files of the board as the project keeps them, and the truth about what is planted.
 * @param asOf the day on which the board is looked at; the files are dated from it
 */
export function* readinessChunks(asOf: string, sources: Clinic['sources']): Iterable<SampleChunk> {
  const goLive = addDays(asOf, daysAhead)
  const clinic: Clinic = { asOf, goLive, workflows: [...riversideWorkflows.values()], sources, flaws: new Set(planted) }
  const other = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const [kind, text] of exampleFiles(clinic)) {
    const file: InputFile = inputFiles[kind]
    // Nobody in the sample exists, so the salt that hides the numbers needs no secret.
    const bytes = utf8(keptInput(file, text, (number) => sha256Hex(`riverside ${number}`)))
    other.set(inputPath(kind), bytes)
    yield { path: inputPath(kind), bytes }
  }
  const kit = makeKit({ other, ledger: [], workflows: [...riversideWorkflows.keys()].map(documentsOf) }, asOf)
  if (kit) yield { path: kitPath, bytes: utf8(kitText(kit)) }
  const truth = { asOf, goLive, planted: planted.map((name) => ({ name, ...flaws[name] })) }
  yield { path: readinessTruthPath, bytes: utf8(`${JSON.stringify(truth, null, 2)}\n`) }
}

/** A pair as a project reads it from its files. */
function documentsOf(id: string): WorkflowDocuments {
  const read = (name: string): WorkflowDocuments['current'] =>
    JSON.parse(riversideWorkflowFiles.get(`workflows/${id}/${name}.json`) ?? 'null')
  return { id, current: read('current'), future: read('future'), trace: read('trace'), scenario: read('scenario') }
}
