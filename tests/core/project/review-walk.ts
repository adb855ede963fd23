/** A whole review from plan to signature, for tests: 40 records, one of them must-see. */

import type { Hand, Step } from '../../../src/core/project/acts/hand.ts'
import type { Project, ProjectFiles } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import {
  addVerdicts,
  drawSample,
  enrolKey,
  lockPlan,
  type ReviewAct,
  sign,
} from '../../../src/core/project/review/review-steps.ts'
import type { Signer, SigningWords } from '../../../src/core/project/signing/signature.ts'
import { buildFrame, type Frame } from '../../../src/core/review/draw/frame.ts'
import type { Claim } from '../../../src/core/review/model/claim.ts'
import type { RecordEvent, Verdict } from '../../../src/core/review/model/review-event.ts'
import { planSizes, type SamplingPlan, strataOf } from '../../../src/core/review/plan/sampling-plan.ts'
import { generateKeyPair, signerOf } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'

export const hand: Hand = { device: 'd1', actor: 'r-haas', wall: '2026-03-02T09:00:00+01:00' }

export const words: SigningWords = {
  statement: 'I reviewed these records.',
  meaning: 'review',
  name: 'Dr. Rita Haas',
  role: 'Reviewer',
  time: '2026-03-02T10:15:00+01:00',
  covers: ['Allergies', 'Medicines'],
  tool: 'carryover 0.1.0',
}

const claims: readonly Claim[] = [
  { id: 'record-harmful', class: 'harmful', domain: null, tolerablePpm: 100_000, riskPpm: 50_000 },
  { id: 'record-wrong', class: 'wrong-or-worse', domain: null, tolerablePpm: 200_000, riskPpm: 50_000 },
]

export function ok(step: Step): Project {
  if (!step.ok) throw new Error(step.problem)
  return step.project
}

export function exampleFrame(): Frame {
  const units = Array.from(
    { length: 40 },
    (_, n) => [n === 0 ? 'must-see' : 'all', `record-${String(n).padStart(2, '0')}`] as const,
  )
  const built = buildFrame(units)
  if (!built.ok) throw new Error(built.problems.join(' '))
  return built.frame
}

export function examplePlan(frame: Frame): SamplingPlan {
  const { strata } = planSizes(claims, strataOf(frame, new Map()), 0)
  return {
    format: 'carryover-plan/1',
    unit: 'patient record',
    claims,
    strata,
    errorsAllowed: 0,
    secondReaderPpm: 0,
    lookSeconds: 3,
    criteria: 'Harmful: could change a treatment.',
  }
}

export function drawnProject(): Project {
  const frame = exampleFrame()
  const locked = ok(lockPlan(exampleProject(), examplePlan(frame), frame, hand))
  return ok(drawSample(locked, '01234567890123456789', ['r-haas', 'a-keller'], null, hand))
}

export const judged = (
  record: string,
  reading: RecordEvent['reading'] = 'first',
  verdict: Verdict = 'acceptable',
): ReviewAct => ({
  kind: 'record',
  record,
  verdict,
  differences: 0,
  reading,
  seconds: 20,
  comment: null,
})

export async function exampleSigner(): Promise<Signer> {
  return await signerOf(await generateKeyPair())
}

export async function signedProject(signer: Signer): Promise<Project> {
  const project = drawnProject()
  const acts = (project.review.draw?.records ?? []).map((each) => judged(each.id))
  const read = ok(addVerdicts(project, acts, hand))
  const key = {
    id: 'k1',
    actor: 'r-haas',
    name: words.name,
    role: words.role,
    device: 'd1',
    created: hand.wall,
    publicKey: signer.publicKey,
  }
  return ok(await sign(enrolKey(read, key, hand), words, signer, hand))
}

export async function signedFiles(signer: Signer): Promise<ProjectFiles> {
  return saveProject(await signedProject(signer))
}
