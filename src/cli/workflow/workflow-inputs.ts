/** Reads workflow files named on a command line; what could not be used as written goes to standard error, line by line. */
import type { Json } from '../../core/canonical.ts'
import { errorWords } from '../../core/values/error-words.ts'
import type { Read } from '../../core/values/partial-document.ts'
import { readScenario } from '../../core/workflow/map/read-scenario.ts'
import type { Scenario } from '../../core/workflow/map/scenario.ts'
import { unknownNames } from '../../core/workflow/map/unknown-names.ts'
import type { Graph } from '../../core/workflow/map/workflow.ts'
import { printAside } from '../shell/print.ts'
import { inputBytes } from '../shell/stdin.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'

export async function readJsonFile<T>(path: string, read: (json: Json) => Read<T>): Promise<T> {
  const text = new TextDecoder().decode(await inputBytes(path))
  let json: Json
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new InputError(`${path} is not JSON: ${errorWords(cause)}.`)
  }
  const { value, problems } = read(json)
  for (const problem of problems) printAside(`${path}: ${problem.sentence}\n`)
  return value
}

export interface RunOptions {
  readonly scenario?: string
  readonly replications?: number
  readonly cases?: number
  readonly seed?: number
}

/** A scenario, with every name in it that these maps do not answer to among its problems. */
export function scenarioFile(path: string, graphs: readonly Graph[]): Promise<Scenario> {
  return readJsonFile(path, (json) => {
    const { value, problems } = readScenario(json)
    return { value, problems: [...problems, ...unknownNames(json, graphs)] }
  })
}

/** The scenario of a file with the numbers of the flags; null without a file. */
export async function scenarioOf(options: RunOptions, graphs: readonly Graph[]): Promise<Scenario | null> {
  if (options.scenario === undefined) return null
  const scenario = await scenarioFile(options.scenario, graphs)
  return {
    ...scenario,
    seed: options.seed ?? scenario.seed,
    replications: options.replications ?? scenario.replications,
    cases: options.cases ?? scenario.cases,
  }
}

/** For options that take a whole number from 1 up, or up to `most`. */
export function countOf(flag: string, most = Number.POSITIVE_INFINITY): (text: string) => number {
  const range = most === Number.POSITIVE_INFINITY ? 'from 1 up' : `from 1 to ${most}`
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw new UsageError(`${flag} got "${text}"; it takes a whole number ${range}.`)
    return value
  }
}
