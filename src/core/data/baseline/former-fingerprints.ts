/** Fingerprints that a finding had when they were made of the whole file name: what was accepted under them stays accepted. */
import { fingerprintOf } from '../../tally.ts'
import { stableName } from '../model/stable-name.ts'
import type { ComparedFinding } from './compare-runs.ts'

/** What is known of a finding that somebody may have accepted. */
export type Accepted = Pick<ComparedFinding, 'fingerprint'> &
  Partial<Pick<ComparedFinding, 'code' | 'severity' | 'place' | 'input'>>

/** Its fingerprint first; then the former ones, by each ending of its path and each side it can have been on. */
export function fingerprintsOf({ fingerprint, code, severity, place, input }: Accepted): readonly string[] {
  if (code === undefined || severity === undefined || place === undefined || !input) return [fingerprint]
  // A name without date or counter makes the fingerprint that it always made.
  if (stableName(input) === input) return [fingerprint]
  const parts = input.split(/[/\\]/)
  const names = parts.map((_, index) => parts.slice(index).join('/')).slice(-3)
  const sided = names.flatMap((name) => [name, `legacy/${name}`, `target/${name}`])
  return [fingerprint, ...new Set(sided.map((name) => fingerprintOf(code, severity, place, name)))]
}
