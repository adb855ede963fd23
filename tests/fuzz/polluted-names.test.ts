/** Prototype pollution (trust.md T14): words of every reader's files become names that all objects have; nothing is changed for all. */
import { expect, test } from 'vitest'
import { timesOf } from '../threat-counts.ts'
import { fuzzReaders } from './readers.ts'

const names = ['__proto__', 'constructor', 'prototype', 'toString']
/** Members that reach the prototype of all objects where somebody copies them into another object. */
const members = ['"__proto__":{"polluted":"yes"}', '"constructor":{"prototype":{"polluted":"yes"}}']
const perReader = timesOf('T14')

/** Each word of a text under each name, and each object of it with each member. */
function mutants(seed: string): string[] {
  const words = [...new Set(seed.match(/[A-Za-z][\w-]*/g) ?? [])]
  const renamed = words.flatMap((word) => names.map((name) => seed.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), name)))
  const braces = [...seed.matchAll(/\{/g)].map(({ index }) => index + 1)
  const grown = braces.flatMap((at) =>
    members.map((member) => `${seed.slice(0, at)}${member}${/^\s*\}/.test(seed.slice(at)) ? '' : ','}${seed.slice(at)}`),
  )
  return [...grown, ...renamed]
}

/** Evenly over all, so that no part of a file is left out. */
function some<T>(all: readonly T[], count: number): T[] {
  return all.filter((_, at) => Math.floor((at * count) / all.length) !== Math.floor(((at + 1) * count) / all.length))
}

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Number.prototype, Map.prototype]
const state = (): string => prototypes.map((each) => Reflect.ownKeys(each).map(String).join()).join('\n')
const before = state()
let tried = 0

test.each(fuzzReaders.map((reader) => [reader.name, reader] as const))('%s', async (_name, { seeds, run }) => {
  const texts = seeds.map((seed) => (typeof seed === 'string' ? seed : Buffer.from(seed).toString('latin1')))
  const isText = seeds.map((seed) => typeof seed === 'string')
  const all = texts.flatMap((text, at) => mutants(text).map((mutant) => ({ mutant, at })))
  const faults: string[] = []
  for (const { mutant, at } of some(all, Math.min(all.length, perReader))) {
    tried++
    try {
      await run(Uint8Array.from(Buffer.from(mutant, isText[at] ? 'utf8' : 'latin1')))
    } catch (error) {
      faults.push(`${error} in ${JSON.stringify(mutant).slice(0, 300)}`)
    }
    if (state() !== before || 'polluted' in {}) faults.push(`prototypes changed by ${JSON.stringify(mutant).slice(0, 300)}`)
  }
  expect(faults).toEqual([])
})

test('control: a reader that joins foreign objects is caught', () => {
  const join = (into: Record<string, unknown>, from: Record<string, unknown>): void => {
    for (const [name, value] of Object.entries(from))
      if (typeof value === 'object' && value !== null) join(into[name] as Record<string, unknown>, { ...value })
      else into[name] = value
  }
  try {
    join({}, JSON.parse(`{${members[0]}}`))
    expect([state() === before, 'polluted' in {}]).toEqual([false, true])
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted')
  }
  expect(state()).toBe(before)
})

test('every reader was tried, more often than promised', () => {
  expect(fuzzReaders.length).toBeGreaterThanOrEqual(25)
  expect(tried).toBeGreaterThanOrEqual(400)
  console.log(`polluted names: ${tried} files for ${fuzzReaders.length} readers, prototypes untouched`)
})
