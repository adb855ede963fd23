/** What is measured of a table beside its checks, in the same pass: profiles where they are asked for, groups and timeliness where declared. */

import { declaredGroups } from '../columns/declared-groups.ts'
import { fieldProfileOf } from '../columns/field-profile-of.ts'
import { groupsOf, type TableProfiler } from '../columns/table-profiler.ts'
import type { GroupProfile } from '../model/field-profile.ts'
import type { Measure } from '../model/measure.ts'
import type { InputFieldProfile, ValidateSource } from '../model/validation.ts'
import { profilerOf } from '../profile/profile.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import type { OpenTable } from '../read/table.ts'
import { RecordView } from '../read/text/record-view.ts'
import { resourceSchema } from '../schema/compile.ts'
import { Timeliness, timelinessColumns } from './timeliness.ts'

export class TableGauges {
  /** After `finish`. */
  profiles: readonly InputFieldProfile[] = []
  groups: readonly { readonly input: number; readonly field: string; readonly groups: readonly GroupProfile[] }[] = []
  timeliness: readonly { readonly input: number; readonly field: string; readonly measure: Measure }[] = []
  /** One record of a block. */
  private readonly single = new RecordView()
  private readonly input: number
  private readonly open: OpenTable
  private readonly withProfile: boolean
  private readonly profiler: TableProfiler | null
  private readonly timing: { readonly field: string; readonly counter: Timeliness } | null

  /** Null where there is nothing to measure, so that a plain run pays nothing. */
  static of(given: ValidateSource, open: OpenTable, input: number, withProfile: boolean): TableGauges | null {
    const schema = given.schema && (resourceSchema(given.schema, given.table) ?? given.schema)
    const { header } = open.structure
    const { site, sourceSystem, date } = declaredGroups(schema, given.reading)
    const isGrouped = [site, sourceSystem, date].some((field) => field !== undefined && header.includes(field))
    const profiler = withProfile || isGrouped ? profilerOf(given, open.structure, open.encoding, {}) : null
    const columns = timelinessColumns(schema)
    const timing =
      columns && header.includes(columns.occurred) && header.includes(columns.recorded)
        ? { field: columns.recorded, counter: new Timeliness(header, columns, given.reading.dateOrder === 'month-first') }
        : null
    return profiler || timing ? new TableGauges(input, open, withProfile, profiler, timing) : null
  }

  private constructor(
    input: number,
    open: OpenTable,
    withProfile: boolean,
    profiler: TableProfiler | null,
    timing: TableGauges['timing'],
  ) {
    this.input = input
    this.open = open
    this.withProfile = withProfile
    this.profiler = profiler
    this.timing = timing
  }

  see(view: RecordView, byteOf: (index: number) => number): void {
    this.profiler?.see(view, byteOf)
    this.timing?.counter.see(view, this.open.texts)
  }

  seeBlock(block: RecordBlock, byteOf: (index: number) => number): void {
    this.profiler?.seeBlock(block, byteOf)
    if (!this.timing) return
    for (let record = block.first; record < block.last; record++) {
      block.show(record, this.single)
      this.timing.counter.see(this.single, this.open.texts)
    }
  }

  finish(): void {
    const { input, profiler, timing } = this
    const state = profiler?.finish()
    if (state) {
      const fields = state.columns.map((column, i) => ({ column, groups: groupsOf(state, i) }))
      this.groups = fields.map(({ column, groups }) => ({ input, field: column.field, groups }))
      if (this.withProfile) this.profiles = fields.map(({ column, groups }) => ({ ...fieldProfileOf(column, groups), input }))
    }
    if (timing) this.timeliness = [{ input, field: timing.field, measure: timing.counter.measure() }]
  }
}
