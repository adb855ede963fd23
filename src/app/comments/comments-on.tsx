/** Comments on one thing of a page, loaded with the first page that shows them. */
import { lazy, Suspense } from 'react'
import type { Anchor } from '../../core/workflow/together/talk.ts'

const AnchorComments = lazy(() => import('./anchor-comments.tsx').then((m) => ({ default: m.AnchorComments })))

/** @param title of the thing, in words */
export function CommentsOn({ about, title }: { readonly about: Anchor; readonly title: string }) {
  return (
    <Suspense>
      <AnchorComments about={about} title={title} />
    </Suspense>
  )
}
