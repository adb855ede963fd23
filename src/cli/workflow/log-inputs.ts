/** Reads the event log named on a command line; what could not be read as it stands goes to standard error, line by line. */
import type { Command } from 'commander'
import type { ColumnChoices } from '../../core/workflow/log/columns.ts'
import { dateOrders } from '../../core/workflow/log/date-order.ts'
import { pathSource } from '../../io/files/files-node.ts'
import { type LogImport, readLog } from '../../io/workflow/event-log.ts'
import { resultOf } from '../shell/interruptible.ts'
import { printAside } from '../shell/print.ts'
import { stdinSource } from '../shell/stdin.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'

export interface LogOptions {
  readonly case?: string
  readonly activity?: string
  readonly timestamp?: string
  readonly start?: string
  readonly resource?: string
  readonly lifecycle?: string
  readonly dates?: string
  readonly salvage?: boolean
  readonly quiet?: boolean
}

export type ReadLog = Extract<LogImport, { kind: 'log' }>

export function addLogOptions(command: Command): Command {
  return command
    .option('--case <column>', 'column, or key of XES, that names the case')
    .option('--activity <column>', 'column, key or classifier that names the activity')
    .option('--timestamp <column>', 'column or key with the time')
    .option('--start <column>', 'column with the time at which work began')
    .option('--resource <column>', 'column or key that names who did it')
    .option('--lifecycle <column>', 'column or key that says start or complete')
    .option('--salvage', 'of a XES log that is cut off or damaged, use what stands before that place; refused otherwise')
    .option('--dates <order>', 'how dates of a table are written: day-first, month-first or year-first')
}

/** Null when it was interrupted. */
export async function logOf(path: string, options: LogOptions): Promise<ReadLog | null> {
  const columns = chosenColumns(options)
  const source = await (path === '-' ? stdinSource() : pathSource(path)).catch((error: unknown) => {
    if (error instanceof UsageError) throw error
    throw new InputError(`${path} could not be read. Check its name.`)
  })
  const done = await resultOf(
    (signal) => readLog({ source, columns, salvage: options.salvage === true }, signal),
    options.quiet === true,
  )
  if (done === null) return null
  const { value } = done
  if (value.kind === 'unreadable')
    throw new InputError(value.salvageable ? `${value.sentence} With --salvage, what stands before it is used.` : value.sentence)
  if (value.kind === 'columns')
    throw new InputError(
      `${path} can not be read as an event log yet. ${value.mapping.missing.join(' ')} Use --case, --activity and --timestamp.`,
    )
  for (const { n, sentence, place } of value.problems) {
    const where =
      place?.line !== undefined
        ? ` (first in line ${place.line})`
        : place?.byte !== undefined
          ? ` (first at byte ${place.byte})`
          : ''
    printAside(`${path}: ${n} × ${sentence}${where}\n`)
  }
  if (value.log.events === 0) throw new InputError(`${path} holds no event that could be read.`)
  return value
}

function chosenColumns({ case: ofCase, activity, timestamp, start, resource, lifecycle, dates }: LogOptions): ColumnChoices {
  const form = dateOrders.find((one) => one === dates)
  if (dates !== undefined && form === undefined)
    throw new UsageError(`--dates got "${dates}"; it takes day-first, month-first or year-first.`)
  return {
    ...(ofCase === undefined ? {} : { case: ofCase }),
    ...(activity === undefined ? {} : { activity }),
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(start === undefined ? {} : { start }),
    ...(resource === undefined ? {} : { resource }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
    ...(form === undefined ? {} : { form }),
  }
}
