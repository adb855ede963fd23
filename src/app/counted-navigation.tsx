/** The navigation with its numbers: the frame knows no page, so what pages count is handed in. */
import { useCounts } from './counts.ts'
import { Navigation, type NavigationProps } from './frame/navigation.tsx'
import { useListed } from './routes/workflow/acts/workflow-listing.ts'

export function CountedNavigation(folding: Pick<NavigationProps, 'onFold' | 'folded'>) {
  return <Navigation counts={useCounts()} listed={useListed().open} {...folding} />
}
