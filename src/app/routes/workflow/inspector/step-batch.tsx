/** How items are gathered before work starts: each at once, so many together, or at fixed times. */
import type { NodeFacts } from '../../../../core/workflow/edit/edit.ts'
import type { Batch } from '../../../../core/workflow/map/workflow.ts'
import { readDuration, writeTimes } from '../fields/durations.ts'
import { NumberField, SelectField, TextField } from '../fields/fields.tsx'

const kinds = [
  { id: 'size', label: 'So many together' },
  { id: 'clock', label: 'At fixed times' },
] as const
const runs = [
  { id: 'sequential', label: 'One after the other' },
  { id: 'parallel', label: 'All at once' },
] as const

/** What is taken until somebody says more: pairs, or once an hour. */
const first: Readonly<Record<Batch['kind'], Batch>> = {
  size: { kind: 'size', size: 2, run: 'sequential', maxWait: null },
  clock: { kind: 'clock', every: 3600, offset: 0, run: 'sequential', maxWait: null },
}

export function StepBatch({
  batch,
  readOnly,
  onChange,
}: {
  readonly batch: Batch | null
  readonly readOnly: boolean
  readonly onChange: (facts: NodeFacts, said: string) => void
}) {
  const change = (next: Batch | null): void => onChange({ batch: next }, 'Batch changed')
  /** A time in seconds into the batch, or why it can not be taken. */
  const timed = (least: number, put: (seconds: number) => Batch) => (text: string) => {
    const seconds = readDuration(text)
    if (seconds === null || seconds < least) return 'Write one time, such as 30 min or 4 h.'
    change(put(seconds))
    return null
  }
  const time = (value: number): string => writeTimes({ dist: 'constant', value })
  return (
    <>
      <SelectField
        label="Worked off"
        fact="batch"
        value={batch?.kind ?? null}
        options={kinds}
        none="Each item as it comes"
        disabled={readOnly}
        onCommit={(kind) => change(kind === null ? null : first[kind])}
      />
      {batch?.kind === 'size' && (
        <NumberField
          label="Items together"
          value={batch.size}
          disabled={readOnly}
          onCommit={(size) => {
            if (size === null || !Number.isInteger(size) || size < 1) return 'Give a whole number from 1 up.'
            change({ ...batch, size })
            return null
          }}
        />
      )}
      {batch?.kind === 'clock' && (
        <>
          <TextField
            label="Every"
            value={time(batch.every)}
            disabled={readOnly}
            onCommit={timed(1, (every) => ({ ...batch, every }))}
          />
          <TextField
            label="First after Monday 00:00"
            value={time(batch.offset)}
            disabled={readOnly}
            onCommit={timed(0, (offset) => ({ ...batch, offset }))}
          />
        </>
      )}
      {batch && (
        <>
          <SelectField
            label="Items of a batch"
            value={batch.run}
            options={runs}
            disabled={readOnly}
            onCommit={(run) => run && change({ ...batch, run })}
          />
          <TextField
            label="Waits at most"
            hint="Work then starts with what is there; empty: no limit"
            value={batch.maxWait === null ? '' : time(batch.maxWait)}
            disabled={readOnly}
            onCommit={(text) =>
              text.trim() === '' ? change({ ...batch, maxWait: null }) : timed(1, (maxWait) => ({ ...batch, maxWait }))(text)
            }
          />
        </>
      )}
    </>
  )
}
