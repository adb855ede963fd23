/** What stays above a record: who it is about, the sections, the names of both sides. */
import bars from './bars.module.css'
import { type BannerProps, ChartBanner } from './chart-banner.tsx'
import entries from './entries.module.css'
import { SectionTabs, type SectionTabsProps } from './section-tabs.tsx'

export function ChartBars({ sections, onShow, blind, ...banner }: BannerProps & SectionTabsProps & { readonly blind: boolean }) {
  const { names } = banner
  return (
    <>
      <ChartBanner {...banner} />
      <SectionTabs sections={sections} onShow={onShow} />
      <div className={`muted ${bars.heads}`} aria-hidden="true">
        <span>
          <strong>{names.legacy}</strong> legacy, as written · <span className={entries.dashed}>dashed</span> = the mapping’s
          reading
        </span>
        <span>
          <strong>{names.target}</strong> migrated, as written
        </span>
        <span>
          <strong>Verdict</strong> <span className={bars.blind}>{blind ? 'yours first, then the program’s' : ''}</span>
        </span>
      </div>
    </>
  )
}
