/** The command palette: every action and page by name; `#` findings, `@` steps. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from 'react-aria-components'
import { useLocation } from 'wouter'
import type { Wording } from '../../core/rule.ts'
import { Dialog } from '../components/dialog.tsx'
import { useWorkspace } from '../session/state.ts'
import { type Action, openPalette, useAllActions, usePaletteOpen } from './actions.ts'
import { pagesOf } from './pages.ts'
import styles from './palette.module.css'

export function Palette() {
  const open = usePaletteOpen()
  const [location] = useLocation()
  const shownAt = useRef(location)
  useEffect(() => {
    // Whoever goes elsewhere, by the Back button for instance, has left the search behind.
    if (shownAt.current !== location) openPalette(false)
    shownAt.current = location
  }, [location])
  return (
    <Dialog title="Search or run" open={open} onClose={() => openPalette(false)}>
      {open && <PaletteList />}
    </Dialog>
  )
}

function PaletteList() {
  const [text, setText] = useState('')
  const items = useEntries()
  const { contains } = useFilter({ sensitivity: 'base' })
  const sigil = /^[>#@]/.exec(text)?.[0] ?? ''
  const wanted = text.slice(sigil.length).trim()
  const shown = items.filter((item) => (sigil === '' || item.sigil === sigil) && contains(item.label, wanted)).slice(0, 60)
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField aria-label="Search actions, pages, findings and steps" autoFocus className={styles.field ?? ''}>
        <Input
          placeholder="Type a name;  > actions  # findings  @ steps"
          className={styles.input ?? ''}
          // Esc closes at once, text or not; the field itself would only be emptied.
          onKeyDownCapture={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            openPalette(false)
          }}
        />
      </SearchField>
      <Menu
        aria-label="Matches"
        className={`scroll ${styles.menu}`}
        items={shown}
        renderEmptyState={() => <p className="muted">Nothing has that name. Try a shorter word.</p>}
        onAction={(key) => {
          openPalette(false)
          items.find((item) => item.id === key)?.run()
        }}
      >
        {(item) => (
          <MenuItem id={item.id} textValue={item.label} className="apart option line-start">
            <span>{item.label}</span>
            {item.keys !== undefined && <kbd>{item.keys}</kbd>}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  )
}

interface Entry extends Action {
  readonly sigil: '>' | '#' | '@'
}

type WordingOf = (code: string) => Wording | null

/** The words of every rule, check and criterion come with all of them: nobody needs them before the first search. */
function useWordings(): WordingOf | null {
  const [wordingOf, setWordingOf] = useState<WordingOf | null>(null)
  useEffect(() => {
    let shown = true
    void import('../../core/project/reports/wording.ts').then((words) => shown && setWordingOf(() => words.wordingOf))
    return () => {
      shown = false
    }
  }, [])
  return wordingOf
}

function useEntries(): readonly Entry[] {
  const wordingOf = useWordings()
  const actions = useAllActions()
  const [location, navigate] = useLocation()
  const project = useWorkspace((w) => w.project)
  const workflows = useWorkspace((w) => w.workflows)
  const run = useWorkspace((w) => w.run)
  return useMemo(() => {
    const entries: Entry[] = actions.map((action) => ({ ...action, sigil: '>' }))
    const pages = project ? pagesOf([...workflows.keys()][0] ?? null, project.manifest.reader !== undefined) : []
    for (const page of pages)
      entries.push({
        id: `page:${page.href}`,
        label: `Go to ${page.label}`,
        sigil: '>',
        ...(page.keys ? { keys: page.keys } : {}),
        run: () => navigate(page.href),
      })
    const isOpen = (id: string): boolean => location.startsWith(`/workflow/${id}/`)
    const openFirst = [...workflows].sort(([a], [b]) => Number(isOpen(b)) - Number(isOpen(a)))
    for (const [id, workflow] of openFirst) {
      entries.push({
        id: `workflow:${id}`,
        label: `Compare ${workflow.current.label || id}`,
        sigil: '>',
        run: () => navigate(`/workflow/${id}/compare`),
      })
      for (const graph of [workflow.current, workflow.future])
        for (const node of graph.nodes.values())
          if (node.label !== '')
            entries.push({
              id: `step:${id}:${graph.side}:${node.id}`,
              label: `${node.label} — ${workflow.current.label || id}, ${graph.side}`,
              sigil: '@',
              run: () => navigate(`/workflow/${id}/compare?step=${graph.side}/${node.id}`),
            })
    }
    const findings = [...(run?.validation?.findings ?? []), ...(run?.pairing?.findings ?? [])]
    for (const finding of findings)
      entries.push({
        id: `finding:${finding.fingerprint}:${finding.severity}`,
        label: `${wordingOf?.(finding.code)?.title ?? finding.code} — ${finding.place}`,
        sigil: '#',
        run: () => navigate(`/data/findings/${finding.fingerprint}`),
      })
    return entries
  }, [actions, project, workflows, run, location, navigate, wordingOf])
}
