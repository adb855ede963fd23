/**
 * A bundle for one reader: the records that wait for this person with both sides of each, the plan and its criteria, and nothing that
 * would unblind anybody: no seed, no ticket, no mark of a seeded defect, no word of another reader, no other record and no source.
 */

import * as v from 'valibot'
import { digestOf, digestOfBytes, type Json, utf8 } from '../../canonical.ts'
import { withChart } from '../../review/chart/earlier-chart.ts'
import { earlierSessionsSchema, type PreparedRecord } from '../../review/decision/calibration.ts'
import type { RecordPair } from '../../review/model/pair-types.ts'
import { momentSchema } from '../../review/model/review-event.ts'
import { planDocument, type SamplingPlan } from '../../review/plan/sampling-plan.ts'
import { fits, json, type Kept, keptIn, object, type Schema } from '../../values/document.ts'
import { parseJson } from '../../values/json.ts'
import { type Hand, record } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import { newProject } from '../format/open.ts'
import type { Project, ProjectFiles, ReaderMark } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { appendEntries } from '../ledger/chain.ts'
import { type EntryDraft, latestMoment, nextMoment } from '../ledger/ledger.ts'
import { bundleKeyed, bundleLent, sessionsBefore } from '../sample/lent-sessions.ts'
import { bundleOpened } from '../sample/reader-chain.ts'

/** Files of a bundle; all of them are sealed before they leave the browser. */
const files = {
  bundle: 'private/reader/bundle.json',
  records: 'private/reader/records.jsonl',
  prepared: 'private/reader/prepared.jsonl',
  key: 'private/reader/key.json',
} as const

/** Where a tablet keeps the bundle, sealed as it came: what it reads from it is never written. */
export const sealedBundlePath = 'private/reader.sealed'

export const bundleIssued = 'bundle-issued'

const readerContents = object({
  format: v.literal('carryover-reader/1'),
  /** Random; names the bundle in the ledgers of both sides. */
  id: v.string(),
  project: object({ id: v.string(), name: v.string(), legacy: v.string(), target: v.string() }),
  reader: object({ reader: v.string(), name: v.string(), role: v.string() }),
  /** The clock of the project: whatever is read from the bundle comes after. */
  issued: momentSchema,
  plan: planDocument,
  /** Digest of the list of records that the sample was drawn from. */
  frame: v.string(),
  /** Digests of both lists of records, as their files hold them. */
  records: v.string(),
  prepared: v.string(),
  /** JWK of the key that signs what is read from the bundle; absent in bundles of early versions. */
  key: v.exactOptional(json()),
  /** Where this reader stands with prepared records; the bundle holds them from that session on. */
  before: v.exactOptional(earlierSessionsSchema),
})
type Contents = Kept<typeof readerContents>

const pairFrame = object({
  key: v.string(),
  heading: object({ name: v.nullable(v.string()), birth: v.nullable(v.string()), sex: v.nullable(v.string()) }),
  allergyState: object({ legacy: v.string(), target: v.string() }),
  domains: v.array(object({ domain: v.string(), items: v.array(json()) })),
  differences: v.number(),
})
/** Items are taken as written: the digest in the contents says that they are those of the program that wrote the bundle. */
const recordPair = v.custom<RecordPair>((value) => fits(value, pairFrame))

const readerRecord = object({ id: v.string(), pair: recordPair })
export type ReaderRecord = v.InferOutput<typeof readerRecord>

const preparedRecord = object({ id: v.string(), items: v.array(v.string()), pair: recordPair })

/** A bundle as it was opened. */
export interface ReaderBundle {
  readonly contents: Contents
  /** In the order they are read. */
  readonly records: readonly ReaderRecord[]
  readonly prepared: readonly PreparedRecord[]
  /** JWK of the private half of its key; null in bundles of early versions. */
  readonly privateKey: Json | null
}

/** A key made for one bundle, both halves as JWK. */
export interface BundleKey {
  readonly publicKey: Json
  readonly privateKey: Json
}

export interface BundleWish {
  readonly id: string
  readonly reader: string
  readonly name: string
  readonly role: string
  readonly records: readonly ReaderRecord[]
  readonly prepared: readonly PreparedRecord[]
  readonly key: BundleKey
}

/** Writes a bundle and notes in the ledger for whom; refused before a sample is drawn, or where nothing waits for this reader. */
export function issueBundle(
  project: Project,
  wish: BundleWish,
  hand: Hand,
):
  | { readonly ok: true; readonly project: Project; readonly files: ProjectFiles }
  | { readonly ok: false; readonly problem: string } {
  const { plan, draw } = project.review
  if (!plan || !draw) return refuse('Draw the sample first: a bundle holds the records of one reader.')
  if (wish.records.length === 0) return refuse('No record of the sample waits for this reader.')
  const { id, name, legacy, target } = project.manifest
  const records = lines(wish.records.map(({ id, pair }) => ({ id, pair: blind(pair) })))
  const prepared = lines(wish.prepared.map(({ id, items, pair }) => ({ id, items, pair: blind(pair) })))
  const before = sessionsBefore(project, wish.reader, hand.wall)
  const contents: Contents = {
    format: 'carryover-reader/1',
    id: wish.id,
    project: { id, name, legacy, target },
    reader: { reader: wish.reader, name: wish.name, role: wish.role },
    issued: nextMoment(latestMoment(project.ledger), hand.wall),
    plan: withoutTraps(plan),
    frame: draw.frame,
    records: digestOfBytes(records),
    prepared: digestOfBytes(prepared),
    key: wish.key.publicKey,
    ...(before ? { before } : {}),
  }
  const digest = digestOf(jsonOf(contents))
  // A tablet has no role: where roles are granted, the right to read there comes from whoever lent the bundle, to this reader alone.
  const acts = [
    { action: bundleLent, object: `${bundleName(wish.id)}/${wish.reader}`, digest },
    { action: bundleKeyed, object: `${bundleName(wish.id)}/${wish.reader}`, digest: digestOf(wish.key.publicKey) },
    { action: bundleIssued, object: bundleName(wish.id), digest },
  ]
  return {
    ok: true,
    project: record(project, acts, hand),
    files: new Map([
      [files.bundle, utf8(`${JSON.stringify(contents, null, 2)}\n`)],
      [files.records, records],
      [files.prepared, prepared],
      [files.key, utf8(`${JSON.stringify(wish.key.privateKey)}\n`)],
    ]),
  }
}

/** How many defects were seeded helps nobody to find them. */
function withoutTraps({ traps: _, ...plan }: SamplingPlan): SamplingPlan {
  return plan
}

/** A seeded defect is not told from a real one. */
function blind({ trap: _, ...pair }: RecordPair): RecordPair {
  return pair
}

export function bundleName(id: string): string {
  return `bundle/${id}`
}

export type BundleReading =
  | { readonly ok: true; readonly bundle: ReaderBundle }
  | { readonly ok: false; readonly problem: string }

/** The bundle in files that were unsealed; whole or not at all. */
export function readBundle(given: ProjectFiles): BundleReading {
  const bytes = [files.bundle, files.records, files.prepared].map((path) => given.get(path))
  const [head, lent, warmed] = bytes
  if (!head || !lent || !warmed) return refuse('This is not a bundle for a reader.')
  const value = keptIn(head, readerContents)
  if (!value) return refuse('This bundle was written by a version that is not known here.')
  if (digestOfBytes(lent) !== value.records || digestOfBytes(warmed) !== value.prepared)
    return refuse('The records of this bundle are not the ones it names. Ask for it again.')
  const held = readLines(lent, readerRecord)
  const warm = readLines(warmed, preparedRecord)
  if (!held || !warm) return refuse('A record of this bundle can not be read. Ask for it again.')
  const key = parseJson(new TextDecoder().decode(given.get(files.key)))
  // Bundles of early versions hold pairs without charts.
  const [records, prepared] = [held.map(charted), warm.map(charted)]
  return { ok: true, bundle: { contents: value, records, prepared, privateKey: key.ok ? key.value : null } }
}

/**
 * The project of a reader: his or her records in their order, one chain of its own, and the sealed bundle beside it. `device` names this
 * opening of the bundle, so that two openings never write one chain.
 */
export function readerProject(
  { contents, records }: ReaderBundle,
  sealed: Uint8Array<ArrayBuffer>,
  words: { readonly device: string; readonly wall: string; readonly tool: string },
): Project {
  const { project, reader, plan, issued, frame, before } = contents
  const mark: ReaderMark = {
    bundle: contents.id,
    project: project.id,
    ...reader,
    device: words.device,
    ...(before ? { before } : {}),
  }
  const { name, legacy, target } = project
  const blank = newProject({
    id: readerProjectId(contents.id),
    name,
    legacy,
    target,
    created: words.wall,
    tool: words.tool,
    servers: [],
    reader: mark,
  })
  const draw = {
    seed: '',
    rolledBy: [],
    frame,
    times: 1,
    reason: null,
    records: records.map(({ id }, index) => ({ id, stratum: 'all', ticket: String(index + 1).padStart(6, '0') })),
    tickets: '',
  }
  const own: Project = {
    ...blank,
    review: { plan, frame: null, draw, events: [] },
    private: new Map([[sealedBundlePath, sealed]]),
  }
  const opened: EntryDraft = {
    device: mark.device,
    // Whatever the clock here says, the chain goes on after the one it comes from.
    time: nextMoment(issued, words.wall),
    actor: mark.reader,
    action: bundleOpened,
    object: bundleName(contents.id),
    digest: digestOf(jsonOf(contents)),
  }
  return { ...own, ledger: appendEntries([], [opened]) }
}

/** Another id than the project's own: one browser may keep both. */
export function readerProjectId(bundle: string): string {
  return `reader-${bundle}`
}

function charted<Held extends { readonly pair: RecordPair }>(one: Held): Held {
  return { ...one, pair: withChart(one.pair) }
}

function lines(list: readonly object[]): Uint8Array<ArrayBuffer> {
  return utf8(list.map((item) => `${JSON.stringify(item)}\n`).join(''))
}

/** Every line, or null where one of them is not what it should be. */
function readLines<S extends Schema>(bytes: Uint8Array, schema: S): readonly v.InferOutput<S>[] | null {
  const held: v.InferOutput<S>[] = []
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    if (line === '') continue
    const parsed = parseJson(line)
    if (!parsed.ok || !v.is(schema, parsed.value)) return null
    held.push(parsed.value)
  }
  return held
}
