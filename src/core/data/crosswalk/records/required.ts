/** What is wrong with a field map before any row is read: required targets without a source, losses, open lines. */
import { counted } from '../../../counted.ts'
import type { Severity } from '../../../finding.ts'
import type { Definitions } from '../../fhir/definitions/packs.ts'
import { isAmount } from '../../knowledge/column-words.ts'
import { safetyByName } from '../../knowledge/data-dictionary.ts'
import { parseElementPath } from '../mapping/element-path.ts'
import type { FieldLine, Mapping } from '../mapping/mapping.ts'
import type { ColumnCoverage, MappingFinding, TargetField } from '../plan/crosswalk.ts'
import { isClinical } from '../plan/elements.ts'
import { isRowRule } from '../plan/row-rules.ts'

/** `fields` are those of a target schema; FHIR types are known by their definitions. */
export function mappingFindings(
  mapping: Mapping,
  definitions: Definitions,
  fields: readonly TargetField[] = [],
): MappingFinding[] {
  return [
    ...requiredFindings(mapping, definitions, fields),
    ...mapping.fields.flatMap((line, i) => leftBehind(line, i)),
    ...waitingFindings(mapping),
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
  const pending = mapping.fields.filter(({ status, rule }) => status === 'suggested' && !isRowRule(rule))
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
  return missing.map((what) => {
    const isPending = pending.some(({ target }) => target === what || target.startsWith(`${what}.`))
    return {
      code: 'data/mapping-required',
      severity: isPending ? 'warning' : 'error',
      line: null,
      what,
      words: isPending
        ? `${what} is required in the target; a suggested line fills it as soon as somebody confirms it.`
        : `${what} is required in the target, and no confirmed line gives it a source, a constant or a rule.`,
    }
  })
}

function leftBehind(line: FieldLine, at: number): MappingFinding[] {
  if (line.status !== 'not-carried') return []
  const signed = line.by === '' ? 'nobody signed' : line.by
  if (line.source === '') {
    const words = `${line.target} is not made of legacy records: ${line.reason} (${signed}).`
    return [{ code: 'data/mapping-not-carried', severity: 'info', line: at, what: line.target, words }]
  }
  const what = `${line.source}.${line.fields.join(' + ')}`
  return [
    {
      code: 'data/mapping-not-carried',
      severity: isForCare(line) ? 'warning' : 'info',
      line: at,
      what,
      words: `${what} is left behind: ${line.reason} (${signed}).`,
    },
  ]
}

/** Columns of money and of papers, in whatever table they stand. */
const ofPapers =
  /payer|insur|claim|billing|guarantor|account|passport|driver|income|revenue|utili[sz]ation|^lat(itude)?$|^lon(gitude)?$|fips|modified|created_?(by|at|on)/i

/** False where nobody who treats the patient asks for it: money, insurance, places on a map. */
function isForCare({ source, fields }: FieldLine): boolean {
  const safety = safetyByName(source)
  if (safety === 'administrative' || (safety === null && !isClinical(source))) return false
  return fields.some((field) => !isAmount(field) && !ofPapers.test(field))
}

/** Lines that somebody has yet to decide, together for each table: until then nothing is written of them. */
function waitingFindings({ fields }: Mapping): MappingFinding[] {
  const waiting = [...fields.entries()].filter(([, { status }]) => isWaiting(status))
  const tables = new Map<string, (typeof waiting)[number][]>()
  for (const entry of waiting) {
    const { source, target } = entry[1]
    const name = source === '' ? (target.split('.')[0] ?? '') : source
    tables.set(name, [...(tables.get(name) ?? []), entry])
  }
  return [...tables].map(([what, lines]) => {
    const suggested = lines.filter(([, { status }]) => status === 'suggested').length
    const open = lines.length - suggested
    const parts = [
      ...(suggested > 0
        ? [`${counted(suggested, 'line is suggested and waits', 'lines are suggested and wait')} for a person`]
        : []),
      ...(open > 0 ? [`${counted(open, 'column has', 'columns have')} no target yet`] : []),
    ]
    return {
      code: 'data/mapping-unmapped',
      severity: 'warning',
      line: lines[0]?.[0] ?? null,
      what,
      words: `${what}: ${parts.join(', ')}; until then nothing is written of them.`,
    }
  })
}

const isWaiting = (status: FieldLine['status']): boolean => status === 'suggested' || status === 'unmapped'

/** Columns that are named; of more the count is enough. */
const mostNamed = 12

/**
 * What the findings come to, in one sentence.
 * @param columns of the legacy tables with their filled cells; null where no table was read, so that nobody knows whether the map is whole
 */
export function mappingSummary(
  { fields }: Mapping,
  findings: readonly MappingFinding[],
  columns: readonly ColumnCoverage[] | null,
): string {
  const count = (code: MappingFinding['code'], severity: Severity): number =>
    findings.filter((one) => one.code === code && one.severity === severity).length
  const waiting = fields.filter(({ status }) => isWaiting(status)).length
  const required = count('data/mapping-required', 'error')
  const left = count('data/mapping-not-carried', 'warning')
  const lossy = count('data/mapping-lossy', 'warning')
  const parts = [
    ...(waiting > 0 ? [`${counted(waiting, 'line waits', 'lines wait')} for your word`] : []),
    ...(required > 0 ? [`${counted(required, 'required element has', 'required elements have')} no value yet`] : []),
    ...(left > 0 ? [`${counted(left, 'column that matters for care is', 'columns that matter for care are')} left behind`] : []),
    ...(lossy > 0 ? [`${counted(lossy, 'value loses', 'values lose')} detail`] : []),
  ]
  const open = (columns ?? []).filter(({ state, filled }) => state === 'open' && filled > 0)
  if (open.length > 0) {
    const names = open.slice(0, mostNamed).map(({ table, column }) => `${table}.${column}`)
    const more = open.length > names.length ? ` and ${open.length - names.length} more` : ''
    parts.push(
      `${counted(open.length, 'filled column has', 'filled columns have')} no line that carries it: ${names.join(', ')}${more}`,
    )
  }
  if (parts.length > 0) return `${parts.join(', ')}.`
  // Words of care are known in few languages: that none was met proves nothing about a name.
  const behind = fields.filter(({ status, source }) => status === 'not-carried' && source !== '').length
  const rest =
    behind === 0
      ? 'and nothing is left behind'
      : `and ${counted(behind, 'line leaves', 'lines leave')} something behind, each with a reason: read whether care needs it`
  return columns === null || behind > 0 ? `No line waits, ${rest}.` : `The field map is whole: nothing waits, ${rest}.`
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
