/** The project format, version 1: which document lies where, and what the app holds in memory. */
import type { Json } from '../../canonical.ts'
import type { AcceptanceEntry } from '../../data/baseline/acceptance.ts'
import type { SourceEntry } from '../../data/model/source.ts'
import type { CalibrationEvent, EarlierSessions } from '../../review/decision/calibration.ts'
import type { Draw } from '../../review/draw/draw.ts'
import type { Trap } from '../../review/model/pair-types.ts'
import type { ReviewEvent } from '../../review/model/review-event.ts'
import type { SamplingPlan } from '../../review/plan/sampling-plan.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import type { RunSummary } from './run.ts'

/** Path inside the project → bytes: what a folder, a zip and the browser's store have in common. */
export type ProjectFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

export const formatVersion = 1

/** `carryover.json`. Unknown members are kept. */
export interface Manifest {
  readonly $schema: string
  readonly formatVersion: number
  /** Random, stays the same for the life of the project; part of every signature. */
  readonly id: string
  readonly name: string
  /** Names of the two systems, for people. */
  readonly legacy: string
  readonly target: string
  /** RFC 3339. */
  readonly created: string
  readonly tool: string
  /** Origins of FHIR servers the project was read from; never a secret. */
  readonly servers: readonly string[]
  /** The day that the extract was taken, YYYY-MM-DD: what rules call today. Where it is left out, the day of the run counts; null says the same. */
  readonly asOf?: string | null
  /** Only where this is what one reader was given of another project. */
  readonly reader?: ReaderMark
}

/** Whose bundle this is, and which project it belongs to. */
export interface ReaderMark {
  readonly bundle: string
  /** Id of the project that the bundle was written from. */
  readonly project: string
  /** Slug, printed name and role of the one person who reads here. */
  readonly reader: string
  readonly name: string
  readonly role: string
  /** The chain of this opening of the bundle; another opening has another one. */
  readonly device: string
  /** Sessions of this reader before the bundle; absent where there were none, and in bundles of early versions. */
  readonly before?: EarlierSessions
}

/** A sentence of a person on the board: a claim with a name under it, not evidence. */
export interface BoardStatement {
  readonly id: string
  /** Criterion code. */
  readonly criterion: string
  readonly text: string
  readonly by: string
  readonly role: string
  readonly reason: string
  readonly at: string
  /** Date after which it counts no more, or null. */
  readonly expires: string | null
}

/** A limit that a named person changed, with old and new values; the ledger names it by digest. */
export interface BoardLimit {
  /** Criterion code. */
  readonly criterion: string
  readonly from: Readonly<Record<string, number>>
  readonly to: Readonly<Record<string, number>>
  readonly by: string
  readonly role: string
  readonly reason: string
  readonly at: string
}

/** `board.json`. Thresholds by criterion code, then by name; set before the data, changed only with a ledger entry. */
export interface Board {
  readonly goLive: string | null
  readonly owners: Readonly<Record<string, string>>
  readonly thresholds: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly statements: readonly BoardStatement[]
  /** In the order they were set; absent in early versions, which kept no reason. */
  readonly limits?: readonly BoardLimit[]
}

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
export interface PublicKeyFile {
  readonly id: string
  readonly actor: string
  readonly name: string
  readonly role: string
  readonly device: string
  readonly created: string
  /** JWK of an ECDSA P-256 public key. */
  readonly publicKey: Json
}

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

/** The entry that the chain of a device ended with when that device signed it last. */
export interface SignedHead {
  readonly device: string
  readonly seq: number
  readonly hash: string
  /** Ends of the other chains as this device knew them then, sorted by device; absent in heads of early versions. */
  readonly seen?: readonly ChainEnd[]
  /** base64url; ECDSA P-256 as raw r‖s. */
  readonly signature: string
}

export type ChainEnd = {
  readonly device: string
  readonly seq: number
  readonly hash: string
}

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
