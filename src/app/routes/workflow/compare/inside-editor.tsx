/** A sub-workflow edited inside, as a map of its own: where it stands is said above it, Esc goes out again. */
import { Fragment, useEffect, useMemo, useRef } from 'react'
import { type InsidePlace, openedInside } from '../../../../core/workflow/edit/inside-edit.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { Intent } from '../../../canvas/canvas-keys.ts'
import type { CanvasHandle } from '../../../canvas/canvas-props.ts'
import { refOf } from '../../../canvas/node-ref.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { PageHead } from '../../../components/panel.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { useEditSteps } from '../../../session/edit-line.ts'
import { useWorkspace } from '../../../session/state.ts'
import type { Address } from '../../../window/address.ts'
import { useUndoKeys } from '../../../window/keys.ts'
import { insideHref, insideName } from '../acts/inside-name.ts'
import { mapLine } from '../acts/map-line.ts'
import { useLiveMap } from '../acts/open-live.ts'
import { useComparisonView } from '../editor/comparison-view.ts'
import { labelOf } from '../editor/edits.ts'
import { findingsAt, outcomeTitles } from '../editor/findings.ts'
import { compareHref } from '../editor/start.ts'
import { useEditor } from '../editor/use-editor.ts'
import { InspectorSlot } from '../inspector/inspector-slot.tsx'
import { ContextMenu } from '../surface/context-menu.tsx'
import { EditedCanvas } from '../surface/edited-canvas.tsx'
import over from '../surface/over-canvas.module.css'
import { Questions } from '../surface/questions.tsx'
import { ToolPalette } from '../surface/tool-palette.tsx'
import { NamingKeys, ZoomControls } from '../surface/zoom-controls.tsx'
import styles from './compare.module.css'
import { inspectorSide } from './compare-editor.tsx'

export interface InsideEditorProps {
  readonly outer: Workflow
  readonly place: InsidePlace
}

export function InsideEditor({ outer, place }: InsideEditorProps) {
  const inner = useMemo(() => openedInside(outer, place), [outer, place])
  if (inner) return <Inside outer={outer} place={place} inner={inner} />
  return (
    <div className={styles.page}>
      <PageHead title="This sub-workflow is gone">
        <ButtonLink href={insideHref(outer.id, { ...place, path: [] })}>Back to the map</ButtonLink>
      </PageHead>
      <p>It was opened, removed, or its making was undone. What it held went with it or stands on the map.</p>
    </div>
  )
}

const noLines: never[] = []

function Inside({ outer, place, inner }: InsideEditorProps & { readonly inner: Workflow }) {
  const canvas = useRef<CanvasHandle>(null)
  const name = insideName(outer.id, place)
  const workflow = useMemo(() => ({ ...inner, id: name }), [inner, name])
  const editor = useEditor(name, canvas, null)
  useLiveMap(outer.id)
  const { state } = editor
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const { canUndo, canRedo } = useEditSteps(mapLine(outer.id))
  const view = useComparisonView(workflow)
  const captions = useMemo(() => {
    const plain = {
      system: '',
      leadTime: null,
      p90: null,
      endless: false,
      stale: false,
      handoffs: view.captions.current.handoffs,
    }
    return { current: { ...plain, name: `INSIDE — ${inner.current.label}` }, future: plain }
  }, [view.captions.current.handoffs, inner.current.label])
  const levels = useMemo(() => levelsOf(outer, place), [outer, place])
  const above = place.path.slice(0, -1)
  const out = (): void => {
    const last = place.path.at(-1) ?? ''
    // Back on the map the closed step is the one that is selected.
    location.hash =
      above.length === 0 ? compareHref(outer.id, refOf(place.side, last)) : insideHref(outer.id, { ...place, path: above })
  }
  const intent = (wanted: Intent): boolean => {
    if (wanted.do === 'none' && state.selected.size === 0 && state.selectedFlow === null && state.selectedLane === null) {
      out()
      return true
    }
    if (wanted.do === 'trace' || wanted.do === 'trace-links' || wanted.do === 'table') {
      editor.say('Links and the table are those of the whole map; Esc goes there.')
      return true
    }
    return editor.intent(wanted)
  }
  useUndoKeys(editor.undo, editor.redo)
  useEffect(() => canvas.current?.focus(), [])
  const drawing = state.editing !== null || state.draft !== null || state.namingFlow !== null || state.namingLane !== null
  const chosen = state.selected.size > 0 || state.selectedLane !== null || state.selectedFlow !== null
  const inspected = chosen && !drawing && (state.details || state.follows)
  return (
    <div className={styles.page}>
      <PageHead
        title={inner.current.label}
        beside={
          <nav aria-label="Where this sub-workflow stands" className={`muted ${styles.crumbs}`}>
            {levels.map(({ href, label }) => (
              <Fragment key={href}>
                <a href={href}>{label}</a>
                <span aria-hidden="true">›</span>
              </Fragment>
            ))}
            <span aria-current="page">{inner.current.label}</span>
          </nav>
        }
      >
        <Button onPress={editor.undo} isDisabled={readOnly || !canUndo}>
          Undo
        </Button>
        <Button onPress={editor.redo} isDisabled={readOnly || !canRedo}>
          Redo
        </Button>
        <Button onPress={out}>Back to the map</Button>
      </PageHead>
      <div className={`grow ${styles.work}`}>
        <EditedCanvas
          canvas={canvas}
          workflow={workflow}
          editor={editor}
          view={{ ...view, captions }}
          lines={noLines}
          arrangement="single"
          beginFuture={null}
          name={`Inside ${inner.current.label}`}
          readOnly={readOnly}
          covered={inspected ? 344 : 0}
          foot={0}
          onIntent={intent}
        />
        <div className={`${styles.tools} no-print`}>
          <ZoomControls canvas={canvas} />
          {!readOnly && <ToolPalette tool={state.tool} canvas={canvas} onIntent={editor.intent} />}
          {(state.editing !== null || state.draft !== null) && <NamingKeys />}
        </div>
      </div>
      <InsideTold outer={outer} place={place} />
      <Questions workflow={workflow} editor={editor} />
      {!readOnly && <ContextMenu workflow={workflow} editor={editor} />}
      <InspectorSlot
        inspected={inspected}
        side={inspectorSide(state, canvas.current, inspected)}
        workflow={workflow}
        editor={editor}
        view={view}
        readOnly={readOnly}
      />
      <div role="status" aria-live="polite" className="visually-hidden">
        {state.said}
      </div>
    </div>
  )
}

/** The map and every sub-workflow around this one, outermost first. */
function levelsOf(outer: Workflow, { side, path }: InsidePlace): readonly { readonly href: Address; readonly label: string }[] {
  const map = { href: insideHref(outer.id, { side, path: [] }), label: outer.current.label || outer.id }
  const around = path.slice(0, -1).map((_, at) => {
    const place = { side, path: path.slice(0, at + 1) }
    return { href: insideHref(outer.id, place), label: openedInside(outer, place)?.current.label ?? '' }
  })
  return [map, ...around]
}

/** Below the inside of a sub-workflow: what the comparison says of the closed step, where it leads, and the way to it. */
function InsideTold({ outer, place }: { readonly outer: Workflow; readonly place: InsidePlace }) {
  const view = useComparisonView(outer)
  const [closed = ''] = place.path
  const ref = refOf(place.side, closed)
  const findings = findingsAt(view.comparison?.findings ?? [], new Set([ref])).filter(({ outcome }) => outcome !== 'unjudged')
  const other = place.side === 'current' ? 'future' : 'current'
  const [own, far] = place.side === 'current' ? (['from', 'to'] as const) : (['to', 'from'] as const)
  const links = [...outer.trace.values()].filter((link) => link[own].includes(closed))
  const ends = links.flatMap((link) => link[far]).map((id) => `“${labelOf(outer, other, id)}”`)
  return (
    <section className={`${over.told} no-print`} aria-label="What is said of the closed step">
      <p>
        Both maps are compared step by step with this sub-workflow closed: findings and links are those of{' '}
        <a href={compareHref(outer.id, ref)}>“{labelOf(outer, place.side, closed)}” on the map</a>.{' '}
        {links.length === 0
          ? `It is not traced to the ${other} map.`
          : ends.length === 0
            ? `Its fate: ${links.map(({ fate }) => fate).join(', ')}.`
            : `It is traced to ${ends.join(', ')}.`}{' '}
        {findings.length === 0 && 'Nothing is found at it.'}
      </p>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li key={finding.fingerprint}>
              <SeverityMark mark={finding.severity} label={finding.severity} />
              <span>
                <b>
                  {outcomeTitles[finding.outcome]}: {finding.title}.
                </b>{' '}
                {finding.sentence}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
