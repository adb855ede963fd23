/** Deciding many proposals at once: those that carry a value, by their certainty, and apart from them those that leave something behind. */
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { leavesBehind, type MappingEntry } from '../acts/mapping-entries.ts'
import { certaintyOf, useMappingHelp } from '../acts/mapping-help.ts'
import styles from './mapping.module.css'

const levels = [0.9, 0.8, 0.7, 0.5] as const

export interface SuggestedBarProps {
  readonly entries: readonly MappingEntry[]
  readonly onConfirm: (entries: readonly MappingEntry[]) => void
  readonly onLeave: (entries: readonly MappingEntry[]) => void
}

export function SuggestedBar({ entries, onConfirm, onLeave }: SuggestedBarProps) {
  const { suggestions } = useMappingHelp()
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  const [level, setLevel] = useState<string>(String(levels[1]))
  const carrying = entries.filter(({ line }) => !leavesBehind(line))
  const leaving = entries.filter(({ line }) => leavesBehind(line))
  const certain = carrying.filter(({ line }) => (certaintyOf(line, suggestions) ?? 0) >= Number(level))
  const known = carrying.some(({ line }) => certaintyOf(line, suggestions) !== null)
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
            Confirm {formatCount(certain.length, 'line', 'lines')}
          </Button>
        </>
      )}
      {carrying.length > 0 && (
        <Button isDisabled={readOnly} onPress={() => onConfirm(carrying)}>
          Confirm {formatCount(carrying.length, 'line that carries a value', 'lines that carry a value')}
        </Button>
      )}
      {leaving.length > 0 && (
        <Button isDisabled={readOnly} onPress={() => onLeave(leaving)}>
          Leave {formatNumber(leaving.length)} behind…
        </Button>
      )}
      <p className="muted">Enter confirms one line, T those of its table that carry a value. One Undo takes back each of them.</p>
    </div>
  )
}
