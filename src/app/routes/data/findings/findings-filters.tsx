/** The filters of the Findings page; each keeps its place in the address, so that a copied link shows the same list. */
import { severities } from '../../../../core/finding.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Select } from '../../../components/select.tsx'
import styles from '../data.module.css'
import { type FindingFilter, type FindingState, findingStates, type ListedFinding } from './findings.ts'

const severityChoices = [
  ['all', 'All severities'],
  ...severities.map((severity) => [severity, severity[0]?.toUpperCase() + severity.slice(1)] as const),
] as const
const sideChoices = [
  ['all', 'Both sides'],
  ['legacy', 'Legacy'],
  ['target', 'Target'],
] as const
const familyChoices = [
  ['all', 'All rules'],
  ['file checks', 'File checks'],
  ['FHIR', 'FHIR'],
  ['comparison', 'Comparison of both sides'],
] as const

const stateLabels: Readonly<Record<FindingState, string>> = { new: 'Not accepted', known: 'Known', fixed: 'Fixed' }

export function FindingFilters(props: {
  readonly filter: FindingFilter
  readonly onChange: (filter: FindingFilter) => void
  readonly list: readonly ListedFinding[]
  readonly search: React.RefObject<HTMLDivElement | null>
}) {
  const { filter, onChange, list } = props
  const states = [
    ['all', 'All states'] as const,
    ...findingStates.map(
      (state) => [state, `${stateLabels[state]} (${formatNumber(list.filter((each) => each.state === state).length)})`] as const,
    ),
  ]
  return (
    <div className={`row-end ${styles.filters} no-print`}>
      <Select
        label="Severity"
        value={filter.severity}
        choices={severityChoices}
        onChange={(severity) => onChange({ ...filter, severity })}
      />
      <Select label="Side" value={filter.side} choices={sideChoices} onChange={(side) => onChange({ ...filter, side })} />
      <Select
        label="Rule family"
        value={filter.family}
        choices={familyChoices}
        onChange={(family) => onChange({ ...filter, family })}
      />
      <Select label="State" value={filter.state} choices={states} onChange={(state) => onChange({ ...filter, state })} />
      <div ref={props.search} className={`grow ${styles.search}`}>
        <Field label="Search" value={filter.text} onChange={(text) => onChange({ ...filter, text })} />
      </div>
    </div>
  )
}

/** Says what is hidden, with the way back. */
export function NothingFits({ onClear }: { readonly onClear: () => void }) {
  return (
    <div className={`line ${styles.nothing}`}>
      <p className="muted">No finding fits this filter.</p>
      <Button onPress={onClear}>Show all</Button>
    </div>
  )
}
