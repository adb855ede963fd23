/** Every verb with what it is for. Only the verbs that the words name are loaded: `--help` needs no check and no rule. */
import type { Command } from 'commander'

interface Verb {
  readonly name: string
  readonly about: string
  /** Gives what adds flags, inputs and work to the command of this name; `build` makes the program for other words. */
  readonly load: () => Promise<(command: Command, build: (words: readonly string[]) => Promise<Command>) => void>
}

export const verbs: readonly Verb[] = [
  {
    name: 'serve',
    about: 'serve the app with its security headers on the loopback and open the browser',
    load: async () => (await import('./serve/serve.ts')).addServe,
  },
  {
    name: 'static',
    about: 'write the app as files for any web server, with its security headers as settings',
    load: async () => (await import('./serve/static.ts')).addStatic,
  },
  {
    name: 'team',
    about: 'run a server for several people on one project, on a machine of the clinic',
    load: async () => (await import('./team/team.ts')).addTeam,
  },
  {
    name: 'validate',
    about: 'check data: tables against schemas, FHIR resources against R4',
    load: async () => (await import('./data/validate/validate.ts')).addValidate,
  },
  {
    name: 'profile',
    about: 'per-column statistics and a suggested schema',
    load: async () => {
      const { addProfile, profileTakers } = await import('./data/profile.ts')
      return (command) => {
        addProfile(command)
        profileTakers.set(
          command,
          async (...read) => await (await import('./scale/spread-profile.ts')).profileInJobs(command)(...read),
        )
      }
    },
  },
  {
    name: 'map',
    about: 'run the crosswalk: legacy records to target records, with rejects',
    load: async () => (await import('./data/crosswalk/map.ts')).addMap,
  },
  {
    name: 'reconcile',
    about: 'legacy against target: conservation ledger, control totals, field by field',
    load: async () => {
      const { addReconcile, reconcileTakers } = await import('./data/crosswalk/reconcile.ts')
      return (command) => {
        addReconcile(command)
        reconcileTakers.set(
          command,
          async (...read) => await (await import('./scale/spread-reconcile.ts')).reconcileInJobs(command)(...read),
        )
      }
    },
  },
  {
    name: 'link',
    about: 'find probable duplicate patients, with an explanation per pair',
    load: async () => {
      const { addLink, linkTakers } = await import('./data/link.ts')
      return (command) => {
        addLink(command)
        linkTakers.set(command, async (...read) => await (await import('./scale/spread-link.ts')).linkInJobs(command)(...read))
      }
    },
  },
  {
    name: 'run',
    about: 'spread a check over processes or machines: run validate … --engine local:4 --work DIR',
    load: async () => (await import('./scale/run.ts')).addRun,
  },
  {
    name: 'worker',
    about: 'do tasks of spread runs from a queue in PostgreSQL or Redis, on any machine',
    load: async () => (await import('./scale/worker.ts')).addWorker,
  },
  {
    name: 'baseline',
    about: 'compare runs: new, known, fixed, changed; trends, worklists, accepted findings',
    load: async () => (await import('./data/baseline.ts')).addBaseline,
  },
  {
    name: 'compare',
    about: 'judge which bottlenecks survive the move to the new system',
    load: async () => (await import('./workflow/compare.ts')).addCompare,
  },
  {
    name: 'simulate',
    about: 'simulate a map: waits, lead time, busy roles',
    load: async () => (await import('./workflow/simulate.ts')).addSimulate,
  },
  {
    name: 'discover',
    about: 'what really happens: statistics of an event log, and a map made from it',
    load: async () => (await import('./workflow/discover.ts')).addDiscover,
  },
  {
    name: 'conform',
    about: 'an event log against a workflow: what was skipped, extra, out of order or done by another role',
    load: async () => (await import('./workflow/conform.ts')).addConform,
  },
  {
    name: 'convert',
    about: 'turn a drawing of a workflow or an event log into another format, with a report of what was lost',
    load: async () => (await import('./workflow/convert.ts')).addConvert,
  },
  {
    name: 'sample',
    about: 'how many records to review, what a result proves, which records, may we stop',
    load: async () => (await import('./review/sample.ts')).addSample,
  },
  {
    name: 'agreement',
    about: 'percent agreement, Cohen, Fleiss, Gwet AC1 and Krippendorff of readers, with intervals',
    load: async () => (await import('./review/agreement.ts')).addAgreement,
  },
  {
    name: 'verify',
    about: 'check ledger, signatures, draw and numbers of a project, offline',
    load: async () => (await import('./project/verify.ts')).addVerify,
  },
  {
    name: 'readiness',
    about: 'say whether the next phase may start, from evidence by digest; exit code 1 when blocked',
    load: async () => (await import('./readiness/readiness.ts')).addReadiness,
  },
  {
    name: 'report',
    about: 'write a report of a project: for paper, for a committee, for operations',
    load: async () => (await import('./readiness/report.ts')).addReport,
  },
  {
    name: 'example',
    about: 'write invented data: the sample clinic, the files of the documentation, large tables',
    load: async () => (await import('./example/example.ts')).addExample,
  },
  {
    name: 'completion',
    about: 'print a script that completes verbs, flags and files in a shell',
    load: async () => (await import('./shell/completion.ts')).addCompletion,
  },
  {
    name: 'about',
    about: 'say which build this is and what it holds, and whether its files are those that were built',
    load: async () => (await import('./shell/about.ts')).addAbout,
  },
]
