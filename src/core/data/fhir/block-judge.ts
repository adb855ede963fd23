/** Judges blocks of lines apart from the rest of a run: all that a record says by itself; ids and references are handed on. */

import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue, ResourceRecord } from '../model/record.ts'
import type { LineBlock } from '../read/json/line-blocks.ts'
import { readBlock } from '../read/json/ndjson.ts'
import type { JsonPlace } from '../read/json/resources.ts'
import { BlockWriter, type JudgedBlock } from './block-message.ts'
import { loadDefinitions, loadProfilePack } from './definitions/packs.ts'
import { type Hash64, hash64 } from './references/id-hash.ts'
import { NearReferences } from './references/near-references.ts'
import { LineShapes } from './shapes/line-shapes.ts'
import type { Visit } from './visit/visit.ts'
import { FhirWalk, type WalkContext, type WalkTotals } from './walk.ts'

/** What a helper of a run is made with; it can be sent to another thread. */
export interface HelperContext extends WalkContext {
  /** Base addresses of the servers that the records come from. */
  readonly servers: readonly string[]
}

/** Types whose resources hold others, which are known and referred to on their own. */
const holders: ReadonlySet<JsonValue | undefined> = new Set(['Bundle', 'Parameters'])

/** True for one of these, and for what contains one however deep: its entries are resources of the run as well. */
function holdsOthers({ resourceType, contained }: JsonObject): boolean {
  if (holders.has(resourceType)) return true
  if (contained === undefined) return false
  return (Array.isArray(contained) ? contained : [contained]).some((inner) => isMembers(inner) && holdsOthers(inner))
}

/** How such a line begins where it is written as most programs do, the type first. */
const heads = ['Bundle', 'Parameters'].flatMap((type) =>
  [':', ': '].map((colon) => new TextEncoder().encode(`{"resourceType"${colon}"${type}"`)),
)

/**
 * True where the first line begins like a record that has to be judged with the run in sight: read elsewhere, all of it would have to be
 * sent back. The other lines of a file are mostly like it.
 */
export function beginsWhole({ bytes }: LineBlock): boolean {
  return heads.some((head) => head.every((byte, i) => bytes[i] === byte))
}

export class BlockJudge {
  private writer = new BlockWriter()
  private readonly near: NearReferences
  private readonly walk: FhirWalk
  private readonly shapes: LineShapes

  constructor(walk: FhirWalk, servers: Iterable<string>) {
    this.walk = walk
    this.shapes = new LineShapes(walk)
    this.near = new NearReferences(walk.definitions, walk.coverage, walk.settings, {
      record: (hash, type, reference) => this.writer.putOpen(hash, type, reference),
      // Lines are no entries of a Bundle that is read one by one.
      entry: () => null,
      elsewhere: (hash: Hash64 | null, base) => this.writer.putElsewhere(hash, base),
    })
    for (const server of servers) this.near.servers.add(server)
  }

  judge(lines: LineBlock, input: number): JudgedBlock {
    this.writer = new BlockWriter()
    const block = readBlock(lines, input, {
      settle: (bytes, place) => this.settle(bytes, place, input),
      see: (record, bytes, isWhole) => this.see(record, isWhole ? bytes : null, input),
    })
    return this.writer.end(block)
  }

  /** True for a line whose shape is known; then it is in the block. */
  private settle(bytes: Uint8Array, place: JsonPlace, input: number): boolean {
    const visit = this.shapes.settle(bytes, place, input)
    if (visit === null) return false
    this.near.judge(visit)
    this.put(visit, 0)
    return true
  }

  /** @param bytes its line, where nothing was wrong with how it is written */
  private see(record: ResourceRecord, bytes: Uint8Array | null, input: number): void {
    // Told by the reader already (data/resource-type-missing), and it need not be FHIR at all.
    if (record.type === '') this.writer.count(record)
    else if (holdsOthers(record.value)) this.writer.putWhole(record)
    else {
      const visit = this.shapes.walked(record, bytes, input)
      const walked = visit.found.length
      this.near.judge(visit)
      this.put(visit, walked)
    }
  }

  private put(visit: Visit, walked: number): void {
    const [owner] = visit.owners
    this.writer.put(visit, hash64(`${owner?.type}/${owner?.id}`), walked)
  }

  /** What was counted here so far. */
  totals(): WalkTotals {
    return this.walk.totals()
  }
}

/** A judge for another thread, with definitions of its own. */
export async function createBlockJudge(context: HelperContext): Promise<BlockJudge> {
  const [definitions, ownProfiles] = await Promise.all([loadDefinitions(), loadProfilePack()])
  return new BlockJudge(new FhirWalk(definitions, ownProfiles, context), context.servers)
}
