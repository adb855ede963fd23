/** The tables of the old system and, beside each column, the line of the field map that carries it. */
import type { Choices } from './choices.ts'
import { diastolic, pressure, systems, systolic, vitals as vitalMeasures } from './codes.ts'
import type { Entry, Facts, Kind } from './facts.ts'
import { FieldMap } from './field-map.ts'
import { legacyNumber, timeRule } from './formats.ts'
import { clockCell, entryCell, personCell, type Source, timeCell } from './legacy-cells.ts'
import { mapContent, mapPatientLink, mapPeople } from './legacy-lines.ts'
import { mapPanel, mapValues } from './legacy-values.ts'
import { columnName, tableName } from './styles.ts'
import { elementOf, selectorOf, selectorOfCode } from './target-paths.ts'
import { legacyValue, precisionOf } from './views.ts'

export interface LegacyTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Records in each row: several in a wide table, none where the row is the patient's own. */
  readonly uids: readonly (readonly number[])[]
  /** Patient of a row of the table of patients. */
  readonly people: readonly (number | null)[]
}

interface Column {
  readonly field: string
  readonly name: string
  readonly cell: (group: readonly Entry[]) => string
}

export class LegacyMaker implements Source {
  readonly map = new FieldMap()
  readonly tables: LegacyTable[] = []
  readonly people: Facts['people']

  readonly choices: Choices
  readonly facts: Facts

  constructor(choices: Choices, facts: Facts) {
    this.choices = choices
    this.facts = facts
    this.people = facts.people
  }

  make(): void {
    this.patients()
    const { choices } = this
    if (choices.orders) this.orders()
    this.entries('visit', ['visit'])
    if (choices.oneList) this.entries('list', ['problem', 'allergy'])
    else for (const kind of ['problem', 'allergy'] as const) this.entries(kind, [kind])
    for (const kind of ['medicine', 'vaccine', 'procedure'] as const) this.entries(kind, [kind])
    this.entries('result', choices.vitals === 'with-results' ? ['result', 'vital'] : ['result'])
    if (choices.vitals === 'tall') this.entries('vital', ['vital'])
    if (choices.vitals === 'wide') this.wide()
    if (choices.emptyTable) this.push('recalls', [this.column('key', 'recalls'), this.column('status', 'recalls')], [])
    if (choices.logTable) this.log()
  }

  private column(field: string, table: string, cell?: Column['cell']): Column {
    const name = columnName(this.choices.style, table, field)
    return { field, name, cell: cell ?? (([first]) => (first ? entryCell(this, first, field) : '')) }
  }

  private push(name: string, columns: readonly Column[], groups: readonly (readonly Entry[])[]): void {
    const names = columns.map((column) => column.name)
    if (new Set(names).size < names.length) throw new Error(`two columns of one name in ${name}: ${names.join(', ')}`)
    this.tables.push({
      ...{ name, columns: names, people: groups.map(() => null) },
      rows: groups.map((group) => columns.map(({ cell }) => cell(group))),
      uids: groups.map((group) => group.map(({ uid }) => uid)),
    })
  }

  private patients(): void {
    const name = tableName(this.choices.style, 'person')
    const fields = ['key', 'family', 'given', 'birth', 'sex', 'postcode', 'city', 'phone']
    this.tables.push({
      ...{ name, columns: fields.map((field) => columnName(this.choices.style, 'person', field)) },
      rows: this.people.map((person) => fields.map((field) => personCell(this, person, field))),
      ...{ uids: this.people.map(() => []), people: this.people.map(({ number }) => number) },
    })
    mapPeople(this, name, (field) => columnName(this.choices.style, 'person', field))
  }

  /** Columns of one time: two where date and time stand apart. */
  private times(table: string, kind: Kind, field: 'start' | 'end'): Column[] {
    const first = this.column(field, table, ([entry]) => (entry ? timeCell(this.choices, entry, field) : ''))
    if (this.choices.time !== 'two-columns' || precisionOf(this.choices, 'legacy', kind) === 'day') return [first]
    const name = `${first.name}_${columnName(this.choices.style, table, 'clock')}`
    return [first, { field: `${field}Clock`, name, cell: ([entry]) => (entry ? clockCell(this.choices, entry, field) : '') }]
  }

  private columnsOf(table: string, kinds: readonly Kind[]): Column[] {
    const { choices } = this
    const [kind = 'visit'] = kinds
    const has = (...list: readonly Kind[]): boolean => kinds.some((one) => list.includes(one))
    const measured = has('result', 'vital')
    const plain = [
      ...['key'],
      ...(table === 'result' && choices.orders ? ['order'] : []),
      ...['person'],
      ...(kind === 'visit' || kinds.length === 0 || (kind === 'allergy' && !choices.oneList) ? [] : ['visit']),
      ...(table === 'list' ? ['kind'] : []),
      ...(kind === 'visit' ? ['class'] : ['code', 'text']),
    ]
    const after = [
      ...(has('problem', 'allergy', 'medicine') ? ['status'] : []),
      ...(has('problem', 'allergy') ? ['verification'] : []),
      ...(has('allergy') ? ['reaction'] : []),
      ...(has('medicine', 'vaccine') ? ['detail'] : []),
      ...(measured && choices.mixedValues && kind === 'result' ? ['valueType'] : []),
      ...(measured ? ['value'] : []),
      ...(measured && choices.units === 'column' ? ['unit'] : []),
      ...(has('medicine') && choices.deletedRows ? ['deleted'] : []),
    ]
    const timed = !(table === 'result' && choices.orders)
    return [
      ...plain.map((field) => this.column(field, table)),
      ...(timed ? this.times(table, kind, 'start') : []),
      ...(has('visit', 'problem', 'procedure') ? this.times(table, kind, 'end') : []),
      ...after.map((field) => this.column(field, table)),
      ...(choices.emptyColumn ? [{ field: 'empty', name: 'REMARK_2', cell: () => '' }] : []),
    ]
  }

  private entries(table: string, kinds: readonly Kind[]): void {
    const name = tableName(this.choices.style, table)
    const columns = this.columnsOf(table, kinds)
    const rows = this.facts.entries.filter(({ kind }) => kinds.includes(kind))
    this.push(
      name,
      columns,
      rows.map((entry) => [entry]),
    )
    const at = (field: string): string => columns.find((column) => column.field === field)?.name ?? ''
    const measured = kinds.includes('result') || kinds.includes('vital')
    for (const kind of measured ? kinds.slice(0, 1) : kinds) {
      const selector = selectorOf(this.choices, kind)
      if (kinds.length > 1 && !measured) {
        const letter = kind === 'allergy' ? 'A' : 'P'
        this.map.carry(name, [at('kind')], 'filter', `in=${letter}`, selector, 'the list holds problems and allergies')
      }
      const panel = measured && this.choices.components && kinds.includes('vital')
      // The first selector that fits a resource has it, so the narrow one stands first.
      if (panel)
        mapPanel(this, { table: name, kind: 'vital', selector: selectorOfCode(this.choices, 'vital', pressure.code), at })
      mapContent(this, { table: name, kind, selector, at })
      if (measured) mapValues(this, { table: name, kind, selector, at }, panel)
    }
  }

  /** Requests whose answers stand in another table, which repeats neither time nor more than the number. */
  private orders(): void {
    const { style } = this.choices
    const name = tableName(style, 'order')
    const sessions = new Map<number, Entry>()
    for (const entry of this.facts.entries)
      if (entry.kind === 'result' && !sessions.has(entry.session)) sessions.set(entry.session, entry)
    const columns = [this.column('order', 'order'), this.column('person', 'order'), ...this.times('order', 'result', 'start')]
    const groups = [...sessions.values()].map((entry) => [entry])
    this.push(name, columns, groups)
    const last = this.tables.at(-1)
    // The rows of requests are records of their own: the answers are placed in the other table.
    if (last) this.tables.splice(-1, 1, { ...last, uids: groups.map(() => []) })
    this.map.carry(name, [columns[0]?.name ?? ''], 'copy', 'role=key', 'DiagnosticReport.identifier.value')
    this.map.carry(name, [columns[1]?.name ?? ''], 'reference', `table=${tableName(style, 'person')}`, 'DiagnosticReport.subject')
    const { rule, params } = timeRule(this.choices, 'time')
    this.map.carry(
      name,
      columns.slice(2).map((one) => one.name),
      rule,
      params,
      'DiagnosticReport.effectiveDateTime',
    )
  }

  /** One row per visit, one column per measure; an empty cell was not measured. */
  private wide(): void {
    const { choices } = this
    const name = tableName(choices.style, 'vital')
    const sessions = new Map<number, Entry[]>()
    for (const entry of this.facts.entries)
      if (entry.kind === 'vital') sessions.set(entry.session, [...(sessions.get(entry.session) ?? []), entry])
    const measures = [systolic, diastolic, ...vitalMeasures]
    const value =
      (code: string) =>
      (group: readonly Entry[]): string => {
        const found = group.find(({ concept }) => concept.code === code)?.value
        const shown = found ? legacyValue(choices, found) : null
        return shown?.kind === 'quantity' ? legacyNumber(shown.number, choices) : ''
      }
    const columns = [
      ...['key', 'person', 'visit'].map((field) => this.column(field, 'vital')),
      ...this.times('vital', 'vital', 'start'),
      ...measures.map((one) => this.column(one.local, 'vital', value(one.code))),
    ]
    this.push(name, columns, [...sessions.values()])
    const at = (field: string): string => columns.find((column) => column.field === field)?.name ?? ''
    this.map.leave(name, at('key'), 'row number of the old screen')
    for (const measure of measures) this.wideMeasure(name, measure, at)
  }

  private wideMeasure(table: string, measure: (typeof vitalMeasures)[number], at: (field: string) => string): void {
    const { choices, map } = this
    const panel = choices.components && (measure === systolic || measure === diastolic)
    const selector = selectorOfCode(choices, 'vital', panel ? pressure.code : measure.code)
    if (!panel || measure === systolic) {
      map.carry(table, [at(measure.local)], 'filter', 'not-in=""', selector, 'an empty cell was not measured')
      mapPatientLink(this, { table, kind: 'vital', selector, at })
    }
    const inner = panel ? `component.where(code.coding.code='${measure.code}').` : ''
    const element = (field: string): string => `${selector}.${inner}${elementOf(choices, 'vital', field) ?? ''}`
    const other = choices.convert ? measure.other : null
    const decimal = choices.file.comma ? '; decimal=,' : ''
    if (other)
      map.carry(
        table,
        [at(measure.local)],
        'unit-convert',
        `from=${measure.unit}; to=${other.unit}; digits=${other.decimals}${decimal}`,
        element('value'),
      )
    else map.carry(table, [at(measure.local)], 'number-format', `decimal=${choices.file.comma ? ',' : '.'}`, element('value'))
    map.carry(table, [''], 'constant', `value=${other?.unit ?? measure.unit}`, element('unit'))
    if (choices.target === 'fhir' && (!panel || measure === systolic))
      map.carry(table, [''], 'constant', `value=${systems.loinc}; more=allowed`, `${selector}.code.coding.system`)
  }

  private log(): void {
    const name = tableName(this.choices.style, 'log')
    const visits = this.facts.entries.filter(({ kind }) => kind === 'visit')
    this.push(
      name,
      [this.column('key', 'log'), this.column('person', 'log'), ...this.times('log', 'visit', 'start')],
      visits.map((entry) => [entry]),
    )
    const last = this.tables.at(-1)
    if (last) this.tables.splice(-1, 1, { ...last, uids: visits.map(() => []) })
    this.map.leave(name, '*', 'the record of who opened what stays in the archive of the old system')
  }
}
