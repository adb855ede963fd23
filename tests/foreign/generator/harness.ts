/** Runs the reconciliation of the product over a migration and holds its findings against the truth. */
import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../../src/core/data/crosswalk/plan/sides.ts'
import type { Explanation, ReconcileResult } from '../../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../../src/core/data/reconcile/reconcile.ts'
import { severities } from '../../../src/core/finding.ts'
import { bytesSource } from '../../../src/core/operation.ts'
import { damageNames } from './damage-truth.ts'
import { author } from './field-map.ts'
import type { Damage, Migration } from './migration.ts'
import type { MadeFile } from './packaging.ts'
import { placeText } from './truth.ts'

/** One row of a finding, with its place as the truth writes places. */
export interface Said {
  readonly code: string
  readonly severity: (typeof severities)[number]
  readonly place: string
  readonly at: string
}

export interface Verdict {
  readonly seed: number
  readonly unaccounted: number
  readonly unexplained: number
  readonly said: readonly Said[]
  /** Rows of critical and error findings beyond those that the sample holds. */
  readonly unseen: number
  readonly problems: readonly string[]
}

export function sources(side: 'legacy' | 'target', files: readonly MadeFile[]): PairSource[] {
  return files.map(({ name, table, bytes }) => ({ source: bytesSource(name, bytes), side, format: null, table, reading: {} }))
}

export async function run(made: Migration, target: readonly MadeFile[]): Promise<Verdict> {
  const { mapping, problems } = readMapping(made.map)
  const explained: Explanation[] = made.explained.map(({ type, reason }) => ({
    ...{ side: 'target', table: type, record: '*', state: 'generated', into: '', reason, by: author },
  }))
  const inputs = [...sources('legacy', made.legacy), ...sources('target', target)]
  const updates = reconcile({ inputs, mapping, explained, maxRows: 5000 }, new AbortController().signal)
  for await (const update of updates)
    if (update.kind === 'result')
      return {
        ...{ seed: made.seed, unaccounted: update.value.unaccounted, unexplained: update.value.unexplained },
        ...saidBy(update.value, inputs),
        problems: [...problems.map(({ words }) => words), ...update.value.notEvaluated.map(({ what, why }) => `${what}: ${why}`)],
      }
  throw new Error(`seed ${made.seed}: no result`)
}

function saidBy({ findings }: ReconcileResult, inputs: readonly PairSource[]): Pick<Verdict, 'said' | 'unseen'> {
  const said: Said[] = []
  let unseen = 0
  for (const { code, severity, place, sample, count } of findings) {
    if (isGrave(severity)) unseen += count - sample.length
    for (const { at } of sample) {
      const input = at.kind === 'cell' ? inputs[at.input] : undefined
      const isTable = input?.source.name.endsWith('.csv') === true
      const row = at.kind !== 'cell' ? at.kind : isTable ? `${input.side} ${input.table}:${at.record}` : (at.id ?? '')
      said.push({ code, severity, place, at: row })
    }
  }
  return { said, unseen }
}

function isGrave(severity: Said['severity']): boolean {
  return severity === 'critical' || severity === 'error'
}

export function isFound({ kind, places }: Damage, { said }: Verdict): boolean {
  const { codes, least } = damageNames[kind]
  const wanted = new Set(places.map(placeText))
  const names: readonly string[] = codes
  return said.some(
    (one) => names.includes(one.code) && wanted.has(one.at) && severities.indexOf(one.severity) <= severities.indexOf(least),
  )
}

/** Rows of critical and error findings that stand at no damaged record nor at one that follows from it. */
export function falseRows({ damages }: Pick<Migration, 'damages'>, { said }: Verdict): readonly Said[] {
  const known = new Set(damages.flatMap(({ places, consequences }) => [...places, ...consequences].map(placeText)))
  return said.filter(({ severity, at }) => isGrave(severity) && !known.has(at))
}

export function graveRows({ said }: Verdict): readonly Said[] {
  return said.filter(({ severity }) => isGrave(severity))
}

/** 0 unaccounted, 0 unexplained, nothing grave. */
export function isClean(verdict: Verdict): boolean {
  return verdict.unaccounted === 0 && verdict.unexplained === 0 && graveRows(verdict).length + verdict.unseen === 0
}
