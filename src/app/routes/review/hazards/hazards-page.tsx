/** Hazard log: what can harm a patient through the change, how bad and how likely, what is done about it, and who accepts what is left. */
import { useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import type { Hazard } from '../../../../core/project/format/hazard-acts.ts'
import { sourceStanding } from '../../../../core/project/hazards/hazard-evidence.ts'
import { aboveAcceptable, hazardActs, hazardsOf, standingRisk } from '../../../../core/project/hazards/log/hazard-log.ts'
import { textsShown, wordsOf } from '../../../../core/project/hazards/log/hazard-texts.ts'
import { isLogSigned } from '../../../../core/project/hazards/safety-page.ts'
import { proposedHazards } from '../../../../core/project/reports/hazard-proposals.ts'
import { signedText } from '../../../../core/project/reports/hazard-report.ts'
import { Button } from '../../../components/button.tsx'
import { MenuButton } from '../../../components/menu-button.tsx'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { useNamed, WhoWorks } from '../../../frame/who-works.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { addProposedHazards, exportHazards } from '../acts/hazards.ts'
import { HazardDialog } from './hazard-dialog.tsx'
import { HazardTable } from './hazard-table.tsx'
import styles from './hazards.module.css'
import { SettleDialog, type Settling } from './settle-hazard-dialog.tsx'

export function HazardsPage() {
  const project = useWorkspace((w) => w.project)
  const named = useNamed()
  const [editing, setEditing] = useState<Hazard | 'new' | null>(null)
  const [settling, setSettling] = useState<Settling | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const shown = useMemo(() => {
    if (!project) return null
    // Worst first, what is closed last.
    const rank = ({ status, ...hazard }: Hazard): number => (status === 'closed' ? 0 : standingRisk(hazard))
    const rows = hazardsOf(project)
      .toSorted((a, b) => rank(b) - rank(a))
      .map((hazard) => ({ hazard, texts: textsShown(project, hazard), source: sourceStanding(project, hazard.from) }))
    return { rows, proposed: proposedHazards(project), signed: signedText(project), readable: hazardActs(project) !== null }
  }, [project])
  if (!project || !shown) return null
  const { rows, proposed, signed, readable } = shown
  if (!readable)
    return (
      <>
        <PageHead title="Hazard log" />
        <Note mark="error">The hazard log (review/hazards.json) can not be read. Open a backup of this project.</Note>
      </>
    )
  const waiting = rows.filter(({ hazard: { status } }) => status !== 'closed' && status !== 'accepted')
  const above = waiting.filter(({ hazard }) => standingRisk(hazard) >= aboveAcceptable).length
  return (
    <div className="stack-wide">
      <PageHead
        title="Hazard log"
        beside={
          rows.length > 0 && (
            <span className="muted">
              {counted(rows.length, 'hazard')}, {above === 0 ? 'none open above acceptable' : `${above} open above acceptable`}
            </span>
          )
        }
      >
        {rows.length > 0 && (
          <MenuButton
            label="Export"
            choices={[
              { id: 'csv', label: 'Spreadsheet (CSV)' },
              { id: 'markdown', label: 'Page (Markdown)' },
            ]}
            onChoose={exportHazards}
          />
        )}
        <Button onPress={() => setEditing('new')} isDisabled={!named}>
          Add hazard
        </Button>
        {rows.length > 0 && (
          <Button look="primary" onPress={() => setSettling({ how: 'sign' })} isDisabled={!named}>
            Sign the log
          </Button>
        )}
      </PageHead>
      {problem !== null && <Note mark="error">{problem}</Note>}
      {!named && (
        <WhoWorks
          question="Who keeps the hazard log?"
          button="Keep the log"
          className={'row-end'}
          onNamed={() => setProblem(null)}
        />
      )}
      {proposed.length > 0 && (
        <Note mark="warning">
          <p>
            {counted(proposed.length, 'cause')} of the current run and of readers’ verdicts{' '}
            {proposed.length === 1 ? 'has' : 'have'} no hazard yet.
          </p>
          <ul className={styles.proposed}>
            {countedTexts(proposed.map(({ words }) => words.hazard)).map(([words, times]) => (
              <li key={words}>{times === 1 ? words : `${words} (${times})`}</li>
            ))}
          </ul>
          <Button onPress={() => void addProposedHazards().then(setProblem)} isDisabled={!named}>
            Add {proposed.length === 1 ? 'it' : `all ${proposed.length}`}
          </Button>
        </Note>
      )}
      {signed !== null && <Note mark={isLogSigned(project) ? 'ok' : 'warning'}>{signed}</Note>}
      {rows.length === 0 ? (
        <EmptyState title="No hazard is written down yet">
          <p>
            Critical findings and what readers call harmful or wrong propose hazards here. A person judges cause, effect, severity
            and likelihood, and writes the controls.
          </p>
        </EmptyState>
      ) : (
        <>
          <p className="muted">
            Grades and risks run from 1 to 5, in the terms of DCB0129 and DCB0160. A hazard closes when a later run no longer
            finds it, or when the safety officer has accepted and signed what is left.
          </p>
          <HazardTable rows={rows} canAct={named} onEdit={setEditing} onSettle={setSettling} />
        </>
      )}
      {editing !== null && (
        <HazardDialog
          hazard={editing === 'new' ? null : editing}
          said={editing === 'new' ? null : wordsOf(project, editing)}
          onClose={() => setEditing(null)}
        />
      )}
      {settling !== null && <SettleDialog settling={settling} onClose={() => setSettling(null)} />}
    </div>
  )
}

/** Each text once, with how often it occurs, in the order of its first place. */
function countedTexts(texts: readonly string[]): readonly (readonly [text: string, times: number])[] {
  const times = new Map<string, number>()
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1)
  return [...times]
}
