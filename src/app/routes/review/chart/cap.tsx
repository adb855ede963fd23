/** A key that does the same as the control it stands on; nobody hears it, and nobody without a keyboard sees it. */
import chart from './chart.module.css'

export function Cap({ children }: { readonly children: React.ReactNode }) {
  return (
    <span className={chart.cap} data-cap aria-hidden="true">
      {children}
    </span>
  )
}
