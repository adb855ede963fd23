/** The frame: every unit that could be drawn, as canonical bytes with a digest that is committed before the seed is known. */
import { digestOfBytes, utf8 } from '../../canonical.ts'

/** Units of one stratum: keyed hashes in a project, plain ids on the command line. */
export interface FrameStratum {
  readonly id: string
  readonly records: readonly string[]
}

export interface Frame {
  /** Sorted by id. */
  readonly strata: readonly FrameStratum[]
}

/** The take-all stratum: records chosen on purpose, outside the arithmetic of the random sample. */
export const mustSeeStratum = 'must-see'
/** Units that exist only in the migrated system; a frame without the legacy side could not contain a lost patient. */
export const targetOnlyStratum = 'target-only'

const stratumPattern = /^[a-z0-9][a-z0-9-]{0,63}$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being refused
const controlPattern = /[\u0000-\u001f]/

export type FrameResult =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Builds a frame from (stratum, record) pairs in any order; refuses bad names and duplicates, naming each. */
export function buildFrame(units: Iterable<readonly [stratum: string, record: string]>): FrameResult {
  const problems: string[] = []
  const strata = new Map<string, Set<string>>()
  for (const [stratum, record] of units) {
    if (!stratumPattern.test(stratum))
      problems.push(`Stratum "${stratum}": use lower-case letters, digits and hyphens, at most 64.`)
    else if (record === '') problems.push(`Stratum ${stratum}: a record has no id.`)
    else if (controlPattern.test(record)) problems.push(`Stratum ${stratum}: an id holds a control character.`)
    else {
      const held = strata.get(stratum) ?? new Set<string>()
      strata.set(stratum, held)
      if (held.has(record)) problems.push(`Stratum ${stratum} holds the record ${record} twice.`)
      held.add(record)
    }
    if (problems.length >= 20) break
  }
  if (problems.length > 0) return { ok: false, problems }
  const list = [...strata]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, records]) => ({ id, records: [...records].sort(byBytes) }))
  return { ok: true, frame: { strata: list } }
}

/** Canonical bytes: `stratum TAB record LF`, UTF-8, lines sorted by bytes, no header. */
export function frameBytes(frame: Frame): Uint8Array<ArrayBuffer> {
  const lines = frame.strata.flatMap((stratum) => stratum.records.map((record) => `${stratum.id}\t${record}\n`))
  return utf8(lines.sort(byBytes).join(''))
}

/** `sha256:…` of the canonical bytes. */
export function frameDigest(frame: Frame): string {
  return digestOfBytes(frameBytes(frame))
}

/** Reads `review/frame.tsv`. */
export function parseFrame(text: string): FrameResult {
  const units: (readonly [string, string])[] = []
  const lines = text.split('\n')
  if (lines.pop() !== '') return { ok: false, problems: ['The last line of the frame is torn: it has no line end.'] }
  for (const [index, line] of lines.entries()) {
    const tab = line.indexOf('\t')
    if (tab < 1) return { ok: false, problems: [`Line ${index + 1} of the frame is not "stratum TAB record".`] }
    units.push([line.slice(0, tab), line.slice(tab + 1)])
  }
  return buildFrame(units)
}

/** Order of UTF-8 bytes, which is the order of code points and differs from JavaScript's for surrogate pairs. */
export function byBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
