/** What takes part in a reconciliation: files of both sides, and how their records find each other. */
import { useState } from 'react'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { ghosts } from '../../../components/ghosts.ts'
import { EmptyState } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { useMapping } from '../acts/mapping.ts'
import { type Choice, usualChoice } from '../acts/reconcile.ts'
import styles from './reconcile.module.css'

const byMapping = ''

export interface ReconcileChoiceProps {
  readonly onRun: (choice: Choice) => void
}

export function ReconcileChoice({ onRun }: ReconcileChoiceProps) {
  const sources = useWorkspace((w) => w.project?.sources ?? [])
  const files = useWorkspace((w) => w.files)
  const running = useWorkspace((w) => w.running !== null)
  const inputs = useWorkspace((w) => w.run?.validation?.inputs)
  const mapping = useMapping()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [key, setKey] = useState(byMapping)
  const all = usualChoice(sources, files)
  if (all.legacy.length === 0 || all.target.length === 0) return <NoSides legacy={all.legacy.length} target={all.target.length} />
  const mapped = (mapping?.mapping.fields.length ?? 0) > 0
  const decided = mapping?.mapping.fields.some(({ status }) => status === 'confirmed') ?? false
  const headers = (side: SourceEntry['side']): ReadonlySet<string> =>
    new Set((inputs ?? []).filter((input) => input.side === side).flatMap(({ structure }) => structure?.header ?? []))
  const shared = [...headers('legacy')].filter((column) => headers('target').has(column))
  const keep = (ids: readonly string[]): readonly string[] => ids.filter((id) => !left.has(id))
  const choice: Choice = { legacy: keep(all.legacy), target: keep(all.target), key: key === byMapping ? null : key }
  const toggle = (id: string): void => {
    const next = new Set(left)
    if (!next.delete(id)) next.add(id)
    setLeft(next)
  }
  const keys = [
    [byMapping, mapped ? 'the field map' : 'Choose a column…'] as const,
    ...shared.map((column) => [column, `column ${column}`] as const),
  ]
  return (
    <section className={`stack-wide ${styles.choose}`}>
      <p>
        {decided
          ? '“Run all checks” reconciles all files. Reconcile here to leave some out, or to join them by a column.'
          : mapped
            ? 'No line of the field map is confirmed yet, so no record can be followed to the target.'
            : 'There is no field map yet. It says which legacy field becomes which target field.'}{' '}
        The result says where every legacy record ended: arrived, merged, excluded by rule, or unaccounted.
      </p>
      {!decided && (
        <div>
          <ButtonLink look="primary" href="#/data/mapping">
            {mapped ? 'Confirm the field map' : 'Make a field map'}
          </ButtonLink>
        </div>
      )}
      <div>
        <Button
          look={decided ? 'primary' : 'plain'}
          isDisabled={running || choice.legacy.length === 0 || choice.target.length === 0 || (choice.key === null && !decided)}
          onPress={() => onRun(choice)}
        >
          Run reconciliation
        </Button>
      </div>
      <div className="tiles">
        {(['legacy', 'target'] as const).map((side) => (
          <fieldset key={side}>
            <legend>
              <h2>{side === 'legacy' ? 'Legacy' : 'Target'}</h2>
            </legend>
            <div className={`box scroll ${styles.files}`}>
              {sources
                .filter((source) => source.side === side && files.has(source.id))
                .map(({ id, name }) => (
                  <label key={id}>
                    <input type="checkbox" checked={!left.has(id)} onChange={() => toggle(id)} />
                    <span>{name}</span>
                  </label>
                ))}
            </div>
          </fieldset>
        ))}
      </div>
      <div className="tiles">
        <Select label="Records find each other by" value={key} choices={keys} onChange={setKey} />
      </div>
      {!mapped && shared.length === 0 && (
        <p className="muted">
          There is no field map, and no column has the same name on both sides. Check the files first, or{' '}
          <a href="#/data/mapping">make a field map</a>.
        </p>
      )}
    </section>
  )
}

function NoSides({ legacy, target }: { readonly legacy: number; readonly target: number }) {
  const missing = [legacy === 0 ? 'legacy' : '', target === 0 ? 'target' : ''].filter(Boolean).join(' and ')
  return (
    <EmptyState title="Both sides are needed" example={ghosts.reconcile}>
      <p>
        No {missing} file is open in this session. Reconciliation holds every legacy record against the target: what arrived, what
        was merged, what was left behind by rule, and what nobody can account for.
      </p>
      <ButtonLink look="primary" href="#/data/sources">
        Add files
      </ButtonLink>
    </EmptyState>
  )
}
