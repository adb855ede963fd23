/** `review/hazards.json`: every act on the hazard log, with the hazard before and after it. */
import * as v from 'valibot'
import { type Kept, object } from '../../values/document.ts'

const grade = v.picklist([1, 2, 3, 4, 5])
/** From 1 to 5. */
export type Grade = Kept<typeof grade>

export const hazardStates = ['open', 'controlled', 'accepted', 'closed'] as const
export type HazardState = (typeof hazardStates)[number]

const hazardSource = object({
  /** `finding`: a critical finding of a run; `verdicts`: what readers called harmful or wrong; `named`: a person thought of it. */
  kind: v.picklist(['finding', 'verdicts', 'named']),
  code: v.nullable(v.string()),
  domain: v.nullable(v.string()),
  /** Number of the run. */
  run: v.nullable(v.number()),
  occurrences: v.nullable(v.number()),
  patients: v.nullable(v.number()),
  harmful: v.nullable(v.number()),
  wrong: v.nullable(v.number()),
})
/** Where a hazard was seen first. Counts are those of that run; null where they say nothing. */
export type HazardSource = Kept<typeof hazardSource>

/** One value of `private/hazards.json`. */
export const hazardTexts = object({
  hazard: v.string(),
  cause: v.string(),
  effect: v.string(),
  controls: v.string(),
  owner: v.string(),
})
/** What people write about a hazard. */
export type HazardTexts = Kept<typeof hazardTexts>

const hazardGrades = object({
  severity: grade,
  likelihood: grade,
  /** After the controls; null until they are judged. */
  residualSeverity: v.nullable(grade),
  residualLikelihood: v.nullable(grade),
})
export type HazardGrades = Kept<typeof hazardGrades>

/** What a person decides about a hazard. */
export interface HazardWords extends HazardTexts, HazardGrades {}

const hazard = object({
  /** `H-` and eight hexadecimal digits. */
  id: v.string(),
  /** Digest of the texts in `private/hazards.json`. */
  words: v.string(),
  hasControls: v.boolean(),
  ...hazardGrades.entries,
  status: v.picklist(hazardStates),
  from: hazardSource,
})
export type Hazard = Kept<typeof hazard>

export const hazardActions = ['hazard-added', 'hazard-changed', 'hazard-accepted', 'hazard-closed'] as const
export type HazardAction = (typeof hazardActions)[number]

const hazardAct = object({
  action: v.picklist(hazardActions),
  /** Acts on this hazard before it, plus one. */
  n: v.number(),
  by: v.string(),
  /** RFC 3339, as the ledger has it. */
  at: v.string(),
  /** Digest of the reason in `private/hazards.json`. */
  reason: v.string(),
  before: v.nullable(hazard),
  after: hazard,
  /** Only where it closes: the run that no longer shows it, or the hash of the safety officer's signature over the accepted risk. */
  evidence: v.nullable(object({ run: v.nullable(v.number()), page: v.nullable(v.string()) })),
})
export type HazardAct = Kept<typeof hazardAct>

/** `review/hazards.json`. */
export const hazardsDocument = v.array(hazardAct)
