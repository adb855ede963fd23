/** An event log: drop it, say which column is what, see what really happens, and make it the current map. */
import { FileTrigger } from 'react-aria-components'
import type { LogStudy } from '../../../../io/workflow/study-log.ts'
import { Button } from '../../../components/button.tsx'
import { FileDrop } from '../../../components/file-drop.tsx'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { openLog, useEventLog } from '../acts/event-log.ts'
import { LogColumns } from './log-columns.tsx'
import { LogConform } from './log-conform.tsx'
import { LogDots } from './log-dots.tsx'
import { LogDrift } from './log-drift.tsx'
import { LogFacts } from './log-facts.tsx'
import { LogFilters } from './log-filters.tsx'
import { LogGraph } from './log-graph.tsx'
import { LogMap } from './log-map.tsx'
import { LogMatrices } from './log-matrices.tsx'
import { LogProgress } from './log-progress.tsx'
import { LogTables } from './log-tables.tsx'
import styles from './logs.module.css'

/** Shares below which a way is left out of the map. */
const filters: readonly (readonly [string, string])[] = [
  ['0', 'keep every way'],
  ['0.1', 'below a tenth of the usual one'],
  ['0.2', 'below a fifth of the usual one'],
  ['0.4', 'below two fifths of the usual one'],
]

export function LogsPage() {
  const { file, noise, filter, facts, study } = useEventLog()
  const busy = useWorkspace((w) => w.running !== null)
  const take = (files: readonly File[]): void => {
    const [first] = files
    if (first) void openLog(first)
  }
  return (
    <FileDrop className={styles.page} overClassName={styles.over} onFiles={take}>
      <PageHead title="Event log">
        <FileTrigger onSelect={(list) => take([...(list ?? [])])}>
          <Button isDisabled={busy}>{file === null ? 'Choose a log…' : 'Choose another log…'}</Button>
        </FileTrigger>
      </PageHead>
      <LogProgress />
      {file === null && (
        <EmptyState title="What really happens">
          <p>
            Drop an event log here: XES, or a table (CSV, Excel; also packed) with one row per event: which case, which activity,
            when, by whom. It is read on this computer; its rows are not kept.
          </p>
          <Button isDisabled={busy} onPress={() => void openExample()}>
            Open the example: a sepsis pathway that drifts
          </Button>
        </EmptyState>
      )}
      {file && study?.kind === 'unreadable' && (
        <>
          <Note mark="error">{study.sentence}</Note>
          {study.salvageable && (
            <Button isDisabled={busy} onPress={() => void openLog(file, { salvage: true })}>
              Use what stands before that place
            </Button>
          )}
        </>
      )}
      {file && study?.kind === 'columns' && (
        <LogColumns
          header={study.header}
          rows={study.rows}
          mapping={study.mapping}
          onRead={(chosen) => void openLog(file, { columns: chosen })}
        />
      )}
      {file && facts && (
        <>
          <LogFilters
            offered={facts.offered}
            filter={filter}
            cases={facts.statistics.cases}
            onFilter={(next) => void openLog(file, { filter: next })}
          />
          <div className={styles.beside}>
            <LogFacts name={file.name} facts={facts} />
            <LogMap
              filter={
                <Select
                  label="Leave out rare ways"
                  value={String(noise)}
                  choices={filters}
                  onChange={(value) => void openLog(file, { noise: Number(value) })}
                />
              }
              discovery={discoveryOf(study)}
            />
          </div>
          <LogConform activities={facts.statistics.activities.map(({ name }) => name)} />
          <LogGraph statistics={facts.statistics} />
          <LogDots chart={facts.chart} />
          <LogDrift drift={facts.drift} />
          {facts.matrices && <LogMatrices matrices={facts.matrices} />}
          <LogTables statistics={facts.statistics} />
          {facts.mapping && (
            <details>
              <summary>Which column is what</summary>
              <LogColumns
                header={facts.header}
                rows={[]}
                mapping={facts.mapping}
                onRead={(chosen) => void openLog(file, { columns: chosen })}
              />
            </details>
          )}
        </>
      )}
    </FileDrop>
  )
}

/** The invented log, made on the spot from its seed. */
async function openExample(): Promise<void> {
  const { sepsisLog } = await import('../../../../../samples/workflow/sepsis-log.ts')
  await openLog(new File([sepsisLog()], 'sepsis-after-go-live.csv', { type: 'text/csv' }))
}

function discoveryOf(study: LogStudy | null) {
  return study?.kind === 'log' ? study.discovery : null
}
