/** Fuzzes one reader in a thread of its own: a mutant that reaches a block nobody reached, or one far more often, is kept and mutated in turn. */
import { parentPort, workerData } from 'node:worker_threads'
import { seededRandom } from '../../src/core/random.ts'
import { longest, mutant } from './mutate.ts'
import { fuzzReaders } from './readers.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface FuzzWork {
  readonly reader: string
  readonly seed: string
  readonly seconds: number
  readonly corpus: readonly Bytes[]
  /** Turn of the input at hand (one more with each), its length, its bytes: what a reader that never ends was reading. */
  readonly hand: SharedArrayBuffer
}

export interface FuzzDefect {
  readonly what: string
  readonly input: Bytes
}

export interface FuzzFound {
  readonly executions: number
  readonly reached: number
  readonly blocks: number
  /** The smallest inputs that reach it all. */
  readonly corpus: readonly Bytes[]
  readonly defects: readonly FuzzDefect[]
}

declare global {
  var __hits: Uint32Array
  var __blocks: number
}

/** A block that runs once, twice, a few or many times is reached in another way each time. */
const often = (hits: number): number => (hits < 4 ? hits : hits < 8 ? 4 : hits < 32 ? 5 : hits < 128 ? 6 : 7)

const { reader: name, seed, seconds, corpus: kept, hand } = workerData as FuzzWork
const found = fuzzReaders.find((one) => one.name === name)
if (!found) throw new Error(`There is no reader ${name}.`)
const reader = found
const random = seededRandom(seed)
const turn = new Int32Array(hand, 0, 2)
const place = new Uint8Array(hand, 8)
const blocks = globalThis.__blocks
const hits = globalThis.__hits
/** Ways in which each block was reached, a bit each. */
const seen = new Uint8Array(blocks)
const corpus: Bytes[] = []
const defects = new Map<string, FuzzDefect>()
let executions = 0

/** Where an error arose, without what is different in each: one defect is told once. */
function kindOf(error: unknown): string {
  const { name: word, message, stack } = error instanceof Error ? error : new Error(String(error))
  const frame = /\n\s+at (\S+)/.exec(stack ?? '')?.[1] ?? ''
  return `${word}: ${message
    .slice(0, 40)
    .replace(/["“'].*/, '')
    .replace(/\d+/g, 'N')} (${frame})`
}

/** Runs the reader; true where the input reached something new. */
async function tried(input: Bytes): Promise<boolean> {
  executions++
  place.set(input)
  turn[1] = input.length
  Atomics.add(turn, 0, 1)
  hits.fill(0, 0, blocks)
  try {
    // A reader that writes into its input would spoil the corpus.
    await reader.run(input.slice())
  } catch (error) {
    const kind = kindOf(error)
    const known = defects.get(kind)
    if (known === undefined || known.input.length > input.length)
      defects.set(kind, { what: error instanceof Error ? String(error.stack ?? error) : String(error), input })
    return false
  }
  let isNew = false
  for (let i = 0; i < blocks; i++) {
    if (hits[i] === 0) continue
    const way = 1 << often(hits[i] ?? 0)
    if (((seen[i] ?? 0) & way) !== 0) continue
    seen[i] = (seen[i] ?? 0) | way
    isNew = true
  }
  return isNew
}

async function blocksOf(input: Bytes): Promise<number[]> {
  hits.fill(0, 0, blocks)
  await reader.run(input.slice()).catch(() => undefined)
  const list: number[] = []
  for (let i = 0; i < blocks; i++) if (hits[i] !== 0) list.push(i)
  return list
}

/** The fewest small inputs that still reach each block: those that alone reach one come first, then whatever brings most for its size. */
async function smallest(): Promise<Bytes[]> {
  const all: { readonly input: Bytes; readonly blocks: readonly number[] }[] = []
  for (const input of corpus) all.push({ input, blocks: await blocksOf(input) })
  const covered = new Uint8Array(blocks)
  const chosen: Bytes[] = []
  for (;;) {
    let best = { gain: 0, input: null as Bytes | null, list: [] as readonly number[] }
    for (const { input, blocks: list } of all) {
      const fresh = list.reduce((sum, block) => sum + (covered[block] === 0 ? 1 : 0), 0)
      const gain = fresh / (input.length + 40)
      if (gain > best.gain) best = { gain, input, list }
    }
    if (best.input === null) return chosen
    chosen.push(best.input)
    for (const block of best.list) covered[block] = 1
  }
}

const end = performance.now() + seconds * 1000
for (const input of [...kept, ...reader.seeds.map((one) => Uint8Array.from(Buffer.from(one)))])
  if ((await tried(input)) && input.length <= longest * 2) corpus.push(input)
while (performance.now() < end && corpus.length > 0) {
  // What was found last leads on more often than what was found first.
  const from = random.below(3) === 0 ? corpus.length - 1 - random.below(Math.min(corpus.length, 20)) : random.below(corpus.length)
  const input = mutant(corpus[from] ?? new Uint8Array(), random, {
    words: reader.words,
    other: () => corpus[random.below(corpus.length)] ?? new Uint8Array(),
  })
  if (await tried(input)) corpus.push(input)
}
const reached = seen.reduce((sum, ways) => sum + (ways === 0 ? 0 : 1), 0)
const answer: FuzzFound = { executions, reached, blocks, corpus: await smallest(), defects: [...defects.values()] }
parentPort?.postMessage(answer)
