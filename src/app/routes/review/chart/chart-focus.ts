/** Where the focus goes on a chart: to a row, back to the row in hand, to the record when its page opens. */

export function rowElement(root: Element | null, item: string | null): HTMLElement | null {
  if (root === null || item === null) return null
  return root.querySelector<HTMLElement>(`article[data-item="${CSS.escape(item)}"]`)
}

/** The focus stays with the row whose button went away with its press. */
export function keepFocusIn(root: Element | null, item: string): void {
  requestAnimationFrame(() => {
    const target = rowElement(root, item)
    if (!target || (target.contains(document.activeElement) && document.activeElement !== document.body)) return
    target.focus({ preventScroll: true })
  })
}

export function focusAt(target: HTMLElement): void {
  target.focus({ preventScroll: true })
  target.scrollIntoView({ block: 'nearest' })
}

function recordOf(root: Element | null): HTMLElement | null {
  return root?.querySelector<HTMLElement>('[data-record]') ?? null
}

/** The record scrolls between its bars, or on a low screen with the page. */
export function scrollTop(root: Element | null): void {
  recordOf(root)?.scrollTo(0, 0)
  scrollTo(0, 0)
}

/** Whether all of this row lies above what is on screen; one that is higher than the screen is read by scrolling on. */
export function isAbove(root: Element | null, row: Element | null): boolean {
  const record = recordOf(root)
  if (!record || !row) return false
  return row.getBoundingClientRect().bottom <= Math.max(0, record.getBoundingClientRect().top)
}

/** On by most of a screen, wherever the focus is: the record between its bars, or on a low screen the page. @returns false where nothing is left */
export function scrollOn(root: Element | null): boolean {
  const page = document.scrollingElement
  return [recordOf(root), page].some((part) => {
    const before = part?.scrollTop
    part?.scrollBy({ top: part.clientHeight * 0.8, behavior: 'instant' })
    return part?.scrollTop !== before
  })
}

export function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, input, textarea, select') !== null
}

/** A page that opens takes the focus at its heading; where a record is there already, its keys must work at once. */
export function passFocusToRecord(): void {
  const form = document.querySelector<HTMLElement>('[data-reading]')
  const row = form?.querySelector<HTMLElement>('article[data-current]') ?? form
  row?.focus({ preventScroll: true })
}
