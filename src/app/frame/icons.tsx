/** Small line marks of the navigation. */
import type { PageIcon } from './pages.ts'

const paths: Readonly<Record<PageIcon, string>> = {
  board: 'M2 3h12M2 8h12M2 13h8',
  compare: 'M2 4h5v3H2zM9 9h5v3H9zM7 5.5h3.5V9',
  sources: 'M8 2c3.3 0 5 .9 5 2s-1.7 2-5 2-5-.9-5-2 1.7-2 5-2zM3 4v8c0 1.1 1.7 2 5 2s5-.9 5-2V4M3 8c0 1.1 1.7 2 5 2s5-.9 5-2',
  findings: 'M8 2 14.5 13h-13zM8 6.5v3M8 11v.8',
  plan: 'M3 13V9M6.5 13V3M10 13V6M13.5 13v-2',
  review: 'M2.5 2.5h5v11h-5zM9 2.5h4.5M9 6h4.5M9 10l1.5 1.5 3-3',
  certificate: 'M3 2h10v9H3zM8 7.5a1.5 1.5 0 1 0 0-.1zM6.5 11v3L8 13l1.5 1v-3',
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
