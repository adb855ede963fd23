/** The page that a person signs; what has another shape is no signature. */
import * as v from 'valibot'
import { claimClasses } from '../../review/model/claim.ts'
import { blindChoices } from '../../review/plan/sampling-plan.ts'
import { type Kept, object } from '../../values/document.ts'

export const meanings = ['review', 'approval', 'rejection', 'responsibility', 'authorship'] as const
export type Meaning = (typeof meanings)[number]

/** Digests of everything a signature speaks about; null where the project has none yet. */
const digests = object({
  frame: v.nullable(v.string()),
  plan: v.nullable(v.string()),
  mapping: v.string(),
  sources: v.string(),
  run: v.nullable(v.string()),
  /** The whole document of the draw: seed, who rolled, how often, why again, records. */
  sample: v.nullable(v.string()),
  verdicts: v.string(),
  /** Absent in signatures of early versions. */
  baseline: v.exactOptional(v.string()),
})
export type CoveredDigests = Required<Kept<typeof digests>>

const claimResult = object({
  claim: v.string(),
  class: v.picklist(claimClasses),
  domain: v.nullable(v.string()),
  tolerablePpm: v.number(),
  riskPpm: v.number(),
  size: v.number(),
  intolerable: v.number(),
  n: v.number(),
  x: v.number(),
  mustSee: v.number(),
  mustSeeWrong: v.number(),
  upper: v.number(),
  holds: v.boolean(),
  corrected: v.exactOptional(object({ seeded: v.number(), caught: v.number(), least: v.number(), upper: v.number() })),
  stopping: v.exactOptional(
    object({
      decision: v.picklist(['accept', 'continue', 'full-review']),
      p: v.number(),
      reviewed: v.number(),
      wrong: v.number(),
      listed: v.number(),
    }),
  ),
  unmeasured: v.exactOptional(v.string()),
  unjudged: v.exactOptional(v.literal(true)),
})

const agreement = object({
  records: v.number(),
  percent: v.number(),
  ac1: v.number(),
  low: v.number(),
  high: v.number(),
  kappa: v.number(),
  onErrors: v.nullable(v.number()),
  gate: v.picklist(['met', 'failed', 'too-few']),
  changed: v.exactOptional(v.number()),
})

const caught = { seeded: v.number(), caught: v.number() }

const readerCalibration = object({
  reader: v.string(),
  defects: v.number(),
  caught: v.number(),
  clean: v.number(),
  falseAlarms: v.number(),
  skipped: v.array(v.string()),
})

const readerAttention = object({
  reader: v.string(),
  records: v.number(),
  sections: v.number(),
  tooQuick: v.number(),
  unconfirmed: v.number(),
  unopened: v.number(),
})

const waiverSchema = object({
  duty: v.string(),
  by: v.string(),
  reason: v.string(),
  /** RFC 3339. */
  at: v.string(),
})
/** A separation of duties that was waived, as pages print it. */
export type Waiver = Kept<typeof waiverSchema>

const acceptedWork = object({
  device: v.string(),
  entries: v.number(),
  by: v.string(),
  reason: v.string(),
  /** RFC 3339. */
  at: v.string(),
})
/** Work of somebody without a role that was accepted by name, as pages print it. */
export type AcceptedWork = Kept<typeof acceptedWork>

const settledFork = object({
  device: v.string(),
  seq: v.number(),
  by: v.string(),
  reason: v.string(),
  at: v.string(),
  /** Entries put aside. */
  entries: v.number(),
})
/** What a signed page says of the forks that were settled before it. */
export type SettledFork = Kept<typeof settledFork>

/** The page that a person signs. */
export const signaturePage = object({
  format: v.literal('carryover-signature/1'),
  /** Which rules its numbers follow; absent in signatures made before seeded defects and agreement gated. */
  rules: v.exactOptional(v.number()),
  /** The text exactly as it was shown. */
  statement: v.string(),
  meaning: v.picklist(meanings),
  /** A review signed before everything that the plan asks for was read; absent otherwise. It speaks for what its signer read by then. */
  part: v.exactOptional(v.literal(true)),
  name: v.string(),
  role: v.string(),
  /** RFC 3339 with offset. */
  time: v.string(),
  project: object({ id: v.string(), name: v.string(), legacy: v.string(), target: v.string() }),
  head: object({
    digest: v.string(),
    devices: v.array(object({ device: v.string(), size: v.number(), root: v.string() })),
  }),
  digests,
  run: v.nullable(object({ id: v.string(), number: v.number() })),
  draw: v.nullable(
    object({
      seed: v.string(),
      rolledBy: v.array(v.string()),
      times: v.number(),
      /** Samples drawn in the project, from whatever list of records; absent in signatures of early versions. */
      total: v.exactOptional(v.number()),
      reason: v.nullable(v.string()),
      /** Records on the list drawn first, where it was extended to every record afterwards; else absent. */
      first: v.exactOptional(v.number()),
    }),
  ),
  population: v.number(),
  claims: v.array(claimResult),
  progress: object({
    sample: v.number(),
    judged: v.number(),
    skipped: v.number(),
    harmful: v.number(),
    wrong: v.number(),
    cannotTell: v.number(),
    acceptable: v.number(),
  }),
  /** Second readings and how far readers agree; absent in signatures of early versions, null where the plan asks for one reader only. */
  double: v.exactOptional(
    v.nullable(object({ wanted: v.number(), read: v.number(), disagreements: v.number(), adjudicated: v.number() })),
  ),
  agreement: v.exactOptional(v.nullable(agreement)),
  /** Seeded defects caught; absent in signatures of early versions, null where none was seeded. */
  sensitivity: v.exactOptional(
    v.nullable(
      object({
        ...caught,
        readers: v.array(object({ reader: v.string(), ...caught })),
        told: v.exactOptional(v.number()),
      }),
    ),
  ),
  /** Prepared records that opened sessions; absent in signatures of early versions, null where the plan asked for none. */
  calibration: v.exactOptional(v.nullable(object({ readers: v.array(readerCalibration) }))),
  /** Sections that were confirmed too quickly or not read, by reader; absent where no chart was read, and in signatures of early versions. */
  attention: v.exactOptional(v.array(readerAttention)),
  /** Where the plan hides what the program found until readers have judged; absent where the plan does not say it. */
  blind: v.exactOptional(v.picklist(blindChoices)),
  /** Verdicts that readers changed once they had seen what the program had found; absent where there is none. */
  unblinded: v.exactOptional(v.array(object({ reader: v.string(), records: v.number(), verdicts: v.number() }))),
  /** Records read by each reader, sorted by reader. */
  readers: v.array(object({ reader: v.string(), records: v.number() })),
  /** Records that each reader judged with the program's notes hidden, as noted at reading; absent in signatures before rules 3. */
  notes: v.exactOptional(v.array(object({ reader: v.string(), hidden: v.number(), open: v.number(), unknown: v.number() }))),
  /** Names of readers who enrolled one; absent in signatures before rules 3. */
  people: v.exactOptional(v.array(object({ reader: v.string(), name: v.string() }))),
  /** Records by reader with how each read; absent in signatures of early versions. */
  reads: v.exactOptional(v.array(object({ reader: v.string(), records: v.number(), second: v.number(), decided: v.number() }))),
  /** Slug of who signs; absent in signatures of early versions. */
  signer: v.exactOptional(v.string()),
  /** Why this person approves although a claim does not hold, or does not approve; absent where nothing was given. */
  reason: v.exactOptional(v.string()),
  /** Findings of the run by severity, without and with an accepted reason. */
  open: object({ critical: v.number(), error: v.number(), warning: v.number(), info: v.number() }),
  accepted: v.array(object({ fingerprint: v.string(), reason: v.string(), by: v.string() })),
  /** The hazard log by state and residual risk; absent where it is empty, and in signatures of early versions. */
  hazards: v.exactOptional(
    object({
      states: object({
        open: v.array(v.number()),
        controlled: v.array(v.number()),
        accepted: v.array(v.number()),
        closed: v.array(v.number()),
      }),
      signed: v.boolean(),
    }),
  ),
  /** Domains the signature is about. */
  covers: v.array(v.string()),
  tool: v.string(),
  /** Forks of the ledger that were settled before; absent where there were none, and in signatures of early versions. */
  forks: v.exactOptional(v.array(settledFork)),
  /** Separations of duties that were waived before; absent where none was, and in signatures of early versions. */
  waivers: v.exactOptional(v.array(waiverSchema)),
  /** Work of people without a role that was accepted before; absent where none was, and in signatures of early versions. */
  held: v.exactOptional(v.array(acceptedWork)),
  /** When the key was enrolled that this one took the place of, RFC 3339; absent where it is this person's first one there. */
  keyReplaced: v.exactOptional(v.string()),
})
export type SignaturePayload = Kept<typeof signaturePage>
