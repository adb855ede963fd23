/** Deciding many proposals at once: those of one certainty and above. */
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import type { MappingEntry } from '../acts/mapping-entries.ts'
import { certaintyOf, useMappingHelp } from '../acts/mapping-help.ts'
import styles from './mapping.module.css'

const levels = [0.9, 0.8, 0.7, 0.5] as const

export interface SuggestedBarProps {
  readonly entries: readonly MappingEntry[]
  readonly onConfirm: (entries: readonly MappingEntry[]) => void
}

export function SuggestedBar({ entries, onConfirm }: SuggestedBarProps) {
  const { suggestions } = useMappingHelp()
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  const [level, setLevel] = useState<string>(String(levels[1]))
  const certain = entries.filter(({ line }) => (certaintyOf(line, suggestions) ?? 0) >= Number(level))
  const known = entries.some(({ line }) => certaintyOf(line, suggestions) !== null)
  return (
    <div className={`row-end below ${styles.bulk}`}>
      {known && (
        <>
          <Select
            label="Certainty"
            value={level}
            choices={levels.map((each) => [String(each), `${each * 100} % and above`] as const)}
            onChange={setLevel}
          />
          <Button isDisabled={readOnly || certain.length === 0} onPress={() => onConfirm(certain)}>
            Confirm {formatNumber(certain.length)} {certain.length === 1 ? 'line' : 'lines'}
          </Button>
        </>
      )}
      <Button isDisabled={readOnly || entries.length === 0} onPress={() => onConfirm(entries)}>
        Confirm all {formatNumber(entries.length)} shown
      </Button>
      <p className="muted">Enter confirms one line, T all of its table. One Undo takes back each of them.</p>
    </div>
  )
}
