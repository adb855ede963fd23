/** Example files about what is planned and decided before go-live: goals, needs, money, scope, configuration, tests, the way back. */
import { addDays } from '../../src/core/values/day.ts'
import {
  type Clinic,
  clinicalDepartments,
  departments,
  done,
  from,
  type InputName,
  moment,
  personOf,
  range,
  table,
  tasksOf,
} from './clinic.ts'
import { integrationMap, interfaceIds } from './integration-map.ts'

export function planFiles(clinic: Clinic): Partial<Record<InputName, string>> {
  const before = (days: number): string => addDays(clinic.goLive, -days)
  return {
    goals: table('id goal measure baseline target better owner', [
      ['G1', 'Faster refills', 'hours per refill', 29, 8, 'lower', 'Nurse lead'],
      ['G2', 'Fuller records', 'percent of charts complete', 71, 90, 'higher', 'Medical director'],
      ['G3', 'Fewer calls', 'calls per day', 140, 90, 'lower', 'Front desk lead'],
    ]),
    needs: table('id need kind role step per_week approved_by clinical approved_on changed_on', [
      ...tasksOf(clinic)
        .slice(0, 4)
        .map(({ node, role }, n) => [
          `N${n + 1}`,
          `${node.label} in one place`,
          'need',
          role,
          node.label,
          40 - 5 * n,
          'Medical director',
          'yes',
          before(380),
          before(390),
        ]),
      ['N9', 'Own colours', 'want', 'Front desk', '', '', '', '', '', ''],
    ]),
    decisions: decisions(clinic),
    milestones: milestones(clinic),
    risks: table('id what why avoid likelihood severity owner due closed_on evidence', [
      ['R1', 'Results go missing', 'no acknowledgement', 'daily count', 2, 5, 'Laboratory lead', from(clinic, 40), '', ''],
      ['R2', 'Queue at the desk', 'slow booking', 'cut of bookings', 3, 3, 'Front desk lead', from(clinic, 60), '', ''],
      ['R3', 'Interface overloaded', 'peak hour', 'load test', 2, 4, 'Analyst', from(clinic, 30), '', ''],
    ]),
    observations: observations(clinic),
    budget: table('item kind year amount', [
      ...[
        ['licence', 300_000],
        ['migration', 120_000],
        ['interfaces', 80_000],
        ['training', 60_000],
        ['floor-support', 40_000],
      ].map(([kind, amount]) => [`${kind} until go-live`, kind ?? '', 0, amount ?? 0]),
      ...[1, 2, 3].map((year) => [`upkeep of year ${year}`, 'upkeep', year, 102_000]),
      ['upgrade', 'upgrade', 3, 50_000],
    ]),
    customizations: table('id area class core evidence owner expires upgrade_effect cost alternative opened closed', [
      ['C1', 'Billing', 'law', 'no', 'Act §12', 'Billing lead', from(clinic, 200), 'retest', 4000, '', from(clinic, -200), ''],
      ['C2', 'Orders', 'safety', 'yes', 'audit A2', 'Pharmacist', from(clinic, 200), 'retest', 2500, '', from(clinic, -180), ''],
      [
        'C3',
        'Notes',
        'always-done',
        'no',
        'seen',
        'Nurse lead',
        from(clinic, 100),
        'none',
        0,
        'use the template',
        from(clinic, -170),
        from(clinic, -20),
      ],
    ]),
    configuration: table('item area finding approved_by configured_by configured_on audited_by audited_on native', [
      ...['Refill queue', 'Result inbox', 'Referral letters', 'Vitals flow', 'Order sets'].map((item, n) => [
        item,
        n % 2 === 0 ? 'Orders' : 'Results',
        `A${n + 1}`,
        'Medical director',
        'Analyst',
        before(200 - n),
        'Nurse lead',
        before(240),
        'yes',
      ]),
      ['Billing rules', 'Billing', 'A6', 'Billing lead', 'Analyst', before(190), 'Nurse lead', before(240), 'no'],
    ]),
    'order-sets': table('order_set department orders built reviewed_by', [
      ...['Chest pain', 'Diabetes follow-up', 'Asthma', 'Hypertension', 'Wound care'].map((name, n) => [
        name,
        'Family medicine',
        400 - 50 * n,
        'yes',
        'Medical director',
      ]),
      ['Foot care', 'Family medicine', 20, 'no', ''],
    ]),
    interfaces: integrationMap(clinic.flaws),
    scope: scope(clinic),
    'trial-loads': table(
      'load loaded_on records errors',
      [400, 160, 70, 30].map((errors, n) => [`L${n + 1}`, before(150 - 36 * n), 10_000, errors]),
    ),
    alerts: table('rule shown overridden records mandatory', [
      ['interaction', 120, 60, 4000, 'no'],
      ['duplicate order', 300, 200, 4000, 'no'],
      ['allergy', 90, 20, 4000, 'yes'],
    ]),
    rollout: table('department visits_per_week minutes_per_visit start_week pilot exchanges_with', [
      ['Family medicine', 260, 25, 0, 'yes', 'Nursing;Front desk'],
      ['Nursing', 220, 15, 4, 'no', 'Vitals room'],
      ['Vitals room', 240, 8, 4, 'no', ''],
      ['Front desk', 300, 6, 8, 'no', ''],
    ]),
    tests: tests(clinic),
    rehearsals: rehearsals(clinic),
    rollback: table('order step minutes owner no_return exports_new_data rehearsed_on rehearsed_minutes', [
      [1, 'Export new records', 30, 'Data lead', 'no', 'yes', from(clinic, -18), 35],
      [2, 'Open the old system for writing', 20, 'Analyst', 'no', 'no', from(clinic, -18), 18],
      [3, 'Switch interfaces back', 45, 'Analyst', 'yes', 'no', from(clinic, -18), 40],
    ]),
    acknowledgements: table(
      'document department person_id signed_on',
      departments.map(({ name }, d) => [
        'rollback',
        name,
        1001 + 100 * d,
        clinic.flaws.has('rollback-unsigned') && name === 'Front desk' ? '' : done(clinic, from(clinic, -4)),
      ]),
    ),
    drills: table(
      'drill department held_on hours result entered_after',
      departments.map(({ name }) => ['Spring drill', name, from(clinic, -30), 8, 'pass', 'yes']),
    ),
    pilot: table('measure baseline_met baseline_of pilot_met pilot_of most_drop rule_on data_from', [
      [
        'result seen in 24 h',
        900,
        1000,
        920,
        1000,
        5,
        clinic.flaws.has('pilot-rule-late') ? from(clinic, -60) : from(clinic, -90),
        from(clinic, -80),
      ],
      ['note closed the same day', 800, 1000, 815, 1000, 5, from(clinic, -90), from(clinic, -80)],
    ]),
  }
}

function decisions(clinic: Clinic): string {
  const about = [
    ['paper approvals are dropped', 'refill', 'workflow'],
    ['results go to the ordering clinician', 'lab-results', 'configuration'],
    ['old referrals stay in the archive', 'scope', 'data'],
    ['all departments at once', 'rollout', 'go-live'],
  ] as const
  return table(
    'id made_at deciders quorum choice artifact clinical_deciders options trade_off asked_at responsible accountable matter decided_by',
    about.map(([choice, artifact, matter], n) => {
      const asked = addDays(clinic.goLive, -330 + 60 * n)
      return [
        `D${n + 1}`,
        moment(addDays(asked, 4), '15:00'),
        'medical director;nurse lead;analyst',
        3,
        artifact === 'rollout' ? 'at once' : choice,
        artifact,
        2,
        'now;later',
        'the team waits for it',
        moment(asked, '15:00'),
        'Analyst',
        'Medical director',
        matter,
        // Nobody in the sample exists.
        'Dr Amara Quist',
      ]
    }),
  )
}

function milestones(clinic: Clinic): string {
  const days = [
    ['planning', -480],
    ['contract', -400],
    ['configuration', -240],
    ['training', -60],
    ['rehearsal', -25],
    ['go-live', 0],
    ['optimization-end', 400],
  ] as const
  return table(
    'milestone planned_on done_on',
    days.map(([name, days]) => {
      const day = addDays(clinic.goLive, days)
      return [name, day, done(clinic, day)]
    }),
  )
}

/** Two frequent tasks, by the same six people in both systems; the new one is a little faster. */
function observations(clinic: Clinic): string {
  const timed = tasksOf(clinic).slice(0, 2)
  return table(
    'task_id role system started_at seconds clicks person_id department',
    timed.flatMap(({ node, role }, t) =>
      range(12).map((n) => {
        const now = n >= 6
        const seconds = (now ? 70 + (n % 2) : 85) + 20 * t + 3 * (n % 6)
        return [
          node.label,
          role,
          now ? 'new' : 'old',
          moment(addDays(clinic.goLive, now ? -90 : -420), '09:00'),
          seconds,
          now ? 7 : 0,
          personOf(1, n % 6),
          'Family medicine',
        ]
      }),
    ),
  )
}

/** What is moved and what is archived sums to what was read, file by file. */
function scope({ sources }: Clinic): string {
  const rows = sources.flatMap(({ name, records }) => {
    const domain = name.replace(/\.[^.]+$/, '')
    const archived = records >= 10 ? Math.floor(records / 10) : 0
    return [
      [name, domain, 'move', records - archived, 'last five years', '', 'Medical director'],
      ...(archived > 0 ? [[name, domain, 'archive', archived, 'older', 'viewer', 'Medical director']] : []),
    ]
  })
  return table('source domain fate records years reader signed_by', rows)
}

function tests(clinic: Clinic): string {
  const areas = ['order-entry', 'result-routing', 'patient-identification', 'reporting', 'downtime']
  const exchanges = interfaceIds.map((id) => {
    const area = id === 'identity' ? 'patient-identification' : 'result-routing'
    return [`interface-${id}`, 'interface', area, moment(from(clinic, -24), '14:00'), 'pass', '4.2', '', '', '']
  })
  return table('test_id level area run_at result build users per_hour p95_ms', [
    ...['unit', 'integration', 'interface', 'load'].flatMap((level) =>
      areas.map((area) => [
        `${level}-${area}`,
        level,
        area,
        moment(from(clinic, -25), '10:00'),
        'pass',
        '4.2',
        level === 'load' ? 80 : '',
        level === 'load' ? 40 : '',
        level === 'load' ? 900 : '',
      ]),
    ),
    ...exchanges,
  ])
}

/** Every step of the future maps in the dress rehearsal, and a simulated shift for each clinical role. */
function rehearsals(clinic: Clinic): string {
  const steps = tasksOf(clinic)
    .filter(({ node }) => !node.external)
    .map(({ workflow, node, role }) => [
      'Dress rehearsal',
      'dress',
      workflow,
      node.label,
      role,
      moment(from(clinic, -22), '09:00'),
      'pass',
      '',
    ])
  const roles = ['Medical director', ...clinicalDepartments.map(({ role }) => role)]
  const shifts = roles.map((role) => [
    'Shift 1',
    'simulated-shift',
    'all',
    'usual shift',
    role,
    moment(from(clinic, -24), '09:00'),
    'pass',
    '',
  ])
  return table('run kind workflow step role started_at result defect', [...steps, ...shifts])
}
