/** Which encoding a file is in: byte order mark, NUL pattern, strict UTF-8, then a statistical guess that shows its evidence. */
import { analyse } from 'chardet'
import type { Guess } from '../../model/events.ts'
import { latinScores, mainframe } from './byte-statistics.ts'
import { byteTable } from './cell-text.ts'
import { codePageName } from './code-pages.ts'
import { firstInvalidUtf8, sequenceLength } from './utf8.ts'

/** Stretches of a file, the first of which starts at its first byte. */
export interface Sample {
  readonly at: number
  readonly bytes: Uint8Array
}

export interface EncodingGuess extends Guess<string> {
  readonly bom: number
}

const marks: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe, 0x00, 0x00], encoding: 'utf-32le' },
  { bytes: [0x00, 0x00, 0xfe, 0xff], encoding: 'utf-32be' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
]

/** The name `TextDecoder` gives an encoding, or the name of one of our own tables; null for labels nobody knows. */
export function encodingName(label: string): string | null {
  const plain = label.trim().toLowerCase()
  if (plain === 'utf-32le' || plain === 'utf-32be') return plain
  if (plain === 'utf-32') return 'utf-32le'
  // For TextDecoder these are other names of windows-1252; who says ASCII wants to know of every byte that is none.
  if (plain === 'ascii' || plain === 'us-ascii') return 'us-ascii'
  const page = codePageName(plain)
  if (page !== null) return page
  try {
    return new TextDecoder(plain).encoding
  } catch {
    return null
  }
}

/** @param stated what the file says of itself elsewhere than in its bytes */
export function guessEncoding(
  samples: readonly Sample[],
  chosen: string | undefined,
  stated: { readonly name: string; readonly words: string } | null = null,
): EncodingGuess {
  const head = samples[0]?.bytes ?? new Uint8Array(0)
  const mark = marks.find((candidate) => candidate.bytes.every((byte, i) => head[i] === byte))
  if (chosen !== undefined) {
    const name =
      chosen === 'utf-16' || chosen === 'utf-32'
        ? (mark?.encoding ?? encodingName(chosen) ?? chosen)
        : (encodingName(chosen) ?? chosen)
    const bom = mark?.encoding === name ? mark.bytes.length : 0
    return { value: name, confidence: 1, evidence: 'Chosen by a person.', alternatives: [], chosen: true, bom }
  }
  if (mark) return sure(mark.encoding, 1, 'The file starts with a byte order mark.', mark.bytes.length)
  const guess = (): EncodingGuess => byNulPattern(head) ?? byMainframe(head) ?? byUtf8(samples) ?? byStatistics(samples)
  return stated === null ? guess() : byStatement(samples, stated, guess)
}

/** Of a guess that the file itself speaks against: a person has to look. */
export const contradicted = 0.2

/** A statement holds unless the bytes contradict it: UTF-8 under the name of another encoding, or no character of UTF-8 at all under that of UTF-8. */
function byStatement(
  samples: readonly Sample[],
  stated: { readonly name: string; readonly words: string },
  guess: () => EncodingGuess,
): EncodingGuess {
  const { good, bad } = utf8Counts(samples)
  const isFalse = stated.name === 'utf-8' ? good === 0 && bad > 0 : good > 0 && byUtf8(samples) !== null
  if (!isFalse) return sure(stated.name, 0.97, `The file says so: ${stated.words}.`)
  const found = guess()
  if (found.value === stated.name) return found
  const told = { value: stated.name, confidence: 0.4, evidence: `The file says so: ${stated.words}.` }
  const evidence = `${found.evidence} The file says otherwise: ${stated.words}.`
  return { ...found, confidence: Math.min(contradicted, found.confidence), evidence, alternatives: [told, ...found.alternatives] }
}

function sure(value: string, confidence: number, evidence: string, bom = 0): EncodingGuess {
  return { value, confidence, evidence, alternatives: [], chosen: false, bom }
}

/** Text in a Latin script has a NUL in every second byte of UTF-16 and in three of four of UTF-32. */
function byNulPattern(head: Uint8Array): EncodingGuess | null {
  const length = Math.min(head.length, 4096) & ~3
  if (length < 4) return null
  const nuls = [0, 0, 0, 0]
  for (let i = 0; i < length; i++) if (head[i] === 0) nuls[i & 3] = (nuls[i & 3] ?? 0) + 1
  const share = (place: number): number => (nuls[place] ?? 0) / (length / 4)
  const mostly = (places: readonly number[]): boolean =>
    [0, 1, 2, 3].every((p) => (places.includes(p) ? share(p) > 0.7 : share(p) < 0.3))
  const evidence = 'NUL bytes stand at regular places and there is no byte order mark.'
  if (mostly([1, 3])) return sure('utf-16le', 0.95, evidence)
  if (mostly([0, 2])) return sure('utf-16be', 0.95, evidence)
  if (mostly([1, 2, 3])) return sure('utf-32le', 0.95, evidence)
  if (mostly([0, 1, 2])) return sure('utf-32be', 0.95, evidence)
  return null
}

function byMainframe(head: Uint8Array): EncodingGuess | null {
  const found = mainframe(head)
  if (found === null) return null
  const { value, share, other, speaks } = found
  const evidence = `${Math.round(share * 100)} % of the bytes are letters, digits and blanks of EBCDIC, and there are no line breaks or commas of ASCII; ${speaks}`
  const alternative = {
    value: other,
    confidence: 0.4,
    evidence: 'It differs in brackets, the exclamation mark and the bar only.',
  }
  return { ...sure(value, 0.8, evidence), alternatives: [alternative] }
}

/** The character a sample cut off at its end (or start, beyond the first) is not held against UTF-8. */
function byUtf8(samples: readonly Sample[]): EncodingGuess | null {
  let bytes = 0
  let valid = 0
  for (const sample of samples) {
    const data = sample.bytes
    let i = 0
    if (sample.at > 0) while (i < 3 && i < data.length && ((data[i] ?? 0) & 0xc0) === 0x80) i++
    while (i < data.length) {
      const length = sequenceLength(data, i, data.length)
      if (length === 0 && data.length - i > 3) return mostlyUtf8(samples)
      if (length === 0) {
        if (samples.length === 1 && firstInvalidUtf8(data, i, data.length) >= 0) return mostlyUtf8(samples)
        break
      }
      if (length > 1) valid++
      i += length
    }
    bytes += data.length
  }
  if (valid === 0) return sure('utf-8', 0.9, `The ${count(bytes)} bytes looked at are plain ASCII.`)
  const evidence = `${count(valid)} characters beyond ASCII in the ${count(bytes)} bytes looked at are all well-formed UTF-8.`
  return sure('utf-8', valid >= 3 ? 0.99 : 0.9, evidence)
}

/** Characters beyond ASCII that are well-formed UTF-8, bytes that are not, and surrogates of three bytes each. */
function utf8Counts(samples: readonly Sample[]): { readonly good: number; readonly bad: number; readonly surrogates: number } {
  let good = 0
  let bad = 0
  let surrogates = 0
  for (const { bytes } of samples)
    for (let i = 0; i < bytes.length; ) {
      const length = sequenceLength(bytes, i, bytes.length)
      if (length > 1) good++
      // Surrogates written as three bytes each (CESU-8) are UTF-8 gone wrong, and nothing else.
      if (length === 0 && bytes[i] === 0xed && isTrailByte(bytes[i + 1]) && isTrailByte(bytes[i + 2])) {
        surrogates++
        i += 3
        continue
      }
      if (length === 0) bad++
      i += Math.max(1, length)
    }
  return { good, bad, surrogates }
}

/** Damaged UTF-8: many good sequences and few bad ones are more than chance could make out of another encoding. */
function mostlyUtf8(samples: readonly Sample[]): EncodingGuess | null {
  const { good, bad, surrogates } = utf8Counts(samples)
  if (good + surrogates * 3 < 3 || bad * 2 > good) return null
  const evidence = `${count(good)} characters are well-formed UTF-8, ${count(bad + surrogates * 3)} bytes are not: damaged UTF-8.`
  return { ...sure('utf-8', good === 0 ? 0.5 : good / (good + bad * 2), evidence), alternatives: [western(samples)] }
}

function isTrailByte(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

function byStatistics(samples: readonly Sample[]): EncodingGuess {
  const sample = join(samples)
  const latin = western(samples)
  const isolated = isolatedShare(sample)
  const votes = analyse(sample)
    .map((vote) => ({ name: encodingName(vote.name), confidence: vote.confidence / 100 }))
    .filter((vote): vote is { name: string; confidence: number } => vote.name !== null && vote.name !== 'utf-8')
  const own = votes.find((vote) => vote.name === 'windows-1252')?.confidence ?? 0
  const other = votes.find((vote) => {
    if (vote.name === 'windows-1252' || vote.name.startsWith('utf-') || vote.name.startsWith('iso-2022')) return false
    if (isMultiByte(vote.name)) return isolated < 0.3 && decodesWhole(vote.name, sample)
    return isolated < 0.5 && vote.confidence > own + 0.1
  })
  const { own: own1252, best, seen } = latinScores(sample)
  const old = best !== null && best.score > own1252 + 0.15 ? statistical(best.value, best.score) : null
  const winner = old ?? (other ? statistical(other.name, other.confidence) : latin)
  const twin = winner.value === 'cp850' ? [statistical('cp437', 0.4)] : []
  const rest = [...twin, latin, ...votes.map((vote) => statistical(vote.name, vote.confidence))]
    .filter((entry, i, all) => entry.value !== winner.value && all.findIndex((other) => other.value === entry.value) === i)
    .slice(0, 4)
  // One or two bytes inside words are as well damage as an encoding.
  const confidence = seen < 3 && !hasRun(sample) ? Math.min(0.25, winner.confidence) : winner.confidence
  return { ...winner, confidence, alternatives: rest, chosen: false, bom: 0 }
}

interface Candidate {
  readonly value: string
  readonly confidence: number
  readonly evidence: string
}

function statistical(value: string, confidence: number): Candidate {
  return { value, confidence, evidence: `Not UTF-8; the frequency of its bytes speaks for ${value}.` }
}

function western(samples: readonly Sample[]): Candidate {
  const table = byteTable('windows-1252')
  let high = 0
  let letters = 0
  const shown = new Set<string>()
  for (const { bytes } of samples)
    for (const byte of bytes) {
      if (byte < 0x80) continue
      high++
      if (!/\p{L}|[’‘“”–—°µ±²€]/u.test(table[byte] ?? '')) continue
      letters++
      if (shown.size < 5) shown.add(table[byte] ?? '')
    }
  const evidence = `${count(high)} bytes are not valid UTF-8; read as windows-1252, ${count(letters)} of them are letters or usual signs (${[...shown].join(' ')}).`
  return { value: 'windows-1252', confidence: high === 0 ? 0.5 : 0.4 + (0.5 * letters) / high, evidence }
}

function isMultiByte(name: string): boolean {
  return /^(shift_jis|euc-jp|euc-kr|big5|gbk|gb18030)$/.test(name)
}

/** Every byte is sound, and what they spell are words of their own: bytes of another encoding fall into the room for private use, or stand inside Latin words, as “öß” does in “Größe”. */
function decodesWhole(name: string, sample: Uint8Array): boolean {
  try {
    const text = new TextDecoder(name, { fatal: true }).decode(sample, { stream: true })
    const own = text.match(/\p{Co}/gu)?.length ?? 0
    const runs = text.match(/[^\0-\x7f]+/gu)?.length ?? 0
    const inWords = text.match(/(?<=[A-Za-z])[^\0-\x7f]+(?=[A-Za-z])/gu)?.length ?? 0
    return own * 10 <= (text.match(/[^\0-\x7f]/gu)?.length ?? 0) && inWords * 2 <= runs
  } catch {
    return false
  }
}

/** Share of high bytes between two ASCII bytes: accents in Latin words stand alone, other scripts come in runs. */
function isolatedShare(bytes: Uint8Array): number {
  let high = 0
  let alone = 0
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] as number) < 0x80) continue
    high++
    if ((bytes[i - 1] ?? 0) < 0x80 && (bytes[i + 1] ?? 0) < 0x80) alone++
  }
  return high === 0 ? 1 : alone / high
}

/** Words of other scripts are runs of bytes beyond ASCII; damage is not. */
function hasRun(bytes: Uint8Array): boolean {
  for (let i = 0, run = 0; i < bytes.length; i++) {
    run = (bytes[i] as number) < 0x80 ? 0 : run + 1
    if (run >= 4) return true
  }
  return false
}

function join(samples: readonly Sample[]): Uint8Array {
  const total = Math.min(
    256 << 10,
    samples.reduce((sum, sample) => sum + sample.bytes.length, 0),
  )
  const all = new Uint8Array(total)
  let at = 0
  for (const { bytes } of samples) {
    const part = bytes.subarray(0, total - at)
    all.set(part, at)
    at += part.length
  }
  return all
}

function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}
