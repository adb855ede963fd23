/** Keys that a person chose for a XES file and that nothing in it carries: said with those that are there, never passed over. */
import { compareText } from '../../finding.ts'
import type { LogBuilder } from './log-builder.ts'
import type { XesChoices } from './xes-header.ts'

export interface AbsentKey {
  readonly key: string
  readonly of: 'event' | 'trace'
  /** Keys that events, or traces, do carry. */
  readonly seen: readonly string[]
}

/** What only the reader knows: whether any time, any name of a case occurred, and whether the activity is a classifier of the file. */
export interface Met {
  readonly time: boolean
  readonly case: boolean
  readonly classifier: boolean
}

/** Asked before the log is finished, which lets the attributes go. */
export function absentKeys(choices: XesChoices, builder: LogBuilder, met: Met): readonly AbsentKey[] {
  const keys = [
    { key: choices.activity, usual: 'concept:name', met: met.classifier || builder.activities.size > 0 },
    { key: choices.resource, usual: 'org:resource', met: builder.resources.size > 0 },
    { key: choices.timestamp, usual: 'time:timestamp', met: met.time },
    { key: choices.lifecycle, usual: 'lifecycle:transition', met: builder.transitions.size > 0 },
    { key: choices.instance, usual: 'concept:instance', met: builder.instances.size > 0 },
  ]
  const used = keys.flatMap(({ key, usual, met: is }) => (is ? [key ?? usual] : []))
  const seen = [...new Set([...used, ...builder.eventAttributes.seen])].sort(compareText)
  const absent = keys.flatMap(({ key, met: is }): AbsentKey[] => (key === undefined || is ? [] : [{ key, of: 'event', seen }]))
  if (choices.case !== undefined && !met.case)
    absent.push({ key: choices.case, of: 'trace', seen: [...builder.caseAttributes.seen].sort(compareText) })
  return absent
}
