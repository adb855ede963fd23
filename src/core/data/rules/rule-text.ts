/** The text of a rules file as a value, with nothing lost on the way: names that stand twice, numbers that no program holds. */

import type { JsonValue } from '../model/record.ts'
import { crowdedJson, jsonFault } from '../read/json/json-fault.ts'
import { repeatedName } from '../read/json/json-names.ts'
import { changedNumber } from '../read/json/json-numbers.ts'

/** Ten thousand rules of 200 characters: far more than a hospital has. */
export const mostRuleBytes = 2_000_000

export interface TextFault {
  readonly at: string
  readonly says: string
}

export function ruleText(text: string): { readonly value: JsonValue } | TextFault {
  const plain = text.replace(/^\uFEFF/, '')
  const bytes = new TextEncoder().encode(plain)
  if (bytes.length > mostRuleBytes)
    return { at: '/', says: `A rules file has at most ${mostRuleBytes / 1_000_000} MB; this one is larger.` }
  const broken = crowdedJson(bytes) ?? jsonFault(bytes)
  if (broken) return { at: placeOf(bytes, broken.at), says: `This is not JSON: here ${broken.why}.` }
  const twice = repeatedName(bytes)
  if (twice)
    return { at: placeOf(bytes, twice.at), says: `The member ${short(twice.name)} stands twice; only one of them can be meant.` }
  const changed = changedNumber(bytes)
  if (changed)
    return { at: placeOf(bytes, changed.at), says: `The number ${short(changed.text)} can not be kept: ${changed.why}.` }
  return { value: JSON.parse(plain) as JsonValue }
}

function placeOf(bytes: Uint8Array, at: number): string {
  const before = new TextDecoder().decode(bytes.subarray(0, at))
  return `line ${before.split('\n').length}, character ${before.length - before.lastIndexOf('\n')}`
}

/** As much of a name as a sentence can hold. */
export function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
