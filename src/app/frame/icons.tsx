/** Small line marks of the navigation. */
import type { PageIcon } from './pages.ts'

const paths: Readonly<Record<PageIcon, string>> = {
  board: 'M2 3h12M2 8h12M2 13h8',
  compare: 'M2 4h5v3H2zM9 9h5v3H9zM7 5.5h3.5V9',
  simulate: 'M2 13.5h12M3 11l3-4 2.5 2.5L13 4M10 4h3v3',
  sources: 'M8 2c3.3 0 5 .9 5 2s-1.7 2-5 2-5-.9-5-2 1.7-2 5-2zM3 4v8c0 1.1 1.7 2 5 2s5-.9 5-2V4M3 8c0 1.1 1.7 2 5 2s5-.9 5-2',
  mapping: 'M2 3.5h4M2 8h4M2 12.5h4M10 3.5h4M10 8h4M10 12.5h4M6 3.5 10 8M6 8l4-4.5M6 12.5h4',
  findings: 'M8 2 14.5 13h-13zM8 6.5v3M8 11v.8',
  reconcile: 'M8 2v12M3 5h10M3 5 1.5 9.5h3zM13 5l-1.5 4.5h3zM5.5 14h5',
  'server-runs': 'M2.5 2.5h11v4h-11zM2.5 9.5h11v4h-11zM5 4.5h.8M5 11.5h.8M9 4.5h2.5M9 11.5h2.5',
  plan: 'M3 13V9M6.5 13V3M10 13V6M13.5 13v-2',
  review: 'M2.5 2.5h5v11h-5zM9 2.5h4.5M9 6h4.5M9 10l1.5 1.5 3-3',
  worklist: 'M2 4l1.2 1.2L5.5 3M2 9l1.2 1.2L5.5 8M7.5 4H14M7.5 9H14M2.5 13.5H14',
  hazards: 'M8 2 13.5 4v4c0 3-2.3 5-5.5 6-3.2-1-5.5-3-5.5-6V4zM8 5v4M8 10.8v.8',
  charts: 'M2 2.5v11h12M4.5 10l3-3 2 2 4-5M4 5h10',
  certificate: 'M3 2h10v9H3zM8 7.5a1.5 1.5 0 1 0 0-.1zM6.5 11v3L8 13l1.5 1v-3',
  team: 'M5.5 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM2 13c0-2.2 1.5-3.5 3.5-3.5S9 10.8 9 13M10.5 7.2a1.8 1.8 0 1 0 0-3.6M11 9.6c1.8.2 3 1.4 3 3.4',
  ledger: 'M4 2.5h9v11H4zM4 2.5A1.5 1.5 0 0 0 2.5 4v8A1.5 1.5 0 0 0 4 13.5M6.5 6h4M6.5 9h4',
  settings: 'M2 5h7M12 5h2M2 11h2M7 11h7M10.5 3.5v3M5.5 9.5v3',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.3A1.8 1.8 0 1 1 8 8.5v1M8 11.4v.6',
}

export function NavIcon({ icon }: { readonly icon: PageIcon }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[icon]} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  )
}
