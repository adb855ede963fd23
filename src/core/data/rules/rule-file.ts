/** Checks of a team as data: `rules/*.json`, read strictly, so that a misspelt word is said with its place and never skipped. */

import { type Fact, type Severity, severities } from '../../finding.ts'
import { isMembers, type Members } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import { longestExpression, parseExpression } from './expression.ts'
import { ruleText, short } from './rule-text.ts'

/** The text of a rules file, as a person wrote it. */
export interface RuleFile {
  readonly name: string
  readonly text: string
}

/** One entry: an expression that must be true of every record, or a check of the product by its code. */
export interface RuleEntry {
  /** Stable name; where findings of an expression are counted. */
  readonly id: string
  /** Table the rule is about. */
  readonly on: string
  readonly when: string | null
  readonly assert: string | null
  readonly check: string | null
  readonly fields: readonly string[]
  readonly params: JsonObject
  readonly severity: Severity | null
  readonly title: string | null
  readonly why: string | null
  readonly remedy: string | null
  readonly kahn: string | null
  readonly safety: string | null
  /** Of a rule that was read off data: records it was tested on, and how many kept it. */
  readonly proposed?: { readonly tested: number; readonly kept: number }
  /** Nobody adopted it: it is part of a schema that the run made for itself. */
  readonly guessed?: true
  /** File and JSON pointer, for the origin of a finding. */
  readonly file: string
  readonly pointer: string
}

/** What a team said of its own rule, and what speaks for one that was read off data. */
export function notesOf({ title, why, remedy, kahn, safety, proposed }: RuleEntry): readonly Fact[] {
  const words = { rule: title, why, remedy, kahn, 'safety class': safety }
  const said = Object.entries(words).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
  return proposed
    ? [...said, { name: 'read off the data: records that keep the rule', value: `${proposed.kept} of ${proposed.tested}` }]
    : said
}

/** What can not be read, where: file, JSON pointer or line, and the character of an expression. */
export interface RuleFault {
  readonly file: string
  readonly at: string
  readonly says: string
}

export interface ReadRules {
  readonly entries: readonly RuleEntry[]
  readonly faults: readonly RuleFault[]
}

const members = [
  'id',
  'on',
  'when',
  'assert',
  'check',
  'fields',
  'params',
  'severity',
  'title',
  'why',
  'remedy',
  'kahn',
  'safety',
  'proposed',
]
/** Each costs about 10 kB while a table is read. */
const mostRules = 10_000
const mostUnknown = 20
/** As many columns as a table may have. */
const mostFields = 16_384
const kahnWords = ['conformance', 'completeness', 'plausibility']

export function readRuleFiles(files: readonly RuleFile[]): ReadRules {
  const entries: RuleEntry[] = []
  const faults: RuleFault[] = []
  const seen = new Map<string, string>()
  for (const file of files) {
    const read = readRuleFile(file)
    for (const fault of read.faults) faults.push(fault)
    for (const entry of read.entries) {
      const before = seen.get(entry.id)
      if (before === undefined) entries.push(entry)
      else faults.push({ file: file.name, at: entry.pointer, says: `The id ${short(entry.id)} is already that of ${before}.` })
      seen.set(entry.id, before ?? `${file.name} ${entry.pointer}`)
    }
  }
  return { entries, faults }
}

function readRuleFile({ name, text }: RuleFile): ReadRules {
  const read = ruleText(text)
  if ('says' in read) return { entries: [], faults: [{ file: name, ...read }] }
  const { value } = read
  if (!isMembers(value) || !Array.isArray(value.rules))
    return { entries: [], faults: [{ file: name, at: '/', says: 'A rules file holds an object with the list "rules".' }] }
  if (value.rules.length > mostRules) {
    const says = `A rules file holds at most ${mostRules} rules; this one holds ${value.rules.length}.`
    return { entries: [], faults: [{ file: name, at: '/rules', says }] }
  }
  const faults = unknownMembers(value, ['$schema', 'rules', 'title', 'description'], name, '')
  const entries: RuleEntry[] = []
  for (const [i, given] of value.rules.entries()) {
    const read = readEntry(given, name, `/rules/${i}`)
    if (Array.isArray(read)) faults.push(...read)
    else entries.push(read)
  }
  return { entries, faults }
}

/** The first of them: an object of a million foreign names is no list of mistakes. */
function unknownMembers(given: Members, known: readonly string[], file: string, pointer: string): RuleFault[] {
  return Object.keys(given)
    .filter((member) => !known.includes(member))
    .slice(0, mostUnknown)
    .map((member) => ({ file, at: `${pointer}/${short(member)}`, says: `The member ${short(member)} is not known.` }))
}

/** One entry, also where a schema carries it; a list says what is wrong with it. */
export function readEntry(given: JsonValue, file: string, pointer: string): RuleEntry | RuleFault[] {
  if (!isMembers(given)) return [{ file, at: pointer, says: 'A rule is an object.' }]
  const faults = unknownMembers(given, members, file, pointer)
  const fault = (member: string, says: string): void => {
    faults.push({ file, at: `${pointer}/${member}`, says })
  }
  const text = (member: string): string | null => {
    const value = given[member]
    if (value === undefined) return null
    if (typeof value !== 'string' || value.trim() === '') fault(member, `${member} takes a text.`)
    else if (value.length > longestExpression && member !== 'when' && member !== 'assert')
      fault(member, `${member} is longer than ${longestExpression} characters.`)
    else if (/\p{Surrogate}/u.test(value)) fault(member, `${member} holds half a character (a lone surrogate).`)
    else return value
    return null
  }
  const [id, on, when, assert, check] = [text('id'), text('on'), text('when'), text('assert'), text('check')]
  if (on === null) fault('on', 'The table is missing: "on" names it.')
  if ((assert === null) === (check === null))
    fault(check === null ? 'assert' : 'check', 'A rule has either an expression ("assert") or the code of a check ("check").')
  if (assert !== null && id === null) fault('id', 'A rule with an expression needs an id, under which its findings are counted.')
  for (const [member, source] of [['when', when] as const, ['assert', assert] as const]) {
    const parsed = source === null ? null : parseExpression(source)
    if (parsed?.kind === 'fault') fault(member, `character ${parsed.at + 1}: ${parsed.says}`)
  }
  const severity = text('severity')
  if (severity !== null && !(severities as readonly string[]).includes(severity))
    fault('severity', `severity is one of ${severities.join(', ')}.`)
  const kahn = text('kahn')
  if (kahn !== null && !kahnWords.includes(kahn)) fault('kahn', `kahn is one of ${kahnWords.join(', ')}.`)
  const params = given.params ?? {}
  if (!isMembers(params)) fault('params', 'params is an object.')
  const fields = typeof given.fields === 'string' ? [given.fields] : (given.fields ?? [])
  if (!Array.isArray(fields) || !fields.every((field) => typeof field === 'string'))
    fault('fields', 'fields is a list of column names.')
  else if (fields.length > mostFields) fault('fields', `fields holds at most ${mostFields} columns; here are ${fields.length}.`)
  const own = id ?? `${check} ${on} ${(fields as readonly string[]).join(' + ')}`
  if (id === null && own.length > longestExpression) fault('id', 'A rule over so many columns needs an id.')
  const proposed = proposedOf(given.proposed)
  if (proposed === null) fault('proposed', 'proposed is an object with two whole numbers, tested and kept.')
  const words = { title: text('title'), why: text('why'), remedy: text('remedy'), safety: text('safety') }
  if (faults.length > 0) return faults
  return {
    id: own,
    on: on ?? '',
    when,
    assert,
    check,
    fields: fields as readonly string[],
    params: isMembers(params) ? params : {},
    severity: severities.find((one) => one === severity) ?? null,
    ...words,
    kahn,
    ...(proposed ? { proposed } : {}),
    file,
    pointer,
  }
}

/** Undefined where it is left out, null where it can not be read. */
function proposedOf(given: JsonValue | undefined): RuleEntry['proposed'] | null {
  if (given === undefined) return undefined
  if (!isMembers(given) || !isCount(given.tested) || !isCount(given.kept)) return null
  return { tested: given.tested, kept: given.kept }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
