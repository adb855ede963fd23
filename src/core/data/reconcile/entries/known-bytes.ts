/** Patients of both sides as bytes: told by the tasks that met them, and as they are known once all were met. */
import { BytesReader, BytesWriter } from '../../../values/bytes-log.ts'
import type { KnownPatients } from './known-patients.ts'
import type { PatientNotes } from './patient-keys.ts'

const legacyNote = 1
const targetNote = 2
const betweenNotes = { legacy: 3, target: 4 }

/** Patients as they are met, in the order of the file. */
export class PatientWriter implements PatientNotes {
  private readonly out = new BytesWriter()

  target(names: readonly string[], keys: readonly string[]): void {
    this.out.number(targetNote)
    writeTexts(this.out, names)
    writeTexts(this.out, keys)
  }

  legacy(key: string): void {
    this.out.number(legacyNote)
    this.out.text(key)
  }

  between(side: 'legacy' | 'target', table: string, names: readonly string[], patients: readonly string[]): void {
    this.out.number(betweenNotes[side])
    this.out.text(table)
    writeTexts(this.out, names)
    writeTexts(this.out, patients)
  }

  take(): Uint8Array {
    return this.out.take()
  }
}

export function replayPatients(bytes: Uint8Array, notes: PatientNotes): void {
  const reader = new BytesReader(bytes)
  while (!reader.isOver) {
    const note = reader.number()
    if (note === legacyNote) notes.legacy(reader.text())
    else if (note === targetNote) notes.target(readTexts(reader), readTexts(reader))
    else {
      const side = note === betweenNotes.legacy ? 'legacy' : 'target'
      notes.between(side, reader.text(), readTexts(reader), readTexts(reader))
    }
  }
}

export function knownBytes({ keys, match }: KnownPatients): Uint8Array {
  const out = new BytesWriter()
  for (const map of [keys, match.alias]) {
    out.number(map.size)
    for (const [name, key] of map) {
      out.text(name)
      out.text(key)
    }
  }
  out.number(match.exact)
  out.number(match.normalised)
  writeTexts(out, match.ambiguous)
  const { count, of, length } = match.zerosLost ?? { count: 0, of: 0, length: 0 }
  for (const number of [count, of, length]) out.number(number)
  return out.take()
}

export function knownOf(bytes: Uint8Array): KnownPatients {
  const reader = new BytesReader(bytes)
  const map = (): Map<string, string> => {
    const read = new Map<string, string>()
    for (let left = reader.number(); left > 0; left--) read.set(reader.text(), reader.text())
    return read
  }
  const [keys, alias] = [map(), map()]
  const [exact, normalised] = [reader.number(), reader.number()]
  const ambiguous = readTexts(reader)
  const [count, of, length] = [reader.number(), reader.number(), reader.number()]
  return { keys, match: { alias, exact, normalised, ambiguous, zerosLost: count > 0 ? { count, of, length } : null } }
}

function writeTexts(out: BytesWriter, texts: readonly string[]): void {
  out.number(texts.length)
  for (const text of texts) out.text(text)
}

function readTexts(reader: BytesReader): string[] {
  return Array.from({ length: reader.number() }, () => reader.text())
}
