/** A folded list that is built when it is opened: a map of a thousand steps has thousands of remarks. */
import { type ReactNode, useState } from 'react'

export function Folded({ summary, children }: { readonly summary: string; readonly children: () => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children()}
    </details>
  )
}
