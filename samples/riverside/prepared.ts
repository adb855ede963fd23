/**
 * What a build computes of the sample clinic beforehand, so that it opens at once.
 * An answer is named by the digest of what was asked: another question, even by one byte, finds none and is computed.
 */
import { sha256Hex, utf8 } from '../../src/core/canonical.ts'
import { cloneableText } from '../../src/core/values/cloneable-text.ts'
import type { FinishedFile } from './project.ts'

/** A clinic small enough that its files come within a second; `carryover example` writes larger ones. */
export const preparedPatients = 800

/** Long work whose answers are prepared. */
export type PreparedOperation = 'validate' | 'pair' | 'reconcile' | 'judge' | 'records'

/** `sample/index.json` of the built app; all paths are relative to it. */
export interface PreparedIndex {
  /** Version of Carryover that computed the answers. */
  readonly version: string
  /** Data files, as the generator finished them. */
  readonly data: readonly FinishedFile[]
  /** The same files and the list of what is planted in them, by path in the project. */
  readonly files: readonly PreparedFile[]
  /** Answers by key. */
  readonly answers: readonly (PreparedFile & { readonly key: string; readonly operation: PreparedOperation })[]
}

export interface PreparedFile {
  readonly path: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/**
 * The name of an answer.
 * @param input what the operation is given, each file by its digest; throws where it holds what has no text
 */
export function answerKey(operation: PreparedOperation, input: unknown): string {
  return sha256Hex(utf8(`${operation}\n${cloneableText(sorted(input))}`))
}

/** Members in the order of their names, so that two ways to write one question are one question. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, sorted(one)]))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}
