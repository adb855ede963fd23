/** What the field map says of whole rows and resources: which take part, which make one record, what stays behind and what legacy never had. */

import type { NotEvaluated } from '../../../finding.ts'
import { type ElementPath, parseElementPath } from '../mapping/element-path.ts'
import type { FieldLine } from '../mapping/mapping.ts'
import { parseCondition, type RowCondition } from './row-condition.ts'
import { bindFilter, bindJoin, type RowFilter, type RowJoin } from './row-rules.ts'

/** Resources or rows of the target that are not made of legacy records, with reason and name. */
export interface SetAside {
  readonly path: Pick<ElementPath, 'type' | 'where'>
  readonly reason: string
  readonly by: string
}

/** A column whose cells stay behind, in all rows or in those of a condition. */
export interface LeftColumn {
  readonly column: string
  readonly when: RowCondition | null
}

/** Type and filter of a path, as the field map writes them. */
export function selectorText({ type, where }: Pick<ElementPath, 'type' | 'where'>): string {
  return where === null ? type : `${type}.where(${where.path.join('.')}='${where.value}')`
}

const ofTable = ''

/** Row rules of all tables, by table and target; the empty target stands for all of a table. */
export class PlanRows {
  /** Legacy tables of which nothing is carried: written `*` in place of a column. */
  readonly leftBehind = new Map<string, RowFilter>()
  /** Written with a target and without a legacy table. */
  readonly setAside: SetAside[] = []
  private readonly filters = new Map<string, Map<string, RowFilter[]>>()
  private readonly joins = new Map<string, RowJoin>()
  private readonly leftColumns = new Map<string, LeftColumn[]>()
  private readonly notEvaluated: NotEvaluated[]

  /** Reads the rules among the lines; what can not be followed is added to `notEvaluated`. */
  constructor(lines: readonly FieldLine[], notEvaluated: NotEvaluated[]) {
    this.notEvaluated = notEvaluated
    const rest: FieldLine[] = []
    for (const line of lines)
      if (line.status === 'not-carried') this.leave(line)
      else if (line.status === 'confirmed' && line.rule === 'filter')
        if (line.params.has('rest')) rest.push(line)
        else this.filter(line, bindFilter(line))
      else if (line.status === 'confirmed' && line.rule === 'group') this.join(line)
    // The rest is known once all other filters are.
    const bound = rest.map((line) => [line, bindFilter(line, this.othersOf(line))] as const)
    for (const [line, filter] of bound) this.filter(line, filter)
  }

  filtersOf(source: string, target: string): readonly RowFilter[] {
    const own = this.filters.get(source)
    return [...(own?.get(ofTable) ?? []), ...(own?.get(target) ?? [])]
  }

  joinOf(source: string, target: string): RowJoin | null {
    return this.joins.get(`${source}\n${target}`) ?? this.joins.get(`${source}\n${ofTable}`) ?? null
  }

  leftColumnsOf(source: string): readonly LeftColumn[] {
    return this.leftColumns.get(source) ?? []
  }

  /** Values that the rows of a target may have in a column, as its filters name them. */
  valuesOf(source: string, target: string, column: string): ReadonlySet<string> | null {
    const named = this.filtersOf(source, target).flatMap(({ values }) => values.get(column) ?? [])
    const [first, ...others] = named
    return first === undefined ? null : new Set([...first].filter((value) => others.every((one) => one.has(value))))
  }

  /** Names the rules whose target no line of the table fills. */
  withoutTarget(known: ReadonlySet<string>): void {
    const rules = [
      ...[...this.filters].flatMap(([source, targets]) =>
        [...targets.keys()].map((target) => ['filter', source, target] as const),
      ),
      ...[...this.joins.keys()].map((key) => ['group', ...(key.split('\n') as [string, string])] as const),
    ]
    for (const [rule, source, target] of rules)
      if (target !== ofTable && !known.has(`${source}\n${target}`))
        this.complain({ source, fields: [target] }, `its ${rule} has no effect: no confirmed line of ${source} fills this target`)
  }

  private complain({ source, fields }: Pick<FieldLine, 'source' | 'fields'>, why: string): void {
    this.notEvaluated.push({ what: [source, fields.join(' + ')].filter((part) => part !== '').join('.'), why })
  }

  private leave(line: FieldLine): void {
    const { source, fields, target, reason, by } = line
    if (source === '') this.aside(line)
    else if (fields.includes('*')) this.leftBehind.set(source, { columns: [], takes: () => false, values: new Map(), reason, by })
    else {
      if (target !== '') return
      const text = line.params.get('when')
      const when = text === undefined ? null : parseCondition(text)
      if (typeof when === 'string') this.complain(line, when)
      else this.leftColumns.set(source, [...this.leftColumnsOf(source), ...fields.map((column) => ({ column, when }))])
    }
  }

  private aside({ source, fields, target, reason, by }: FieldLine): void {
    const path = parseElementPath(target)
    const what = { source, fields: target === '' ? fields : [target] }
    if (typeof path === 'string') this.complain(what, path)
    else if (path.steps.length > 0)
      this.complain(what, 'a line without a legacy table speaks of whole resources, such as DiagnosticReport')
    else if (by === '') this.complain(what, 'what legacy does not account for needs a reason and a name')
    else this.setAside.push({ path, reason, by })
  }

  private filter(line: FieldLine, bound: RowFilter | string): void {
    const target = targetOf(line)
    if (typeof bound === 'string') this.complain(line, bound)
    else if (target === null) this.complain(line, `“${line.target}” is no target; a filter names a table or a resource type`)
    else {
      const own = this.filters.get(line.source) ?? new Map<string, RowFilter[]>()
      own.set(target, [...(own.get(target) ?? []), bound])
      this.filters.set(line.source, own)
    }
  }

  private join(line: FieldLine): void {
    const target = targetOf(line)
    const bound = bindJoin(line)
    const key = `${line.source}\n${target}`
    if (typeof bound === 'string') this.complain(line, bound)
    else if (target === null) this.complain(line, `“${line.target}” is no target; a group names a table or a resource type`)
    else if (this.joins.has(key)) this.complain(line, 'another line groups these rows already')
    else this.joins.set(key, bound)
  }

  /** The filters of the other targets of a table, target by target. */
  private othersOf(line: FieldLine): readonly (readonly RowFilter[])[] {
    const own = targetOf(line)
    return [...(this.filters.get(line.source) ?? [])].flatMap(([target, filters]) =>
      target === ofTable || target === own ? [] : [filters],
    )
  }
}

/** The target a row rule speaks of; null where it is none. */
function targetOf({ target }: FieldLine): string | null {
  if (target === '') return ofTable
  const path = parseElementPath(target)
  return typeof path === 'string' || path.steps.length > 0 ? null : selectorText(path)
}
