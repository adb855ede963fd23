/** The ninety practices: what each is about, which article names it, and what of this project answers it. */
import { useSearchParams } from 'wouter'
import type { Project } from '../../../../core/project/format/project.ts'
import { coverageOf, type Item, items, vendorItems } from '../../../../core/readiness/board/items.ts'
import { lineWord, nameOf } from '../../../../core/readiness/board/report.ts'
import { slugOf } from '../../../../core/readiness/model/criterion.ts'
import { PageHead } from '../../../components/panel.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { linkTo } from '../../../window/address.ts'
import styles from '../inputs/inputs.module.css'
import { BoardTabs } from './board-tabs.tsx'
import { lineMark } from './marks.ts'
import { useBoard } from './use-board.ts'

const articles: Readonly<Record<Item['source'], string>> = {
  IPRS: 'Implementation phases',
  Pitfalls: 'Five clinical pitfalls',
  Config: 'Implementation and configuration',
  Fails: 'Why healthcare software fails',
  EHR: 'Implementing a record system',
}

export function PracticesPage() {
  const project = useWorkspace((w) => w.project)
  return project ? <Practices project={project} /> : null
}

function Practices({ project }: { readonly project: Project }) {
  const board = useBoard(project)
  const [search] = useSearchParams()
  const vendor = search.get('only') === 'vendor'
  const shown = vendor ? items.filter((item) => vendorItems.includes(item.number)) : items
  const judged = new Map(board.phases.flatMap((each) => each.criteria.map((one) => [one.criterion.code, one] as const)))
  const computed = items.filter((item) => coverageOf(item).kind === 'computed').length
  return (
    <>
      <PageHead
        title={vendor ? 'Before signing with a vendor' : 'Ninety practices'}
        beside={<a href="#/readiness">Back to the board</a>}
      />
      <BoardTabs shown="practices" />
      <p className="muted">
        {computed} of {items.length} are computed from evidence; a person can state the others, or they are a page of their own.{' '}
        {vendor ? (
          <a href="#/readiness/practices">All practices</a>
        ) : (
          <a href="#/readiness/practices?only=vendor">What to see before signing with a vendor</a>
        )}
      </p>
      <section className={`scroll ${styles.scroll}`} aria-label="Practices">
        <table>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col">Practice</th>
              <th scope="col">Article</th>
              <th scope="col">Answered by</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((item) => {
              const cover = coverageOf(item)
              return (
                <tr key={item.number}>
                  <td>{item.number}</td>
                  <th scope="row">{item.title}</th>
                  <td>{articles[item.source]}</td>
                  <td>
                    {'criteria' in cover &&
                      cover.criteria.map((code) => {
                        const one = judged.get(code)
                        return one ? (
                          <div key={code}>
                            <Pill mark={lineMark(one)}>{lineWord(one)}</Pill>{' '}
                            <a href={`#/readiness?criterion=${slugOf(code)}`}>{nameOf(one)}</a>
                          </div>
                        ) : null
                      })}
                    {'where' in cover && <a href={linkTo(cover.where)}>Its page</a>}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </>
  )
}
