/** Attributes of cases as numbers: a word is its place in the list of words. */
import { hash32 } from '../../../random.ts'
import type { Scenario } from '../../map/scenario.ts'
import { type Sampler, samplerOf } from './sampler.ts'

interface ModelAttribute {
  readonly name: string
  readonly stream: number
  /** Null for attributes that are numbers. */
  readonly words: readonly string[] | null
  /** Running sums of the weights of the words. */
  readonly sums: Float64Array
  readonly sampler: Sampler | null
}

export interface Attributes {
  readonly all: readonly ModelAttribute[]
  readonly indexOf: ReadonlyMap<string, number>
  /** The attribute that decides who is served first, and the class of each of its words; −1 without. */
  readonly priority: number
  readonly classOf: Int32Array
  readonly classes: number
}

/** Attributes of all workflows that run together; of two with one name the first counts. */
export function attributesOf(scenarios: readonly Scenario[]): Attributes {
  const all: ModelAttribute[] = []
  const indexOf = new Map<string, number>()
  const names = scenarios.flatMap((scenario) => [
    ...scenario.attributes.keys(),
    ...scenario.arrivals.flatMap((arrival) => Object.keys(arrival.attributes ?? {})),
  ])
  for (const name of [...new Set(names)].sort()) {
    const given = scenarios.map((scenario) => scenario.attributes.get(name)).find((each) => each !== undefined)
    const stream = hash32(`attribute ${name}`)
    indexOf.set(name, all.length)
    if (given?.kind === 'number') {
      all.push({ name, stream, words: null, sums: new Float64Array(0), sampler: samplerOf(given.distribution) })
      continue
    }
    const weights = new Map(given?.weights)
    for (const scenario of scenarios) {
      for (const arrival of scenario.arrivals) {
        const word = arrival.attributes?.[name]
        if (word !== undefined && !weights.has(word)) weights.set(word, 0)
      }
      if (scenario.priority?.attribute === name)
        for (const word of scenario.priority.order) if (!weights.has(word)) weights.set(word, 0)
    }
    let sum = 0
    const sums = Float64Array.from(weights.values(), (weight) => (sum += weight))
    all.push({ name, stream, words: [...weights.keys()], sums, sampler: null })
  }
  const rule = scenarios.map((scenario) => scenario.priority).find((each) => each !== null) ?? null
  const priority = rule === null ? -1 : (indexOf.get(rule.attribute) ?? -1)
  const order = rule?.order ?? []
  const classOf = Int32Array.from(all[priority]?.words ?? [], (word) => {
    const place = order.indexOf(word)
    return place === -1 ? order.length : place
  })
  return { all, indexOf, priority, classOf, classes: priority === -1 ? 1 : order.length + 1 }
}
