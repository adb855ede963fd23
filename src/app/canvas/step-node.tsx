/** One step on the canvas: shape, name, second line, badge; and the field that names it. */
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { createContext, memo, useContext, useRef } from 'react'
import { SeverityMark } from '../components/severity-mark.tsx'
import { isDraftId, type StepNode } from './scene-model.ts'
import { StepMark } from './step-mark.tsx'
import styles from './step-node.module.css'
import { StepShape } from './step-shape.tsx'
import type { Direction } from './walk.ts'
import { markOf } from './words.ts'

/** What ends the naming of a step. */
export interface Naming {
  /** `next` also adds a step on that side, connected, and goes on naming it. */
  readonly commit: (id: string, label: string, next: Direction | null) => void
  readonly cancel: () => void
}

export const NamingContext = createContext<Naming>({ commit: () => {}, cancel: () => {} })

export function domId(ref: string): string {
  return `node-${ref.replace(/\s/g, '_')}`
}

const diamonds: ReadonlySet<StepNode['data']['node']['type']> = new Set(['decision', 'parallel', 'inclusive'])

export const StepNodeView = memo(function StepNodeView({ id, data, selected }: NodeProps<StepNode>) {
  const { node, detail, flag, active, editing, name } = data
  const classes = [
    styles.step,
    styles[node.type],
    selected && styles.selected,
    active && styles.active,
    markOf(node) === 'sheet' && styles.sheet,
    flag && styles[flag.severity],
  ]
  const outside = diamonds.has(node.type) || node.type === 'wait'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls, this is one step of a drawing
    <div
      id={domId(id)}
      role="group"
      aria-label={name}
      className={classes.filter(Boolean).join(' ')}
      data-step={id}
      data-colour={node.colour}
    >
      <StepShape node={node} />
      {editing ? (
        <NameField id={id} label={node.label} />
      ) : (
        <div className={outside ? `${styles.outside} ${flag ? styles.raised : ''}` : styles.text}>
          <span className={styles.label}>{node.label}</span>
          {detail !== '' && !outside && (
            <span className={styles.detail}>
              <StepMark mark={markOf(node)} />
              <span className={styles.words}>{detail}</span>
            </span>
          )}
        </div>
      )}
      {node.type === 'wait' && detail !== '' && <span className={styles.under}>{detail}</span>}
      {flag && (
        <span className={`${styles.badge} ${styles[flag.severity]}`}>
          <SeverityMark mark={flag.severity} />
        </span>
      )}
      <Handle type="target" position={Position.Left} className={styles.handle ?? ''} isConnectable={false} />
      <Handle type="source" position={Position.Right} className={styles.handle ?? ''} isConnectable={false} />
    </div>
  )
})

function NameField({ id, label }: { readonly id: string; readonly label: string }) {
  const { commit, cancel } = useContext(NamingContext)
  const done = useRef(false)
  const finish = (value: string, next: Direction | null): void => {
    if (done.current) return
    done.current = true
    commit(id, value.trim(), next)
  }
  const leave = (): void => {
    done.current = true
    cancel()
  }
  return (
    <input
      ref={focusNow}
      className={`nodrag nopan ${styles.nameField}`}
      defaultValue={label}
      aria-label={isDraftId(id) ? 'Name of the new step' : `Name of ${label}`}
      placeholder="Name"
      autoComplete="off"
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') leave()
        else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
          event.preventDefault()
          finish(event.currentTarget.value, event.key === 'Tab' || event.ctrlKey || event.metaKey ? 'right' : null)
        } else if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          finish(event.currentTarget.value, event.key === 'ArrowUp' ? 'up' : 'down')
        }
      }}
      onBlur={(event) => finish(event.currentTarget.value, null)}
    />
  )
}

/** React Flow may draw a new node one frame late; focus then waits for that frame. */
function focusNow(field: HTMLInputElement | null): void {
  if (!field) return
  field.focus({ preventScroll: true })
  field.select()
  requestAnimationFrame(() => {
    if (document.activeElement !== field && field.isConnected) field.focus({ preventScroll: true })
  })
}
