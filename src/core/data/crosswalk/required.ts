/** What is wrong with a field map before any row is read: required targets without a source, losses, open lines. */
import type { Severity } from '../../finding.ts'
import type { Definitions } from '../fhir/packs.ts'
import { isClinical } from '../reconcile/elements.ts'
import { isRowRule } from '../reconcile/row-rules.ts'
import type { MappingFinding, TargetField } from './crosswalk.ts'
import { parseElementPath } from './element-path.ts'
import type { FieldLine, Mapping } from './mapping.ts'

/** `fields` are those of a target schema; FHIR types are known by their definitions. */
export function mappingFindings(
  mapping: Mapping,
  definitions: Definitions,
  fields: readonly TargetField[] = [],
): MappingFinding[] {
  return [
    ...requiredFindings(mapping, definitions, fields),
    ...mapping.fields.flatMap((line, i) => lineFindings(line, i)),
    ...[...mapping.values.values()].flatMap((map) => valueFindings(mapping, map.name)),
  ]
}

function requiredFindings(mapping: Mapping, definitions: Definitions, fields: readonly TargetField[]): MappingFinding[] {
  const targets = mapping.fields.filter(({ status, target, rule }) => status === 'confirmed' && target !== '' && !isRowRule(rule))
  const paths = targets.flatMap(({ target }) => {
    const path = parseElementPath(target)
    return typeof path === 'string' ? [] : [path]
  })
  const missing: string[] = []
  for (const type of new Set(paths.map((path) => path.type)))
    for (const child of definitions.type(type)?.root.children ?? []) {
      if (child.min === 0) continue
      const own = paths.filter((path) => path.type === type)
      const filled = own.some(({ steps, where }) => steps[0]?.name.startsWith(child.name) || where?.path[0] === child.name)
      if (!filled) missing.push(`${type}.${child.name}`)
    }
  const known = new Set(paths.map(({ plain }) => plain))
  const tables = new Set(paths.map(({ type }) => type))
  for (const { target, required } of fields)
    if (required && tables.has(target.split('.')[0] ?? '') && !known.has(target)) missing.push(target)
  return missing.map((what) => ({
    code: 'data/mapping-required',
    severity: 'error',
    line: null,
    what,
    words: `${what} is required in the target, and no confirmed line gives it a source, a constant or a rule.`,
  }))
}

function lineFindings(line: FieldLine, at: number): MappingFinding[] {
  const what = `${line.source}.${line.fields.join(' + ')}`
  const signed = line.by === '' ? 'nobody signed' : line.by
  if (line.status === 'not-carried' && line.source === '') {
    const words = `${line.target} is not made of legacy records: ${line.reason} (${signed}).`
    return [{ code: 'data/mapping-not-carried', severity: 'info', line: at, what: line.target, words }]
  }
  if (line.status === 'not-carried') {
    const severity: Severity = isClinical(line.source) ? 'critical' : 'info'
    return [
      {
        code: 'data/mapping-not-carried',
        severity,
        line: at,
        what,
        words: `${what} is left behind: ${line.reason} (${signed}).`,
      },
    ]
  }
  if (line.status === 'confirmed') return []
  return [
    {
      code: 'data/mapping-unmapped',
      severity: 'warning',
      line: at,
      what,
      words: `${what} is ${line.status}; its cells are carried by nobody.`,
    },
  ]
}

/** Wider, inexact and folded values, in the order of the map: what they lose is named. */
function valueFindings(mapping: Mapping, name: string): MappingFinding[] {
  const map = mapping.values.get(name)
  const at = mapping.fields.findIndex(({ params }) => params.get('map') === name)
  const line = mapping.fields[at]
  if (!map || !line) return []
  const severity: Severity = isClinical(line.source) ? 'warning' : 'info'
  const found: MappingFinding[] = []
  const finding = (words: string): MappingFinding => ({
    code: 'data/mapping-lossy',
    severity,
    line: at,
    what: `value map ${name}`,
    words,
  })
  const byTarget = new Map<string, string[]>()
  for (const { code, display, system, target, relationship } of map.lines.values()) {
    const shown = display === '' ? code : `${code} (${display})`
    if (relationship === 'wider' || relationship === 'inexact')
      found.push(finding(`${shown} becomes ${target}, which is ${relationship}: what sets it apart is lost.`))
    if (relationship === 'unmatched' || target === '') continue
    const key = `${system}|${target}`
    byTarget.set(key, [...(byTarget.get(key) ?? []), code])
  }
  for (const [target, codes] of byTarget)
    if (codes.length > 1)
      found.push(
        finding(
          `${codes.length} values become ${target.slice(target.indexOf('|') + 1)}: ${codes.join(', ')} can not be told apart afterwards.`,
        ),
      )
  return found
}
