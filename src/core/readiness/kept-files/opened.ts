/** Input files of a project as their rows; bytes never change, so each is read once. */
import { digestOf } from '../../canonical.ts'
import { type InputEvidence, type InputKind, inputFiles } from '../input-files/files.ts'
import type { InputFile, InputTable } from '../input-files/input-file.ts'
import { readInput } from '../input-files/read-input.ts'

interface Opened {
  readonly table: InputTable
  readonly digest: string
}

const opened = new WeakMap<Uint8Array, Opened>()

/** Rows with the digest of the text they were read from. */
export function openedInput<K extends InputKind>(
  kind: K,
  bytes: Uint8Array,
): { readonly table: InputEvidence[K]; readonly digest: string } {
  let known = opened.get(bytes)
  if (!known) {
    const text = new TextDecoder().decode(bytes)
    const file: InputFile = inputFiles[kind]
    known = { table: readInput(file, text), digest: digestOf(text) }
    opened.set(bytes, known)
  }
  return { table: known.table as InputEvidence[K], digest: known.digest }
}

/** Required columns that a file does not have; empty for evidence that is no file. */
export function missingColumns(value: object): readonly string[] {
  return 'missing' in value && Array.isArray(value.missing) ? value.missing : []
}

/** True for a file without a record; false for evidence that is no file. */
export function isEmpty(value: object): boolean {
  return 'rows' in value && Array.isArray(value.rows) && value.rows.length === 0
}

/** Why nothing may be computed from a file although its columns are there, in words; null for evidence that is no file. */
export function refusedWords(value: object): string | null {
  return 'refused' in value && typeof value.refused === 'string' ? value.refused : null
}
