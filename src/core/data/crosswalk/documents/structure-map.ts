/** The field map as a FHIR StructureMap in the text of the mapping language (FML, FHIR R4 and R5); what it can not say stands in it as a comment. */
import { counted } from '../../../counted.ts'
import { compareText } from '../../../finding.ts'
import type { ValueLine, ValueMap } from '../../model/carried.ts'
import { type ElementPath, parseElementPath } from '../mapping/element-path.ts'
import type { FieldLine, Mapping } from '../mapping/mapping.ts'
import { bindCondition, conditionWords, isRowRule, rowRuleWords } from '../plan/row-rules.ts'
import { transformNamed } from '../transforms/index.ts'

export interface StructureMapText {
  readonly text: string
  /** Confirmed lines that are rules of the map, and those that are comments in it. */
  readonly rules: number
  readonly comments: number
}

/** @param name a word for the map, e.g. the id of the project */
export function structureMap(name: string, mapping: Mapping): StructureMapText {
  const word = identifier(name)
  const groups = new Map<string, Group>()
  const typeOf = (table: string): string => [...groups.values()].find(({ source }) => source === table)?.type ?? 'Resource'
  const confirmed = mapping.fields.filter(({ status }) => status === 'confirmed')
  for (const line of confirmed) {
    const path = parseElementPath(line.target)
    if (typeof path === 'string') continue
    const key = JSON.stringify([line.source, path.type, path.where])
    const group = groups.get(key) ?? { source: line.source, type: path.type, where: path.where, lines: [] }
    groups.set(key, group)
    group.lines.push({ line, path })
  }
  const written = [...groups.values()].map((group, at) => groupText(group, at, mapping, typeOf))
  const sources = [...new Set([...groups.values()].map(({ source }) => source))]
  const types = [...new Set([...groups.values()].map(({ type }) => type))]
  const used = new Set(confirmed.filter(({ rule }) => rule === 'value-map').map(({ params }) => params.get('map') ?? ''))
  const maps = [...mapping.values.values()].filter((map) => used.has(map.name)).sort((a, b) => compareText(a.name, b.name))
  const text = [
    `map ${doubleQuoted(`urn:carryover:map:${name}`)} = ${doubleQuoted(word)}`,
    ...maps.map(conceptMapText),
    [
      ...sources.map((table) => `uses ${doubleQuoted(`urn:carryover:legacy:${table}`)} alias ${sourceAlias(table)} as source`),
      ...types.map((type) => `uses ${doubleQuoted(addressOf(type))} alias ${identifier(type)} as target`),
    ].join('\n'),
    ...written.map(({ text: one }) => one),
    ...(confirmed.length < mapping.fields.length
      ? [
          `// ${counted(mapping.fields.length - confirmed.length, 'line')} of the field map: not confirmed, or the column is left behind.`,
        ]
      : []),
  ].join('\n\n')
  return {
    text: `${text}\n`,
    rules: written.reduce((sum, { rules }) => sum + rules, 0),
    comments: written.reduce((sum, { comments }) => sum + comments, 0),
  }
}

interface Group {
  readonly source: string
  readonly type: string
  readonly where: ElementPath['where']
  readonly lines: { readonly line: FieldLine; readonly path: ElementPath }[]
}

function groupText(
  { source, type, where, lines }: Group,
  at: number,
  mapping: Mapping,
  typeOf: (table: string) => string,
): { readonly text: string; readonly rules: number; readonly comments: number } {
  const out: string[] = []
  let rules = 0
  // What tells the records of this group from others of their type is set in every one of them.
  if (where !== null)
    out.push(
      `  src -> ${chain(
        where.path.map((name) => ({ name, where: null })),
        quoted(where.value),
      )} "kind_${at + 1}";`,
    )
  for (const { line, path } of lines) {
    const said = ruleOf(line, path, mapping, typeOf)
    if (said === null) out.push(`  // ${commentOf(line)}`)
    else {
      rules++
      out.push(`  ${said} "line_${at + 1}_${rules}";`)
    }
  }
  const head = `group ${identifier(`${source}_to_${type}_${at + 1}`)}(source src : ${sourceAlias(source)}, target tgt : ${identifier(type)}) {`
  return { text: [head, ...out, '}'].join('\n'), rules, comments: lines.length - rules }
}

/** A rule without its name; null where the mapping language has no counterpart. */
function ruleOf(line: FieldLine, path: ElementPath, mapping: Mapping, typeOf: (table: string) => string): string | null {
  const { params } = line
  const param = (name: string): string => params.get(name) ?? ''
  const fields = line.fields.filter((field) => field !== '')
  const only = rowsOf(line)
  if (only === null || path.steps.some(({ where }) => where?.column !== undefined)) return null
  const from = [...only, ...fields.map((field, i) => `src.${identifier(field)} as v${i + 1}`)].join(', ')
  const to = (value: string, more: readonly string[] = []): string =>
    `${from === '' ? 'src' : from} -> ${chain([...path.steps, ...more.map((name) => ({ name, where: null }))], value)}`
  switch (line.rule) {
    case 'copy':
      return fields.length === 1 ? to('v1') : null
    case 'constant':
      return `${only[0] ?? 'src'} -> ${chain(path.steps, quoted(param('value')))}`
    case 'trim':
      return to('(v1.trim())')
    case 'concat':
      return to(
        `append(${fields.flatMap((_, i) => [...(i > 0 ? [quoted(params.get('separator') ?? ' ')] : []), `v${i + 1}`]).join(', ')})`,
      )
    case 'code':
      return to(`cc(${quoted(param('system'))}, v1)`)
    case 'reference':
      return to(`append(${quoted(`${typeOf(param('table'))}/`)}, v1)`, ['reference'])
    case 'value-map': {
      const systems = [...(mapping.values.get(param('map'))?.lines.values() ?? [])].some(({ system }) => system !== '')
      return to(`translate(v1, ${quoted(`#${param('map')}`)}, ${quoted(systems ? 'CodeableConcept' : 'code')})`)
    }
    default:
      return null
  }
}

/** The rows a line holds for, as a source with a `where`; none where it holds for all, null where the condition can not be read. */
function rowsOf(line: FieldLine): readonly string[] | null {
  const when = bindCondition(line)
  if (when === null) return []
  if (typeof when === 'string' || !when.isValuesOnly) return null
  const tests = [...when.values].map(([column, list]) => {
    const cell = identifier(column)
    const values = [...list].map((value) =>
      value === '' ? `${cell}.empty() or ${cell}.trim() = ''` : `${cell}.trim() = ${quoted(value)}`,
    )
    return `(${values.join(' or ')})`
  })
  return [`src as row where ${tests.join(' and ')}`]
}

/** `tgt.a as t1 share a, t1.b = value`: elements that several rules fill are shared, so that they are made once. */
function chain(steps: ElementPath['steps'], value: string): string {
  const parts: string[] = []
  let at = 'tgt'
  let prefix = ''
  for (const [i, { name, where }] of steps.entries()) {
    prefix += `${i === 0 ? '' : '_'}${name}${where === null ? '' : `_${where.value}`}`
    const isLast = i === steps.length - 1
    if (isLast && where === null) {
      parts.push(`${at}.${identifier(name)} = ${value}`)
      continue
    }
    const next = `t${i + 1}`
    parts.push(`${at}.${identifier(name)} as ${next} share ${prefix.replace(/\W/g, '_')}`)
    if (where !== null) parts.push(...filterParts(next, prefix, where.path, where.value))
    at = next
  }
  return parts.join(', ')
}

/** What a filter of the path asks of the element, set in it. */
function filterParts(element: string, prefix: string, path: readonly string[], value: string): string[] {
  const parts: string[] = []
  let at = element
  for (const [i, name] of path.entries()) {
    const isLast = i === path.length - 1
    const next = `${element}_${i + 1}`
    const shared = `${prefix}_${path.slice(0, i + 1).join('_')}`.replace(/\W/g, '_')
    parts.push(isLast ? `${at}.${identifier(name)} = ${quoted(value)}` : `${at}.${identifier(name)} as ${next} share ${shared}`)
    at = next
  }
  return parts
}

function commentOf(line: FieldLine): string {
  const words =
    (isRowRule(line.rule) ? rowRuleWords(line) : (transformNamed(line.rule)?.words(line.params) ?? line.rule)) +
    conditionWords(line)
  const plain = `${line.fields.join(' + ')} to ${line.target}: ${words}${line.reason === '' ? '' : ` (${line.reason})`}`
  return `not said in the mapping language: ${plain.replace(/\s+/g, ' ')}`
}

/** As R5 writes relationships, which R4 reads alike. */
const signs: Readonly<Record<ValueLine['relationship'], string>> = {
  equivalent: '==',
  wider: '<=',
  narrower: '>=',
  inexact: '-',
  unmatched: '!=',
}

function conceptMapText({ name, lines }: ValueMap): string {
  const all = [...lines.values()]
  const systems = [...new Set(all.map(({ system }) => system))].sort(compareText)
  const prefixOf = (system: string): string => `t${systems.indexOf(system) + 1}`
  const matched = all.filter(({ relationship, target }) => relationship !== 'unmatched' && target !== '')
  return [
    `conceptmap ${doubleQuoted(`#${name}`)} {`,
    `  prefix s = ${doubleQuoted(`urn:carryover:legacy:${encodeURIComponent(name)}`)}`,
    ...systems.map(
      (system) => `  prefix ${prefixOf(system)} = ${doubleQuoted(system === '' ? 'urn:carryover:no-system' : system)}`,
    ),
    ...matched.map(
      ({ code, system, target, relationship }) =>
        `  s:${codeText(code)} ${signs[relationship]} ${prefixOf(system)}:${codeText(target)}`,
    ),
    ...(matched.length < all.length
      ? [`  // ${counted(all.length - matched.length, 'code has', 'codes have')} no counterpart`]
      : []),
    '}',
  ].join('\n')
}

function addressOf(type: string): string {
  return /^[A-Z]/.test(type) ? `http://hl7.org/fhir/StructureDefinition/${type}` : `urn:carryover:target:${type}`
}

/** A name as the language takes it: in backquotes where it is no plain word. */
/** Tables are often called like the resources they become; an alias names one thing only. */
function sourceAlias(table: string): string {
  return identifier(`legacy_${table}`)
}

function identifier(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replace(/[`\\]/g, '\\$&')}\``
}

function codeText(code: string): string {
  return /^[A-Za-z0-9_]+$/.test(code) ? code : doubleQuoted(code)
}

function quoted(text: string): string {
  return `'${escaped(text).replaceAll("'", "\\'")}'`
}

function doubleQuoted(text: string): string {
  return `"${escaped(text).replaceAll('"', '\\"')}"`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
}
