/** `carryover validate --dqd`: OHDSI's DataQualityDashboard on the tables of an OMOP export. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DqdDefinitions, readDefinitions } from '../../../core/data/dqd/definitions.ts'
import { qualityDashboard } from '../../../core/data/dqd/quality-dashboard.ts'
import type { DqdReport } from '../../../core/data/dqd/result.ts'
import type { ValidateSource } from '../../../core/data/model/validation.ts'
import type { Severity } from '../../../core/finding.ts'
import { resultOf } from '../../shell/interruptible.ts'
import { UsageError } from '../../shell/usage-error.ts'

/** Null when it was interrupted. `asOf` is a day, YYYY-MM-DD. */
export async function runDashboard(
  inputs: readonly ValidateSource[],
  definitions: DqdDefinitions,
  asOf: string,
  quiet: boolean,
  signal: AbortSignal,
): Promise<DqdReport | null> {
  const done = await resultOf((stop) => qualityDashboard({ inputs, definitions, asOf }, stop), quiet, { signal })
  return done?.value ?? null
}

/** Read before any data, so that a wrong folder is told at once. */
export async function definitionsIn(folder: string): Promise<DqdDefinitions> {
  let names: string[]
  try {
    names = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith('.csv')).sort()
  } catch {
    throw new UsageError(
      `--dqd got "${folder}", which is no folder that can be read; it takes the folder of the check definitions.`,
    )
  }
  const definitions = readDefinitions(await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8'))))
  if (typeof definitions === 'string') throw new UsageError(`--dqd got "${folder}". ${definitions}`)
  return definitions
}

/** How the dashboard's words for the weight of a check compare with ours; used for the exit code. */
const weights: Readonly<Record<string, Severity>> = { fatal: 'error', convention: 'warning', characterization: 'info' }

/** The weight of each check that failed; a check that could not be computed weighs like a failed one. */
export function failedWeights(report: DqdReport): Severity[] {
  return report.results
    .filter(({ state }) => state === 'failed' || state === 'error')
    .map(({ check }) => weights[check.severity] ?? 'warning')
}

/** For standard error, as checks of the dashboard are no findings and still decide the exit code; empty where none failed. */
export function failureSentence(report: DqdReport): string {
  const weighed = failedWeights(report)
  const fatal = weighed.filter((weight) => weight === 'error').length
  const checks = weighed.length === 1 ? 'DataQualityDashboard check' : 'DataQualityDashboard checks'
  return weighed.length === 0 ? '' : `${weighed.length} ${checks} failed (${fatal} fatal).\n`
}
