/** Which key on the canvas asks for what; the map of screens.md §6. */

import type { NodeType, WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { singleKeysAllowed } from '../window/keys.ts'
import type { Direction } from './walk.ts'

export type Intent =
  | { readonly do: 'walk'; readonly where: 'next' | 'previous' | 'first' | 'last' | Direction }
  | { readonly do: 'nudge'; readonly dx: number; readonly dy: number }
  | { readonly do: 'add'; readonly type: NodeType }
  /** A step beside the active one, connected. */
  | { readonly do: 'quick-add'; readonly to: Direction }
  | { readonly do: 'zoom'; readonly by: number }
  | {
      readonly do:
        | 'edit'
        | 'add-next'
        | 'connect'
        | 'trace'
        | 'lane'
        | 'trace-links'
        | 'arrange'
        | 'group'
        | 'ungroup'
        | 'inside'
        | 'menu'
        | 'table'
        | 'duplicate'
        | 'all'
        | 'none'
        | 'undo'
        | 'redo'
        | 'details'
        | 'flow'
        | 'lane-of'
        | 'reconnect-begin'
        | 'straighten'
        | 'insert-lane'
        | 'within'
        | 'colour'
        | 'picture'
        | 'zoom-whole'
        | 'zoom-fit'
        | 'zoom-selection'
        | 'comment'
        | 'tool-select'
        | 'tool-pan'
    }
  | { readonly do: 'delete'; readonly bridge: boolean }
  /** From the list of actions: keys copy and paste by the events of the browser. */
  | { readonly do: 'copy'; readonly cut: boolean }
  | { readonly do: 'paste'; readonly side: WorkflowSide }

const plain: Readonly<Record<string, Intent>> = {
  PageDown: { do: 'walk', where: 'next' },
  PageUp: { do: 'walk', where: 'previous' },
  Home: { do: 'walk', where: 'first' },
  End: { do: 'walk', where: 'last' },
  ArrowLeft: { do: 'walk', where: 'left' },
  ArrowRight: { do: 'walk', where: 'right' },
  ArrowUp: { do: 'walk', where: 'up' },
  ArrowDown: { do: 'walk', where: 'down' },
  'Alt+ArrowLeft': { do: 'nudge', dx: -8, dy: 0 },
  'Alt+ArrowRight': { do: 'nudge', dx: 8, dy: 0 },
  'Alt+ArrowUp': { do: 'nudge', dx: 0, dy: -8 },
  'Alt+ArrowDown': { do: 'nudge', dx: 0, dy: 8 },
  'Alt+Shift+ArrowLeft': { do: 'nudge', dx: -32, dy: 0 },
  'Alt+Shift+ArrowRight': { do: 'nudge', dx: 32, dy: 0 },
  'Alt+Shift+ArrowUp': { do: 'nudge', dx: 0, dy: -32 },
  'Alt+Shift+ArrowDown': { do: 'nudge', dx: 0, dy: 32 },
  Enter: { do: 'edit' },
  F2: { do: 'edit' },
  'Ctrl+ArrowLeft': { do: 'quick-add', to: 'left' },
  'Ctrl+ArrowRight': { do: 'quick-add', to: 'right' },
  'Ctrl+ArrowUp': { do: 'quick-add', to: 'up' },
  'Ctrl+ArrowDown': { do: 'quick-add', to: 'down' },
  F: { do: 'flow' },
  'Shift+L': { do: 'lane-of' },
  'Shift+C': { do: 'reconnect-begin' },
  S: { do: 'straighten' },
  K: { do: 'colour' },
  'Alt+C': { do: 'picture' },
  '+': { do: 'zoom', by: 1.25 },
  '-': { do: 'zoom', by: 0.8 },
  'Ctrl+Enter': { do: 'add-next' },
  T: { do: 'add', type: 'step' },
  D: { do: 'add', type: 'decision' },
  W: { do: 'add', type: 'wait' },
  B: { do: 'add', type: 'start' },
  Q: { do: 'add', type: 'parallel' },
  E: { do: 'add', type: 'end' },
  P: { do: 'add', type: 'document' },
  N: { do: 'add', type: 'note' },
  C: { do: 'connect' },
  M: { do: 'comment' },
  R: { do: 'trace' },
  L: { do: 'lane' },
  X: { do: 'trace-links' },
  A: { do: 'arrange' },
  'Ctrl+G': { do: 'group' },
  'Ctrl+Shift+G': { do: 'ungroup' },
  O: { do: 'inside' },
  'Shift+F10': { do: 'menu' },
  ContextMenu: { do: 'menu' },
  I: { do: 'details' },
  V: { do: 'tool-select' },
  H: { do: 'tool-pan' },
  'Shift+T': { do: 'table' },
  Delete: { do: 'delete', bridge: true },
  Backspace: { do: 'delete', bridge: true },
  'Shift+Delete': { do: 'delete', bridge: false },
  'Shift+Backspace': { do: 'delete', bridge: false },
  'Ctrl+D': { do: 'duplicate' },
  'Ctrl+A': { do: 'all' },
  Escape: { do: 'none' },
  'Shift+0': { do: 'zoom-whole' },
  'Shift+1': { do: 'zoom-fit' },
  'Shift+2': { do: 'zoom-selection' },
  'Ctrl+Z': { do: 'undo' },
  'Ctrl+Shift+Z': { do: 'redo' },
  'Ctrl+Y': { do: 'redo' },
}

/** @param combo as `comboOf` of the frame names it */
export function intentOf(combo: string): Intent | null {
  const letter = combo.replace('Shift+', '')
  if (letter.length === 1 && /[A-Z]/.test(letter) && !singleKeysAllowed()) return null
  return Object.hasOwn(plain, combo) ? (plain[combo] ?? null) : null
}
