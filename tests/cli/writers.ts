/** Every file that the command line writes, by a run that writes it. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeSample } from './command-line.ts'

export interface Writer {
  readonly name: string
  readonly args: readonly string[]
  /** From the folder of the run; null where the run says the names and wants an empty folder. */
  readonly files: readonly string[] | null
  /** Nobody but the owner may read them. */
  readonly isPrivate: boolean
}

export interface WritersFolder {
  /** Holds the inputs. */
  readonly inputs: string
  /** Writers of this folder; the first ones are enough for a short run. */
  readonly writers: (out: string) => readonly Writer[]
}

const table = 'samples/data/patients.csv'
const refill = 'samples/riverside/workflows/refill'
const scenario = ['--scenario', `${refill}/scenario.json`]

/** Makes the inputs: a small clinic. */
export function writersFolder(): WritersFolder {
  const inputs = mkdtempSync(join(tmpdir(), 'carryover-writers-'))
  const project = join(inputs, 'riverside')
  writeSample('--patients', '60', '--out', project)
  const writers = (out: string): readonly Writer[] => {
    const to = (name: string): string => join(out, name)
    const writer = (name: string, files: readonly string[] | null, isPrivate: boolean, ...args: readonly string[]): Writer => ({
      name,
      files,
      isPrivate,
      args: [...args, '--quiet'],
    })
    const validate = ['validate', table, '--schema', 'samples/data/datapackage.json']
    const formats = [
      'text',
      'json',
      'ndjson',
      'csv',
      'csv-machine',
      'sarif',
      'junit',
      'operationoutcome',
      'frictionless',
      'markdown',
      'html',
    ]
    return [
      writer('validate', ['v.txt'], false, ...validate, '--out', to('v.txt')),
      writer('validate --reveal', ['v.json'], true, ...validate, '--format', 'json', '--out', to('v.json'), '--reveal'),
      writer('simulate --log', ['log.csv'], false, 'simulate', `${refill}/future.json`, ...scenario, '--log', to('log.csv')),
      writer(
        'validate in all formats',
        formats.map((format) => `all.${format}`),
        false,
        ...validate,
        ...formats.flatMap((format) => ['--format', format, '--out', to(`all.${format}`)]),
      ),
      writer('validate --rejects', ['patients.rejected.csv', 'patients.rejected.codes.csv'], true, ...validate, '--rejects', out),
      writer('validate --rows', ['rows.csv'], true, ...validate, '--rows', `data/type=${to('rows.csv')}`),
      writer(
        'profile',
        ['p.json', 's.json'],
        true,
        'profile',
        table,
        '--format',
        'json',
        '--out',
        to('p.json'),
        '--suggest-schema',
        to('s.json'),
      ),
      writer('profile --clean', ['patients.csv'], true, 'profile', table, '--clean', out),
      writer(
        'link',
        ['l.json', 'm.json', 'g.csv'],
        true,
        'link',
        table,
        '--format',
        'json',
        '--out',
        to('l.json'),
        '--write-model',
        to('m.json'),
        '--merges',
        to('g.csv'),
      ),
      writer('reconcile', ['r.txt'], false, 'reconcile', project, '--out', to('r.txt')),
      writer('reconcile --ledger', ['ledger.json'], true, 'reconcile', project, '--ledger', to('ledger.json')),
      writer('map --suggest', ['fields.csv'], true, 'map', project, '--suggest', to('fields.csv')),
      writer('map --out', null, true, 'map', project, '--out', to('mapped')),
      writer('readiness --kit', null, true, 'readiness', project, '--as-of', '2026-07-14', '--kit', to('kit')),
      writer('baseline worklist', ['w.md'], false, 'baseline', 'worklist', 'samples/data/load-2.json', '--out', to('w.md')),
      writer('readiness', ['b.txt'], false, 'readiness', project, '--as-of', '2026-07-14', '--out', to('b.txt')),
      writer(
        'report',
        ['go.html'],
        false,
        'report',
        project,
        '--as-of',
        '2026-07-14',
        '--format',
        'html',
        '--out',
        to('go.html'),
      ),
      writer(
        'compare',
        ['c.txt'],
        false,
        'compare',
        `${refill}/current.json`,
        `${refill}/future.json`,
        '--trace',
        `${refill}/trace.json`,
        '--out',
        to('c.txt'),
        '--fail-on',
        'never',
      ),
      writer(
        'compare --suggest-trace',
        ['t.txt'],
        false,
        'compare',
        `${refill}/current.json`,
        `${refill}/future.json`,
        '--suggest-trace',
        '--out',
        to('t.txt'),
      ),
      writer(
        'simulate',
        ['s.txt', 'log.xes'],
        false,
        'simulate',
        `${refill}/future.json`,
        ...scenario,
        '--out',
        to('s.txt'),
        '--log',
        to('log.xes'),
      ),
      writer(
        'discover',
        ['d.json', 'ds.json'],
        true,
        'discover',
        'samples/workflow/refill-log.csv',
        '--out',
        to('d.json'),
        '--scenario-out',
        to('ds.json'),
      ),
      writer('convert a map', ['c.bpmn'], false, 'convert', `${refill}/current.json`, to('c.bpmn')),
      writer('convert a log', ['c.xes'], true, 'convert', 'samples/workflow/refill-log.csv', to('c.xes')),
      writer('verify --timestamp-request', ['head.tsq'], false, 'verify', project, '--timestamp-request', to('head.tsq')),
    ]
  }
  return { inputs, writers }
}
