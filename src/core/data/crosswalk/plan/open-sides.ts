/** Every file as it is by its bytes, not by its name: taken out of its container, recognised, and followed to see whether it was read whole. */

import type { NotEvaluated } from '../../../finding.ts'
import { stopIfAborted } from '../../../operation.ts'
import type { ReadProblem, ReadStatus } from '../../model/events.ts'
import { lookInto, readAs } from '../../read/look-into.ts'
import type { PairSource } from './sides.ts'

export type RecordFormat = 'csv' | 'ndjson' | 'json' | 'bundle'

/** A file that was looked into: `source` and `reading` are those of its content. */
export interface OpenSide extends PairSource {
  /** How its records are read; null where it holds none that can be. */
  readonly records: RecordFormat | null
  /** Why it holds none; completes "The file is …". */
  readonly refusal: { readonly words: string; readonly unreadable: boolean } | null
  /** Why the end of its container could not be unpacked; known once everything was read. */
  damage(): string | null
}

/** What became of one file: `not-read` where nothing asked for it. */
export interface InputStatus {
  readonly name: string
  readonly table: string
  readonly side: PairSource['side']
  readonly status: ReadStatus | 'not-read'
  readonly records: number
  /** Why it was not read whole, with the first place; null where it was. */
  readonly why: string | null
}

/** Looks into every file once; what was looked into before is given back as it is. */
export async function openSides(inputs: readonly PairSource[], signal: AbortSignal): Promise<readonly OpenSide[]> {
  const opened: OpenSide[] = []
  for (const one of inputs) {
    stopIfAborted(signal)
    opened.push(isOpen(one) ? one : await openSide(one, signal))
  }
  return opened
}

function isOpen(one: PairSource): one is OpenSide {
  return 'damage' in one
}

async function openSide(one: PairSource, signal: AbortSignal): Promise<OpenSide> {
  const { recognised, content } = await lookInto(one.source, one.reading, signal)
  const inside = content ? { ...one, source: content.source, reading: content.reading } : one
  const damage = content ? content.damage : () => null
  if (recognised.kind === 'other') {
    const words = `${recognised.words}. ${recognised.advice}`
    return { ...inside, records: null, refusal: { words, unreadable: true }, damage }
  }
  if (recognised.kind === 'empty')
    return { ...inside, records: null, refusal: { words: 'empty. Check whether it was copied whole.', unreadable: true }, damage }
  const format = readAs(one.format) ?? recognised.format
  if (format === 'csv' || format === 'ndjson' || format === 'json' || format === 'bundle')
    return { ...inside, records: format, refusal: null, damage }
  return { ...inside, records: null, refusal: { words: 'a list of other files and holds no records', unreadable: false }, damage }
}

interface Account {
  status: ReadStatus | 'not-read'
  records: number
  first: ReadProblem | null
  cut: string | null
}

/** Problems that cost records, or stop reading before the end. */
const costly: ReadonlySet<string> = new Set([
  'data/unreadable',
  'data/damaged-container',
  'data/several-tables',
  'data/empty-file',
  'data/document-too-large',
  'data/record-too-long',
  'data/endless-record',
  'data/invalid-json',
  'data/torn-json',
  'data/not-a-resource',
])

/** True for a problem that the account of a file tells. */
export function isTold({ sighting: { code } }: ReadProblem): boolean {
  return costly.has(code)
}

/** What reading told about each file. A file that is told about twice keeps its last account. */
export class InputAccounts {
  private readonly accounts: Account[]
  private readonly inputs: readonly OpenSide[]

  constructor(inputs: readonly OpenSide[]) {
    this.inputs = inputs
    this.accounts = inputs.map(({ refusal }) => ({
      status: refusal?.unreadable ? 'unreadable' : 'not-read',
      records: 0,
      first: null,
      cut: null,
    }))
  }

  problem(input: number, problem: ReadProblem): void {
    const account = this.accounts[input]
    if (!account) return
    const { code } = problem.sighting
    if (code === 'data/several-tables')
      account.cut = `it holds several tables; the one from line ${lineOf(problem)} on was not read`
    if (costly.has(code)) account.first ??= problem
  }

  end(input: number, status: ReadStatus, records: number): void {
    const account = this.accounts[input]
    const one = this.inputs[input]
    if (!account || !one) return
    const damage = one.damage()
    if (damage !== null) account.cut = `it can not be unpacked whole: ${damage}`
    const whole = status === 'read' && account.cut === null
    // Where no record came out and some were lost, nothing was read at all.
    account.status = whole ? 'read' : records === 0 ? 'unreadable' : 'partial'
    account.records = records
  }

  list(names: readonly PairSource[] = this.inputs): readonly InputStatus[] {
    return this.accounts.map((account, i) => {
      const { refusal = null, table = '', side = null } = this.inputs[i] ?? {}
      const { status, records } = account
      const name = names[i]?.source.name ?? ''
      return { name, table, side, status, records, why: refusal ? `it is ${refusal.words}` : whyOf(account) }
    })
  }
}

function lineOf({ sighting: { at } }: ReadProblem): string {
  return 'line' in at && at.line !== null ? String(at.line) : '?'
}

function whyOf({ status, cut, first }: Account): string | null {
  if (status === 'read' || status === 'not-read') return null
  if (cut !== null) return cut
  if (first === null) return status === 'partial' ? 'part of it could not be read' : 'no record of it could be read'
  const line = lineOf(first)
  return `part of it could not be read${line === '?' ? '' : `, from line ${line} on`} (${first.sighting.code})`
}

/** Sentences for what was not read whole, ready for the list of what was not compared. */
export function notReadWhole(inputs: readonly InputStatus[]): NotEvaluated[] {
  return inputs.flatMap(({ name, status, why }) =>
    status === 'partial' || status === 'unreadable' ? [{ what: `${name} (${status})`, why: (why ?? '').replace(/\.$/, '') }] : [],
  )
}
