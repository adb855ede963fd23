/** What the sample clinic has gathered for its board three weeks before go-live, and what is planted in it, one thing in every phase and two more. */
import { sha256Hex, utf8 } from '../../src/core/canonical.ts'
import { addDays } from '../../src/core/readiness/day.ts'
import { inputFiles, inputPath } from '../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../src/core/readiness/input-files/input-file.ts'
import { keptInput } from '../../src/core/readiness/input-files/write-input.ts'
import type { Clinic } from '../readiness/clinic.ts'
import { exampleFiles } from '../readiness/example-files.ts'
import { type Flaw, flaws } from '../readiness/flaws.ts'
import type { SampleChunk } from './file-writer.ts'
import { riversideWorkflows } from './workflows/index.ts'

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
  for (const [kind, text] of exampleFiles(clinic)) {
    const file: InputFile = inputFiles[kind]
    // Nobody in the sample exists, so the salt that hides the numbers needs no secret.
    yield { path: inputPath(kind), bytes: utf8(keptInput(file, text, (number) => sha256Hex(`riverside ${number}`))) }
  }
  const truth = { asOf, goLive, planted: planted.map((name) => ({ name, ...flaws[name] })) }
  yield { path: readinessTruthPath, bytes: utf8(`${JSON.stringify(truth, null, 2)}\n`) }
}
