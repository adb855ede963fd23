/** One execution of all checks over inputs known by digest: counts and places, no values. `runs/<id>/summary.json`. */

import * as v from 'valibot'
import { sides } from '../../data/model/source.ts'
import { safetyClasses, severities } from '../../finding.ts'
import { type Kept, map, mapBy, object } from '../../values/document.ts'

const runFinding = object({
  code: v.string(),
  severity: v.picklist(severities),
  place: v.string(),
  /** Name of the input, workflow id, or null. */
  input: v.nullable(v.string()),
  count: v.number(),
  denominator: v.nullable(v.number()),
  patients: v.nullable(v.number()),
  fingerprint: v.string(),
  /** Survival outcome of a workflow finding; null elsewhere. */
  outcome: v.nullable(v.string()),
  /** Occurrences in records whose patient is not named or not found. Absent where there are none, and in runs of early versions. */
  withoutPatient: v.exactOptional(v.number()),
  /** What of a patient's record it is about. Absent where nobody knows, and in runs of early versions. */
  safety: v.exactOptional(v.picklist(safetyClasses)),
})
/** A finding as a run keeps it: no excerpts, no patient keys, row numbers only. */
export type RunFinding = Kept<typeof runFinding>

const runInput = object({
  name: v.string(),
  side: v.picklist(sides),
  bytes: v.number(),
  sha256: v.string(),
  /** `sha256:…` of how it was read: side, table, format, choices, schema. Absent in runs of early versions. */
  reading: v.exactOptional(v.string()),
  records: v.number(),
  status: v.picklist(['read', 'partial', 'unreadable']),
})
export type RunInput = Kept<typeof runInput>

/** Entries by what became of them. */
const pairs = { same: v.number(), sameAfterRule: v.number(), changed: v.number(), lost: v.number(), appeared: v.number() }
const runPairs = object(pairs)
/** Entries of one legacy table by what became of them. */
export type RunPairs = Kept<typeof runPairs>

const runPairing = object({
  patients: v.number(),
  items: v.number(),
  ...pairs,
  /** Patients whose allergy state differs between the sides, by "legacy → target". */
  allergyStates: map(v.number()),
  /** The same counts by legacy table; absent in runs of before they were kept. */
  tables: v.exactOptional(map(runPairs)),
  /** Compared entries by what of a record they are; a class without any is left out. Absent in runs of before they were kept. */
  bySafety: v.exactOptional(mapBy(v.picklist(safetyClasses), v.number())),
})
/** Outcome of pairing every legacy record with its migrated one. */
export type RunPairing = Kept<typeof runPairing>

const runWorkflow = object({
  id: v.string(),
  /** Digest of current, future, trace and scenario together. */
  digest: v.string(),
  traced: object({ of: v.number(), n: v.number() }),
  /** Seconds; mean over replications with its 95 % interval. */
  leadTime: v.nullable(object({ current: v.number(), future: v.number() })),
  replications: v.number(),
})
export type RunWorkflow = Kept<typeof runWorkflow>

const patientsAtRisk = object({
  side: v.nullable(v.picklist(sides)),
  patients: v.number(),
  /** Records of the table of patients of that side; null where none is known. */
  of: v.nullable(v.number()),
  /** The same by safety class of the findings; a patient may be in several. */
  bySafety: mapBy(v.picklist(safetyClasses), v.number()),
})

export const runDocument = object({
  id: v.string(),
  /** Counts from 1 in a project: what people call "run 3". */
  number: v.number(),
  started: v.string(),
  tool: v.string(),
  seed: v.string(),
  /** A cancelled or failed run is partial; partial results are never evidence. */
  partial: v.boolean(),
  inputs: v.array(runInput),
  /** Digest of the mapping used for pairing, of the schemas, and of the thresholds of the rules. */
  mapping: v.nullable(v.string()),
  schemas: v.string(),
  policy: v.string(),
  findings: v.array(runFinding),
  rulesRun: v.number(),
  notEvaluated: v.array(object({ what: v.string(), why: v.string() })),
  pairing: v.nullable(runPairing),
  workflows: v.array(runWorkflow),
  /** Patients that critical findings of the files touch, once each, by side. Absent in runs of early versions. */
  patientsAtRisk: v.exactOptional(v.array(patientsAtRisk)),
  /** `sha256:…` of `rules/severity.json`. Absent where the project has none, and in runs of early versions. */
  severityRules: v.exactOptional(v.string()),
})
export type RunSummary = Kept<typeof runDocument>
