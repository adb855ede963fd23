/** Functions on texts and numbers (FHIRPath N1 §5.6 and §5.7). */
import { type Environment, spend } from '../nodes/environment.ts'
import {
  booleanNodes,
  demandShort,
  integerNodes,
  type Nodes,
  none,
  numberOf,
  stringNodes,
  system,
  textOf,
} from '../nodes/node.ts'
import { type FunctionDefinition, type FunctionTable, simple } from './registry.ts'

/** Characters that take as long to look at as one item. */
const charactersOfItem = 64

/** `makesItems` where each character may become an item. */
function ofText(arity: number, apply: (text: string, args: readonly Nodes[]) => Nodes, makesItems = false): FunctionDefinition {
  return simple(arity, (focus, args, environment) => {
    const text = textOf(focus)
    if (text === null) return none
    spend(environment, Math.ceil(text.length / charactersOfItem) * (makesItems ? charactersOfItem : 1))
    return apply(text, args)
  })
}

/** A function of a text and one argument that is a text. */
function ofTexts(apply: (text: string, other: string) => Nodes): FunctionDefinition {
  return ofText(1, (text, [arg = none]) => {
    const other = textOf(arg)
    return other === null ? none : apply(text, other)
  })
}

/** One that looks for the other text everywhere in the first: at worst each character of one meets each of the other. */
function searching(apply: (text: string, other: string) => Nodes, makesItems = false): FunctionDefinition {
  return simple(1, (focus, [arg = none], environment) => {
    const [text, other] = [textOf(focus), textOf(arg)]
    if (text === null || other === null) return none
    spendOnSearch(environment, text, other)
    if (makesItems) spend(environment, text.length)
    return apply(text, other)
  })
}

function spendOnSearch(environment: Environment, text: string, other: string): void {
  spend(environment, Math.ceil(text.length / charactersOfItem) * Math.max(1, Math.ceil(other.length / charactersOfItem)))
}

function ofNumber(apply: (value: number) => number | null, type: 'Integer' | 'Decimal'): FunctionDefinition {
  return simple(0, (focus) => {
    const value = numberOf(focus)
    const made = value === null ? null : apply(value)
    return made === null || !Number.isFinite(made) ? none : [system(made, type)]
  })
}

/** An empty text stands before each character and at the end. */
function occurrences(whole: string, part: string): number {
  if (part === '') return whole.length + 1
  let count = 0
  for (let at = whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + part.length)) count++
  return count
}

/** Both halves of a surrogate pair are one character. */
function charactersOf(whole: string): number {
  let { length } = whole
  for (let at = 1; at < whole.length; at++)
    if ((whole.charCodeAt(at) & 0xfc00) === 0xdc00 && (whole.charCodeAt(at - 1) & 0xfc00) === 0xd800) length--
  return length
}

export const text: FunctionTable = {
  indexOf: searching((whole, part) => integerNodes(whole.indexOf(part))),
  startsWith: ofTexts((whole, part) => booleanNodes(whole.startsWith(part))),
  endsWith: ofTexts((whole, part) => booleanNodes(whole.endsWith(part))),
  contains: searching((whole, part) => booleanNodes(whole.includes(part))),
  split: searching((whole, by) => whole.split(by).flatMap(stringNodes), true),
  upper: ofText(0, (whole) => stringNodes(whole.toUpperCase())),
  lower: ofText(0, (whole) => stringNodes(whole.toLowerCase())),
  trim: ofText(0, (whole) => stringNodes(whole.trim())),
  length: ofText(0, (whole) => integerNodes(charactersOf(whole))),
  toChars: ofText(0, (whole) => [...whole].flatMap(stringNodes), true),
  replace: simple(2, (focus, [pattern = none, by = none], environment) => {
    const [whole, from, to] = [textOf(focus), textOf(pattern), textOf(by)]
    if (whole === null || from === null || to === null) return none
    spendOnSearch(environment, whole, from)
    demandShort(whole.length + occurrences(whole, from) * to.length)
    return stringNodes(whole.replaceAll(from, () => to))
  }),
  substring: {
    least: 1,
    most: 2,
    bind:
      ({ args: [from, length] }) =>
      (focus, environment) => {
        const whole = textOf(focus)
        const start = from ? numberOf(from.evaluate(environment.self, environment)) : null
        const most = length ? numberOf(length.evaluate(environment.self, environment)) : null
        if (whole === null || start === null || start < 0 || start >= whole.length) return none
        return stringNodes(most === null ? whole.slice(start) : whole.slice(start, start + Math.max(0, most)))
      },
  },
  join: simple(1, (focus, [by = none]) => {
    const texts = focus.flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
    const between = textOf(by) ?? ''
    demandShort(texts.reduce((sum, text) => sum + text.length + between.length, 0))
    return texts.length === 0 ? none : stringNodes(texts.join(between))
  }),
  matches: {
    least: 1,
    most: 1,
    bind: ({ args: [pattern], regex }) => {
      const made = new Map<string, (text: string, environment: Environment) => boolean>()
      return (focus, environment) => {
        const whole = textOf(focus)
        const form = pattern ? textOf(pattern.evaluate(environment.self, environment)) : null
        if (whole === null || form === null) return none
        const known = made.get(form) ?? regex(form)
        if (made.size < 64) made.set(form, known)
        return booleanNodes(known(whole, environment))
      }
    },
  },
  replaceMatches: {
    least: 2,
    most: 2,
    bind:
      ({ args: [pattern, by], replaceRegex }) =>
      (focus, environment) => {
        const whole = textOf(focus)
        const form = pattern ? textOf(pattern.evaluate(environment.self, environment)) : null
        const to = by ? textOf(by.evaluate(environment.self, environment)) : null
        return whole === null || form === null || to === null ? none : stringNodes(replaceRegex(form)(whole, to, environment))
      },
  },
  abs: ofNumber(Math.abs, 'Decimal'),
  ceiling: ofNumber(Math.ceil, 'Integer'),
  floor: ofNumber(Math.floor, 'Integer'),
  truncate: ofNumber(Math.trunc, 'Integer'),
  sqrt: ofNumber((value) => (value < 0 ? null : Math.sqrt(value)), 'Decimal'),
  ln: ofNumber(Math.log, 'Decimal'),
  exp: ofNumber(Math.exp, 'Decimal'),
}
