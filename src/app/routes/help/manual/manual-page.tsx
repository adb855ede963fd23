/** A page of the documentation, and the list of all: read without a network, and searched by words. */
import { useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { ButtonLink } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { EmptyState, PageHead } from '../../../components/panel.tsx'
import styles from '../help.module.css'
import { foundPages, type ManualPage, manualPages } from './pages.ts'
import { shownNodes } from './shown-node.tsx'

type Come = readonly ManualPage[] | 'coming' | 'missing'

function useManual(): Come {
  const [come, setCome] = useState<Come>('coming')
  useEffect(() => {
    let isHere = true
    manualPages().then(
      (pages) => isHere && setCome(pages),
      () => isHere && setCome('missing'),
    )
    return () => {
      isHere = false
    }
  }, [])
  return come
}

/** @param path of a page; empty for the list */
export function ManualPageView({ path }: { readonly path: string }) {
  const come = useManual()
  if (come === 'coming') return <Framed title="Manual">{<p role="status">Opening the manual…</p>}</Framed>
  if (come === 'missing')
    return (
      <Framed title="Manual">
        <EmptyState title="The manual is not on this server">
          <p>It is built with the app, as the folder manual beside index.html. Ask whoever set up this server to copy it too.</p>
        </EmptyState>
      </Framed>
    )
  if (path === '') return <ManualList pages={come} />
  const page = come.find((each) => each.path === path)
  if (page) return <Page key={path} page={page} />
  return (
    <Framed title="Manual">
      <EmptyState title={`The manual has no page ${path}`}>
        <ButtonLink href="#/help/manual">Search all pages</ButtonLink>
      </EmptyState>
    </Framed>
  )
}

function Framed({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div className={styles.page}>
      <PageHead title={title}>
        <a href="#/help" className="no-print">
          Help
        </a>
      </PageHead>
      {children}
    </div>
  )
}

function Page({ page: { title, group, blocks } }: { readonly page: ManualPage }) {
  return (
    <article className={styles.page}>
      <PageHead title={title}>
        <span className="row no-print">
          <a href="#/help/manual">All pages: {group}</a>
        </span>
      </PageHead>
      <div className={styles.prose}>{shownNodes(blocks)}</div>
    </article>
  )
}

function ManualList({ pages }: { readonly pages: readonly ManualPage[] }) {
  const [params, setParams] = useSearchParams()
  const search = params.get('q') ?? ''
  const shown = foundPages(pages, search)
  const groups = new Map<string, ManualPage[]>()
  for (const page of shown) groups.set(page.group, [...(groups.get(page.group) ?? []), page])
  return (
    <Framed title="Manual">
      <search className="row-start no-print">
        <Field
          label="Search the manual"
          type="search"
          value={search}
          onChange={(q) => setParams(q === '' ? {} : { q }, { replace: true })}
        />
      </search>
      <p role="status" className="muted">
        {shown.length} of {pages.length} pages
      </p>
      {shown.length === 0 && (
        <EmptyState title="No page holds these words">
          <ButtonLink href="#/help/manual">Show all pages</ButtonLink>
        </EmptyState>
      )}
      {[...groups].map(([group, members]) => (
        <section key={group} className="stack-tight">
          <h2>{group}</h2>
          <ul className={styles.list}>
            {members.map(({ path, title }) => (
              <li key={path}>
                <a href={`#/help/manual/${path}`}>{title === group ? 'Overview' : title}</a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Framed>
  )
}
