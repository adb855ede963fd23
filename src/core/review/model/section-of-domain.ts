/** Which section of a chart shows the entries of a domain. */
import { type ChartSectionId, chartSections } from './chart.ts'

export function sectionOfDomain(domain: string): ChartSectionId {
  if (domain === 'notes') return 'documents'
  return chartSections.find((section) => section === domain) ?? 'other'
}
