/** A linkage model from a file: what can not be understood is said with its place, and nothing of it is used. */
import { isObject } from '../../values/json.ts'
import type { JsonValue } from '../model/record.ts'
import { comparisons } from './comparisons.ts'
import type { LinkModel, ModelComparison, ModelLevel } from './linkage-types.ts'

export interface ReadModel {
  readonly model: LinkModel
  readonly problems: readonly { readonly place: string; readonly sentence: string }[]
}

export function readModel(json: JsonValue): ReadModel {
  const problems: { place: string; sentence: string }[] = []
  const wrong = (place: string, sentence: string): null => {
    problems.push({ place, sentence })
    return null
  }
  if (!isObject(json)) {
    wrong('$', 'A model is an object with nicknames, prior and comparisons, all of them optional.')
    return { model: {}, problems }
  }
  for (const name of Object.keys(json))
    if (!['nicknames', 'prior', 'comparisons'].includes(name)) wrong(`$.${name}`, 'It takes nicknames, prior and comparisons.')
  const prior =
    json.prior === undefined
      ? undefined
      : isShare(json.prior)
        ? json.prior
        : wrong('$.prior', 'It takes a number between 0 and 1.')
  const nicknames = json.nicknames === undefined ? undefined : nicknamesOf(json.nicknames, wrong)
  const list = json.comparisons === undefined ? undefined : comparisonsOf(json.comparisons, wrong)
  return {
    model: {
      ...(typeof prior === 'number' ? { prior } : {}),
      ...(nicknames ? { nicknames } : {}),
      ...(list ? { comparisons: list } : {}),
    },
    problems,
  }
}

type Wrong = (place: string, sentence: string) => null

function nicknamesOf(value: JsonValue, wrong: Wrong): string[][] | null {
  const isList =
    Array.isArray(value) && value.every((names) => Array.isArray(names) && names.every((name) => typeof name === 'string'))
  return isList
    ? value.map((names) => (names as readonly string[]).map(String))
    : wrong('$.nicknames', 'It takes lists of names: [["William", "Bill"]].')
}

function comparisonsOf(value: JsonValue, wrong: Wrong): ModelComparison[] | null {
  if (!Array.isArray(value)) return wrong('$.comparisons', 'It takes a list of comparisons.')
  return value.flatMap((one, i) => comparisonOf(one, `$.comparisons[${i}]`, wrong) ?? [])
}

function comparisonOf(value: JsonValue, place: string, wrong: Wrong): ModelComparison | null {
  const known = isObject(value) ? comparisons.find(({ name }) => name === value.comparison) : undefined
  if (!known || !isObject(value))
    return wrong(`${place}.comparison`, `It takes one of ${comparisons.map(({ name }) => name).join(', ')}.`)
  if (!Array.isArray(value.levels)) return wrong(`${place}.levels`, 'It takes a list of levels with m and u.')
  const levels = value.levels.flatMap((one, i): ModelLevel[] => {
    const at = `${place}.levels[${i}]`
    const level = isObject(one) ? known.levels.find((each) => each.level === one.level)?.level : undefined
    if (!isObject(one) || level === undefined) {
      wrong(`${at}.level`, `It takes one of ${known.levels.map((each) => each.level).join(', ')}.`)
      return []
    }
    if (isShare(one.m) && isShare(one.u)) return [{ level, m: one.m, u: one.u }]
    wrong(at, 'It takes m and u, each a number between 0 and 1.')
    return []
  })
  return { comparison: known.name, levels }
}

/** A share that a logarithm can be taken of. */
function isShare(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && value > 0 && value < 1
}
