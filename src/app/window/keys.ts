/** Keyboard commands: bound to a page or to one part of it, silent while somebody types, and switched off as a whole in Settings. */
import { type RefObject, useEffect, useRef } from 'react'

/** False where the key is left to the browser. */
type Handler = (event: KeyboardEvent) => unknown
type Scope = RefObject<HTMLElement | null> | 'page' | 'dialog'

let singleKeysOn = true

/** Single-letter keys can be switched off (WCAG 2.1.4). */
export function setSingleKeys(on: boolean): void {
  singleKeysOn = on
}

export function singleKeysAllowed(): boolean {
  return singleKeysOn
}

/** The combination of an event as a word: `Ctrl+Shift+Z`, `Enter`, `?`, `PageDown`. Ctrl stands for Cmd on a Mac as well. */
export function comboOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'code'>): string {
  const key =
    event.key === ' ' ? 'Space' : event.key.length === 1 && /[a-z]/i.test(event.key) ? event.key.toUpperCase() : event.key
  const digit = event.shiftKey ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined
  const name = digit ?? key
  // For signs such as `?` Shift is part of the sign itself.
  const shift = event.shiftKey && (name.length > 1 || /[A-Z0-9]/.test(name))
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', shift ? 'Shift' : '', name]
    .filter(Boolean)
    .join('+')
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
}

const sequenceMilliseconds = 1200

/**
 * Binds keys while the component is mounted. `scope` 'page' listens everywhere but in dialogs, 'dialog' in the one that binds them, a ref only
 * inside that element, and `whereNoFocus` also while nothing has the focus, as after a click beside it.
 * Two-key sequences are written with a space: `g r`. Combinations with Ctrl work while typing too; single letters never do.
 */
export function useKeys(scope: Scope, keys: Readonly<Record<string, Handler>>, whereNoFocus = false): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const target: HTMLElement | Document | null = typeof scope === 'string' ? document : scope.current
    if (!target) return
    let first: { key: string; at: number } | null = null
    const listen = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.defaultPrevented || event.isComposing) return
      const combo = comboOf(event)
      const plain = !/^(Ctrl|Alt)\+/.test(combo)
      if (plain && combo !== 'Escape' && isTyping(event.target)) return
      if (plain && combo.replace('Shift+', '').length === 1 && !singleKeysOn) return
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') && scope === 'page' && combo !== 'Ctrl+K') return
      const sequence = first && event.timeStamp - first.at < sequenceMilliseconds ? `${first.key} ${combo.toLowerCase()}` : null
      // After `g` a letter names a page (`g c`); it is not also the key of what is on this one.
      const leads = sequence !== null && first?.key === 'g' && combo.length === 1
      const handler = (sequence === null ? undefined : latest.current[sequence]) ?? (leads ? undefined : latest.current[combo])
      first = { key: combo.toLowerCase(), at: event.timeStamp }
      if (!handler) return
      if (handler(event) !== false) event.preventDefault()
    }
    const listenOnBody = (event: Event): void => {
      if (whereNoFocus && event.target === document.body) listen(event)
    }
    target.addEventListener('keydown', listen)
    document.addEventListener('keydown', listenOnBody)
    return () => {
      target.removeEventListener('keydown', listen)
      document.removeEventListener('keydown', listenOnBody)
    }
  }, [scope, whereNoFocus])
}

/** Undo and redo anywhere on the page; in a field that somebody types in they belong to its text. */
export function useUndoKeys(undo: () => void, redo: () => void, scope: Scope = 'page'): void {
  const outsideText =
    (act: () => void): Handler =>
    ({ target }) => {
      if (isTyping(target) && !(target instanceof HTMLSelectElement)) return false
      act()
      return true
    }
  useKeys(scope, { 'Ctrl+Z': outsideText(undo), 'Ctrl+Shift+Z': outsideText(redo), 'Ctrl+Y': outsideText(redo) })
}
