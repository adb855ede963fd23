/** The frame around every page, and which page an address shows. */
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Route, Router, Switch, useSearchParams } from 'wouter'
import { openPalette, useActions } from './frame/actions.ts'
import styles from './frame/frame.module.css'
import { Header } from './frame/header.tsx'
import { Messages } from './frame/messages.tsx'
import { NewerVersion } from './frame/newer-version.tsx'
import { pagesOf } from './frame/pages.ts'
import { Palette } from './frame/palette.tsx'
import { PolicyBanner } from './frame/policy-banner.tsx'
import { QuestionDialog } from './frame/question-dialog.tsx'
import { RunAnnouncer } from './frame/run-announcer.tsx'
import { SecretDialog } from './frame/secret-dialog.tsx'
import { StatusBar } from './frame/status-bar.tsx'
import { useTheme } from './frame/theme.ts'
import { startWorkspace } from './opening/start.ts'
import { Welcome } from './routes/welcome.tsx'
import { useWorkspace } from './session/state.ts'
import { useTour } from './session/tour.ts'
import { useReaderMark } from './session/unlocked-bundle.ts'
import { navigate, useHashLocation, useSection } from './window/hash-location.ts'
import { useKeys } from './window/keys.ts'
import { namesFrom, useWidth } from './window/use-width.ts'

const CountedNavigation = lazy(() => import('./counted-navigation.tsx').then((m) => ({ default: m.CountedNavigation })))
const ReadinessPage = lazy(() =>
  import('./routes/readiness/board/readiness-page.tsx').then((m) => ({ default: m.ReadinessPage })),
)
const PracticesPage = lazy(() =>
  import('./routes/readiness/board/practices-page.tsx').then((m) => ({ default: m.PracticesPage })),
)
const InputsPage = lazy(() => import('./routes/readiness/inputs/inputs-page.tsx').then((m) => ({ default: m.InputsPage })))
const ReportPage = lazy(() => import('./routes/readiness/reports/report-page.tsx').then((m) => ({ default: m.ReportPage })))
const ViewsPage = lazy(() => import('./routes/readiness/views/views-page.tsx').then((m) => ({ default: m.ViewsPage })))
const RisksPage = lazy(() => import('./routes/readiness/risks/risks-page.tsx').then((m) => ({ default: m.RisksPage })))
const ComparePage = lazy(() => import('./routes/workflow/compare/compare-page.tsx').then((m) => ({ default: m.ComparePage })))
const PresentPage = lazy(() => import('./routes/workflow/present/present-page.tsx').then((m) => ({ default: m.PresentPage })))
const TablePage = lazy(() => import('./routes/workflow/table/table-page.tsx').then((m) => ({ default: m.TablePage })))
const SimulatePage = lazy(() => import('./routes/workflow/simulate/simulate-page.tsx').then((m) => ({ default: m.SimulatePage })))
const TimedTestsPage = lazy(() => import('./routes/workflow/timed/timed-page.tsx').then((m) => ({ default: m.TimedTestsPage })))
const LogsPage = lazy(() => import('./routes/workflow/logs/logs-page.tsx').then((m) => ({ default: m.LogsPage })))
const WorkflowsPage = lazy(() => import('./routes/workflow/list/workflows-page.tsx').then((m) => ({ default: m.WorkflowsPage })))
const SourcesPage = lazy(() => import('./routes/data/sources/sources-page.tsx').then((m) => ({ default: m.SourcesPage })))
const SourcePage = lazy(() => import('./routes/data/sources/source-page.tsx').then((m) => ({ default: m.SourcePage })))
const FindingsPage = lazy(() => import('./routes/data/findings/findings-page.tsx').then((m) => ({ default: m.FindingsPage })))
const ResourcePage = lazy(() => import('./routes/data/resource/resource-page.tsx').then((m) => ({ default: m.ResourcePage })))
const MappingPage = lazy(() => import('./routes/data/mapping/mapping-page.tsx').then((m) => ({ default: m.MappingPage })))
const ReconcilePage = lazy(() => import('./routes/data/reconcile/reconcile-page.tsx').then((m) => ({ default: m.ReconcilePage })))
const PlanPage = lazy(() => import('./routes/review/plan/plan-page.tsx').then((m) => ({ default: m.PlanPage })))
const RecordsPage = lazy(() => import('./routes/review/records/records-page.tsx').then((m) => ({ default: m.RecordsPage })))
const CertificatePage = lazy(() =>
  import('./routes/review/certificate/certificate-page.tsx').then((m) => ({ default: m.CertificatePage })),
)
const MyVerdictsPage = lazy(() =>
  import('./routes/review/records/my-verdicts-page.tsx').then((m) => ({ default: m.MyVerdictsPage })),
)
const WorklistPage = lazy(() => import('./routes/review/worklist/worklist-page.tsx').then((m) => ({ default: m.WorklistPage })))
const HazardsPage = lazy(() => import('./routes/review/hazards/hazards-page.tsx').then((m) => ({ default: m.HazardsPage })))
const ChartsPage = lazy(() => import('./routes/review/charts/charts-page.tsx').then((m) => ({ default: m.ChartsPage })))
const GoldenPage = lazy(() => import('./routes/review/golden/golden-page.tsx').then((m) => ({ default: m.GoldenPage })))
const LedgerPage = lazy(() => import('./routes/project/ledger-page.tsx').then((m) => ({ default: m.LedgerPage })))
const SettingsPage = lazy(() => import('./routes/project/settings-page.tsx').then((m) => ({ default: m.SettingsPage })))
const RulesPage = lazy(() => import('./routes/help/rules-page.tsx').then((m) => ({ default: m.RulesPage })))
const RulePage = lazy(() => import('./routes/help/rule-page.tsx').then((m) => ({ default: m.RulePage })))
const ManualPage = lazy(() => import('./routes/help/manual/manual-page.tsx').then((m) => ({ default: m.ManualPageView })))
const HelpPage = lazy(() => import('./routes/project/help-page.tsx').then((m) => ({ default: m.HelpPage })))
const TeamPage = lazy(() => import('./team/team-page.tsx').then((m) => ({ default: m.TeamPage })))
const ServerRunsPage = lazy(() => import('./team/runs/server-runs-page.tsx').then((m) => ({ default: m.ServerRunsPage })))
const TeamOpen = lazy(() => import('./team/team-open.tsx').then((m) => ({ default: m.TeamOpen })))
const TeamHere = lazy(() => import('./team/team-here.tsx').then((m) => ({ default: m.TeamHere })))
const TeamLine = lazy(() => import('./team/team-line.tsx').then((m) => ({ default: m.TeamLine })))
const TourCard = lazy(() => import('./routes/readiness/tour/tour-card.tsx').then((m) => ({ default: m.TourCard })))
const TeamStart = lazy(() => import('./team/team-start.tsx').then((m) => ({ default: m.TeamStart })))

export function App() {
  useTheme()
  useEffect(() => {
    void startWorkspace()
  }, [])
  return (
    <Router hook={useHashLocation}>
      <Frame />
    </Router>
  )
}

function Frame() {
  const open = useWorkspace((w) => w.project !== null)
  const onTeamServer = useWorkspace((w) => w.onTeamServer)
  const touring = useTour((tour) => tour.at !== null)
  const reader = useReaderMark() !== null
  useGlobalKeys()
  useFocusOnNavigation()
  const onCanvas = useOnCanvas()
  const [unfolded, setUnfolded] = useState(false)
  const named = useWidth(namesFrom)
  const folded = !named || (onCanvas && !unfolded)
  return (
    <div className={styles.frame} data-canvas={onCanvas || undefined} data-folded={folded || undefined}>
      <button type="button" className={styles.skip} onClick={skipToContent}>
        Skip to content
      </button>
      <Header
        run={runChecks}
        team={
          onTeamServer ? (
            <Suspense>
              <TeamHere />
            </Suspense>
          ) : null
        }
      />
      {open && (
        <Suspense>
          <CountedNavigation {...(onCanvas && named && { onFold: () => setUnfolded((now) => !now), folded })} />
        </Suspense>
      )}
      <div className={styles.body} style={open ? undefined : { gridColumn: '1 / -1' }}>
        <main className={`scroll ${styles.main}`} id="content" tabIndex={-1}>
          <PolicyBanner />
          <NewerVersion />
          <Messages />
          <Suspense fallback={<p className="muted">Opening…</p>}>
            {reader ? <ReaderPages /> : open ? <Pages /> : <Closed />}
          </Suspense>
        </main>
        <div id="inspector" />
      </div>
      {onTeamServer && (
        <Suspense>
          <TeamStart />
        </Suspense>
      )}
      <StatusBar
        team={
          onTeamServer && open ? (
            <Suspense>
              <TeamLine />
            </Suspense>
          ) : null
        }
      />
      {touring && open && (
        <Suspense>
          <TourCard />
        </Suspense>
      )}
      <Palette />
      <RunAnnouncer />
      <QuestionDialog />
      <SecretDialog />
    </div>
  )
}

/** A drawing needs the room: there the navigation is folded until somebody asks for it. */
function useOnCanvas(): boolean {
  const location = useSection()
  return /^\/workflow\/[^/]+\/compare/.test(location)
}

function Pages() {
  return (
    <Switch>
      <Route path="/readiness" component={ReadinessPage} />
      <Route path="/readiness/inputs" component={InputsPage} />
      <Route path="/readiness/practices" component={PracticesPage} />
      <Route path="/readiness/go-no-go">
        <ReportPage kind="go-no-go" />
      </Route>
      <Route path="/readiness/reports">
        <ReportPage kind="" />
      </Route>
      <Route path="/readiness/reports/:kind">{({ kind }) => <ReportPage kind={kind} />}</Route>
      <Route path="/readiness/views/:view">{({ view }) => <ViewsPage view={view} />}</Route>
      <Route path="/readiness/risks" component={RisksPage} />
      <Route path="/workflow" component={WorkflowsPage} />
      <Route path="/workflow/logs" component={LogsPage} />
      <Route path="/workflow/:id/compare">{({ id }) => <ComparePage id={id} key={id} />}</Route>
      <Route path="/workflow/:id/present">{({ id }) => <PresentPage id={id} key={id} />}</Route>
      <Route path="/workflow/:id/table">{({ id }) => <TablePage id={id} key={id} />}</Route>
      <Route path="/workflow/:id/simulate">{({ id }) => <SimulatePage id={id} key={id} />}</Route>
      <Route path="/workflow/:id/tests">{({ id }) => <TimedTestsPage id={id} key={id} />}</Route>
      <Route path="/data/sources" component={SourcesPage} />
      <Route path="/data/sources/:id">{({ id }) => <SourcePage id={id} key={id} />}</Route>
      <Route path="/data/mapping" component={MappingPage} />
      <Route path="/data/findings">
        <FindingsPage finding={null} />
      </Route>
      <Route path="/data/findings/:finding">{({ finding }) => <FindingsPage finding={finding} />}</Route>
      <Route path="/data/findings/:finding/rows/:row">
        {({ finding, row }) => <ResourcePage finding={finding} row={Number(row)} />}
      </Route>
      <Route path="/data/reconcile">
        <ReconcilePage pair={null} />
      </Route>
      <Route path="/data/reconcile/:pair">{({ pair }) => <ReconcilePage pair={decodeURIComponent(pair)} />}</Route>
      <Route path="/data/server-runs" component={ServerRunsPage} />
      <Route path="/review/plan" component={PlanPage} />
      <Route path="/review/records">
        <RecordsPage n={null} />
      </Route>
      <Route path="/review/records/:n">{({ n }) => <RecordsPage n={Number(n)} />}</Route>
      <Route path="/review/verdicts" component={MyVerdictsPage} />
      <Route path="/review/certificate" component={CertificatePage} />
      <Route path="/review/worklist" component={WorklistPage} />
      <Route path="/review/golden" component={GoldenPage} />
      <Route path="/review/hazards" component={HazardsPage} />
      <Route path="/review/charts" component={ChartsPage} />
      <Route path="/ledger" component={LedgerPage} />
      <Route path="/team">
        <TeamPage link={null} />
      </Route>
      <Route path="/team/join/:link">{({ link }) => <TeamPage link={link} />}</Route>
      <Route path="/team/open/:id">{({ id }) => <TeamOpen id={decodeURIComponent(id)} />}</Route>
      <Route path="/settings" component={SettingsPage} />
      <Route path="/help" component={HelpPage} />
      <Route path="/help/manual/*?">{(params) => <ManualPage path={params['*'] ?? ''} />}</Route>
      <Route path="/help/rules" component={RulesPage} />
      <Route path="/help/rules/:wing/:name">{({ wing, name }) => <RulePage code={`${wing}/${name}`} />}</Route>
      <Route>
        <Welcome />
      </Route>
    </Switch>
  )
}

/** Somebody with a bundle has come to read: whatever the address, there is nothing else. */
function ReaderPages() {
  return (
    <Switch>
      <Route path="/" component={Welcome} />
      <Route path="/settings" component={SettingsPage} />
      <Route path="/help" component={HelpPage} />
      <Route path="/help/manual/*?">{(params) => <ManualPage path={params['*'] ?? ''} />}</Route>
      <Route path="/help/rules" component={RulesPage} />
      <Route path="/help/rules/:wing/:name">{({ wing, name }) => <RulePage code={`${wing}/${name}`} />}</Route>
      <Route path="/review/records/:n">{({ n }) => <RecordsPage n={Number(n)} />}</Route>
      <Route path="/review/verdicts" component={MyVerdictsPage} />
      <Route>
        <RecordsPage n={null} />
      </Route>
    </Switch>
  )
}

/** Without a project only the first page, settings and help exist. */
function Closed() {
  return (
    <Switch>
      <Route path="/team">
        <TeamPage link={null} />
      </Route>
      <Route path="/team/join/:link">{({ link }) => <TeamPage link={link} />}</Route>
      <Route path="/team/open/:id">{({ id }) => <TeamOpen id={decodeURIComponent(id)} />}</Route>
      <Route path="/settings" component={SettingsPage} />
      <Route path="/help" component={HelpPage} />
      <Route path="/help/manual/*?">{(params) => <ManualPage path={params['*'] ?? ''} />}</Route>
      <Route path="/help/rules" component={RulesPage} />
      <Route path="/help/rules/:wing/:name">{({ wing, name }) => <RulePage code={`${wing}/${name}`} />}</Route>
      <Route>
        <Welcome />
      </Route>
    </Switch>
  )
}

async function runChecks(): Promise<void> {
  const { runAllChecks } = await import('./routes/data/acts/run.ts')
  await runAllChecks()
}

async function saveProject(): Promise<void> {
  if (useWorkspace.getState().project === null) return
  const saving = await import('./keeping/save.ts')
  await saving.saveProject()
}

async function saveProjectFile(): Promise<void> {
  if (useWorkspace.getState().project === null) return
  const saving = await import('./keeping/save.ts')
  await saving.saveProjectFile()
}

function skipToContent(): void {
  document.getElementById('content')?.focus()
}

function useGlobalKeys(): void {
  const first = useWorkspace((w) => [...w.workflows.keys()][0] ?? null)
  const open = useWorkspace((w) => w.project !== null)
  const reader = useReaderMark() !== null
  const pages = open ? pagesOf(first, reader) : []
  useKeys('page', {
    'Ctrl+K': () => openPalette(true),
    '?': () => navigate('/help'),
    'Ctrl+S': () => void saveProject(),
    'Ctrl+Shift+S': () => void saveProjectFile(),
    ...Object.fromEntries(pages.flatMap((page) => (page.keys ? [[page.keys, () => navigate(page.href)]] : []))),
  })
  useActions(
    useMemo(
      () => [
        { id: 'save', label: 'Save the project', keys: 'Ctrl S', run: () => void saveProject() },
        { id: 'save-file', label: 'Save as a .carryover file', keys: 'Ctrl Shift S', run: () => void saveProjectFile() },
        { id: 'shortcuts', label: 'Show keyboard shortcuts', keys: '?', run: () => navigate('/help') },
      ],
      [],
    ),
  )
  useRoleLens()
}

/** `?as=clinician` sets the lens for this visit. */
function useRoleLens(): void {
  const [search] = useSearchParams()
  const as = search.get('as') ?? new URLSearchParams(location.search).get('as')
  useEffect(() => {
    if (as === 'analyst' || as === 'data' || as === 'clinician') useWorkspace.setState({ lens: as })
  }, [as])
}

/** A new page takes focus at its heading, so that keyboard and screen-reader users start where the page starts. */
function useFocusOnNavigation(): void {
  const location = useSection()
  const shown = useRef(location)
  useEffect(() => {
    if (shown.current === location) return
    const stem = (path: string): string => path.split('/').slice(0, 3).join('/')
    const moved = stem(shown.current) !== stem(location)
    shown.current = location
    if (!moved) return
    const before = document.activeElement
    let timer: ReturnType<typeof setTimeout>
    const take = (tries: number): void => {
      // Whoever was quicker and is typing already keeps the focus.
      const { activeElement } = document
      if (activeElement !== before && activeElement !== document.body) return
      const title = document.getElementById('page-title')
      if (title) title.focus({ preventScroll: true })
      // A page that is fetched first has its heading later.
      else if (tries > 0) timer = setTimeout(take, 60, tries - 1)
    }
    timer = setTimeout(take, 60, 50)
    return () => clearTimeout(timer)
  }, [location])
}
