/** Help on all rules: searched by words, filtered by wing, listed by group. */
import { useSearchParams } from 'wouter'
import { found, rulePages } from '../../../core/project/rule-pages/index.ts'
import { type RulePage, ruleAddress, type Wing, wings } from '../../../core/project/rule-pages/rule-page.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Field } from '../../components/field.tsx'
import { EmptyState, PageHead } from '../../components/panel.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { linkTo } from '../../window/address.ts'
import styles from './help.module.css'

export const wingWords: Readonly<Record<Wing, string>> = { workflow: 'Workflow', data: 'Data', readiness: 'Readiness' }

const choices: readonly (readonly [Wing | 'all', string])[] = [
  ['all', 'All'],
  ...wings.map((wing) => [wing, wingWords[wing]] as const),
]

export function RulesPage() {
  const [params, setParams] = useSearchParams()
  const search = params.get('q') ?? ''
  const wing = wings.find((each) => each === params.get('wing')) ?? 'all'
  const show = (q: string, of: Wing | 'all'): void =>
    setParams({ ...(q === '' ? {} : { q }), ...(of === 'all' ? {} : { wing: of }) }, { replace: true })
  const all = rulePages()
  const shown = found(
    all.filter((page) => wing === 'all' || page.wing === wing),
    search,
  )
  const groups = new Map<string, RulePage[]>()
  for (const page of shown) groups.set(page.group, [...(groups.get(page.group) ?? []), page])
  return (
    <div className={styles.page}>
      <PageHead title="Rules">
        <a href="#/help" className="no-print">
          Help
        </a>
      </PageHead>
      <p>What every rule, check and criterion looks at, how it decides, and an example that flags and one that passes.</p>
      <search className="row-start no-print">
        <Field label="Search rules" type="search" value={search} onChange={(q) => show(q, wing)} />
        <Choice label="Wing" value={wing} choices={choices} onChange={(of) => show(search, of)} />
      </search>
      <p role="status" className="muted">
        {shown.length} of {all.length} rules
      </p>
      {shown.length === 0 && (
        <EmptyState title="No rule holds these words">
          <Button onPress={() => show('', 'all')}>Show all rules</Button>
        </EmptyState>
      )}
      {[...groups].map(([group, pages]) => (
        <section key={group} className="stack-tight">
          <h2>{group}</h2>
          <ul className={styles.list}>
            {pages.map(({ wording: { code, title, severity } }) => (
              <li key={code} className="line-start">
                <SeverityMark mark={severity} label={severity} />
                <span className="breaks">
                  <a href={linkTo(ruleAddress(code))}>{title}</a> <code className="caption muted">{code}</code>
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
