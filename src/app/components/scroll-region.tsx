/** A box that scrolls in itself: reached by keyboard and named, as WCAG 2.1.1 asks of what can not be seen at once. */
import type { ReactNode } from 'react'

export function ScrollRegion(props: {
  readonly label: string
  readonly className: string | undefined
  readonly children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={props.className} tabIndex={0} aria-label={props.label}>
      {props.children}
    </section>
  )
}
