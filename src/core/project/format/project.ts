/** The project format, version 1: which document lies where, and what the app holds in memory. */
import * as v from 'valibot'
import type { Json } from '../../canonical.ts'
import type { AcceptanceEntry } from '../../data/baseline/acceptance.ts'
import type { SourceEntry } from '../../data/model/source.ts'
import { type CalibrationEvent, earlierSessionsSchema } from '../../review/decision/calibration.ts'
import type { Draw } from '../../review/draw/draw.ts'
import type { ReviewEvent } from '../../review/model/review-event.ts'
import type { Trap } from '../../review/model/trap.ts'
import type { SamplingPlan } from '../../review/plan/sampling-plan.ts'
import { day, json, type Kept, listBy, map, object } from '../../values/document.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import type { RunSummary } from './run.ts'

/** Path inside the project → bytes: what a folder, a zip and the browser's store have in common. */
export type ProjectFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

export const formatVersion = 1

const readerMark = object({
  bundle: v.string(),
  /** Id of the project that the bundle was written from. */
  project: v.string(),
  /** Slug, printed name and role of the one person who reads here. */
  reader: v.string(),
  name: v.string(),
  role: v.string(),
  /** The chain of this opening of the bundle; another opening has another one. */
  device: v.string(),
  /** Sessions of this reader before the bundle; absent where there were none, and in bundles of early versions. */
  before: v.exactOptional(earlierSessionsSchema),
})
/** Whose bundle this is, and which project it belongs to. */
export type ReaderMark = Kept<typeof readerMark>

/** `carryover.json`. */
export const manifestDocument = object({
  $schema: v.exactOptional(v.string()),
  formatVersion: v.number(),
  /** Random, stays the same for the life of the project; part of every signature. */
  id: v.string(),
  name: v.string(),
  /** Names of the two systems, for people. */
  legacy: v.string(),
  target: v.string(),
  /** RFC 3339. */
  created: v.string(),
  tool: v.string(),
  /** Origins of FHIR servers the project was read from; never a secret. */
  servers: v.array(v.string()),
  /** The day that the extract was taken, YYYY-MM-DD: what rules call today. Where it is left out, the day of the run counts; null says the same. */
  asOf: v.exactOptional(v.nullable(day())),
  /** Only where this is what one reader was given of another project. */
  reader: v.exactOptional(readerMark),
})
export type Manifest = Kept<typeof manifestDocument>

const boardStatement = object({
  id: v.string(),
  /** Criterion code. */
  criterion: v.string(),
  text: v.string(),
  by: v.string(),
  role: v.string(),
  reason: v.string(),
  at: v.string(),
  /** Date after which it counts no more, or null. */
  expires: v.nullable(v.string()),
})
/** A sentence of a person on the board: a claim with a name under it, not evidence. */
export type BoardStatement = Kept<typeof boardStatement>

const boardLimit = object({
  /** Criterion code. */
  criterion: v.string(),
  from: map(v.number()),
  to: map(v.number()),
  by: v.string(),
  role: v.string(),
  reason: v.string(),
  at: v.string(),
})
/** A limit that a named person changed, with old and new values; the ledger names it by digest. */
export type BoardLimit = Kept<typeof boardLimit>

/** `board.json`. */
export const boardDocument = object({
  goLive: v.nullable(v.string()),
  owners: map(v.string()),
  /** By criterion code, then by name; set before the data, changed only with a ledger entry. */
  thresholds: map(map(v.number())),
  statements: listBy('id', boardStatement),
  /** In the order they were set; absent in early versions, which kept no reason. */
  limits: v.exactOptional(v.array(boardLimit)),
})
export type Board = Kept<typeof boardDocument>

/** The documents of one workflow pair as parsed JSON; the workflow wing reads and checks them. */
export interface WorkflowDocuments {
  readonly id: string
  readonly current: Json | null
  readonly future: Json | null
  readonly trace: Json | null
  readonly scenario: Json | null
}

/** One accepted finding of `baseline.json`. */
export type AcceptedFinding = AcceptanceEntry

/** `keys/<id>.pub.json`: a public key that was enrolled for a person. */
export const keyDocument = object({
  id: v.string(),
  actor: v.string(),
  name: v.string(),
  role: v.string(),
  device: v.string(),
  created: v.string(),
  /** JWK of an ECDSA P-256 public key. */
  publicKey: json(),
})
export type PublicKeyFile = Kept<typeof keyDocument>

export interface ReviewDocuments {
  readonly plan: SamplingPlan | null
  /** Text of `review/frame.tsv`, exactly as committed. */
  readonly frame: string | null
  readonly draw: Draw | null
  /** Seeded defects, once revealed by a signature; before that they are in `private/`. */
  readonly traps?: readonly Trap[] | null
  readonly events: readonly ReviewEvent[]
  /** What readers said of prepared records, before and apart from any verdict. */
  readonly calibration?: readonly CalibrationEvent[]
}

export const chainEnd = object({ device: v.string(), seq: v.number(), hash: v.string() })
export type ChainEnd = Kept<typeof chainEnd>

const signedHead = object({
  device: v.string(),
  seq: v.number(),
  hash: v.string(),
  /** Ends of the other chains as this device knew them then, sorted by device; absent in heads of early versions. */
  seen: v.exactOptional(v.array(chainEnd)),
  /** base64url; ECDSA P-256 as raw r‖s. */
  signature: v.string(),
})
/** The entry that the chain of a device ended with when that device signed it last. */
export type SignedHead = Kept<typeof signedHead>

/** `ledger-heads.json`. */
export const headsDocument = v.array(signedHead)

/** An open project. Every part is immutable: a change is a new part in a new project object, the others stay the same objects. */
export interface Project {
  readonly manifest: Manifest
  readonly board: Board
  /** Sorted by id. */
  readonly workflows: readonly WorkflowDocuments[]
  readonly sources: readonly SourceEntry[]
  /** By path, e.g. `schemas/allergies.json`. */
  readonly schemas: ReadonlyMap<string, Json>
  /** Text by path: `mapping/fields.csv`, `mapping/values/<map>.csv`. */
  readonly mapping: ReadonlyMap<string, string>
  /** Sorted by number. */
  readonly runs: readonly RunSummary[]
  readonly baseline: readonly AcceptedFinding[]
  readonly review: ReviewDocuments
  readonly ledger: readonly LedgerEntry[]
  /** `ledger-heads.json`, sorted by device. */
  readonly heads: readonly SignedHead[]
  readonly keys: readonly PublicKeyFile[]
  /** Lines of ledger, verdicts and calibration by path that this version can not read; each save keeps them. */
  readonly unread: ReadonlyMap<string, readonly string[]>
  /** Anything about persons, by path below the project (`private/salt.json` …); never in a zip unless sealed. */
  readonly private: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  /** Files this version does not know; kept as they are. */
  readonly other: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
  /** Why nothing may be changed (a newer format), or null. */
  readonly readOnly: string | null
  /** What each path held when it was opened or last saved: an unchanged document keeps its bytes. */
  readonly saved: ReadonlyMap<string, SavedFile>
}

/** Bytes of a path with the value they were read into. */
export interface SavedFile {
  readonly value: unknown
  readonly bytes: Uint8Array<ArrayBuffer>
}
