/** Lines of a long NDJSON file that tasks judge, each a stretch of it, and that one run takes in the order of the file. */
import { stopIfAborted } from '../../operation.ts'
import { LineBlocks } from '../read/json/line-blocks.ts'
import { endOfLines, heldLine } from '../read/json/ndjson.ts'
import { type BlockJudge, createBlockJudge, type HelperContext } from './block-judge.ts'
import { type JudgedBlock, moved } from './block-message.ts'
import type { LinesEvent, ResourceJudge } from './visit/run-contract.ts'
import type { PlacedSighting } from './visit/visit.ts'
import type { WalkTotals } from './walk.ts'

/** Small enough that what is made of a block is gone before the next. */
const blockBytes = 128 << 10

/** Judges a stretch of whole lines. */
export class LinesTask {
  private readonly judge: BlockJudge

  private constructor(judge: BlockJudge) {
    this.judge = judge
  }

  static async open(context: HelperContext): Promise<LinesTask> {
    return new LinesTask(await createBlockJudge(context))
  }

  /** @param place offset and lines before the first chunk */
  async *read(
    chunks: AsyncIterable<Uint8Array>,
    place: { readonly byte: number; readonly line: number },
    input: number,
    signal: AbortSignal,
  ): AsyncGenerator<JudgedBlock> {
    const blocks = new LineBlocks(blockBytes, heldLine)
    const judged = ({ byte, line, ...block }: Parameters<BlockJudge['judge']>[0]): JudgedBlock =>
      this.judge.judge({ ...block, byte: byte + place.byte, line: line + place.line }, input)
    for await (const chunk of chunks) {
      stopIfAborted(signal)
      for (const block of blocks.push(chunk)) yield judged(block)
    }
    for (const block of blocks.end()) yield judged(block)
  }

  /** What was counted beside; once, at the end. */
  get totals(): WalkTotals {
    return this.judge.totals()
  }
}

/** Takes what tasks judged of one file: its bytes, and whether some of them were not judged. @param take brings a block into the run */
export async function* takeToldLines(
  { stretches, size, isTorn }: Parameters<NonNullable<ResourceJudge['takeLines']>>[0],
  input: number,
  take: (block: JudgedBlock, input: number, before: number) => Iterable<PlacedSighting>,
  add: (totals: WalkTotals) => void,
  signal: AbortSignal,
): AsyncGenerator<LinesEvent> {
  const counts = { records: 0, lines: 0, lost: 0 }
  /** Records that come before in the file, judged or not. */
  let before = 0
  for await (const { blocks, totals, done, first } of stretches) {
    if (first !== null) before = first - 1
    for await (const block of blocks) {
      const judged = block as JudgedBlock
      stopIfAborted(signal)
      for (const problem of judged.problems)
        yield { kind: 'problem', problem: { ...problem, sighting: moved(problem.sighting, before) } }
      yield { kind: 'judged', sightings: take(judged, input, before), types: judged.types, done }
      before += judged.records
      counts.records += judged.records
      counts.lines += judged.lines
      counts.lost += judged.lost
    }
    add(totals as WalkTotals)
  }
  if (isTorn) {
    yield { kind: 'end', status: 'partial', records: counts.records, bytes: size, lines: counts.lines }
    return
  }
  for (const event of endOfLines(counts, input, size)) if (event.kind !== 'resources' && event.kind !== 'frame') yield event
}
