/** Redesign practices for the levers, with the effects their authors describe (Reijers & Limam Mansar, Omega 33:283, 2005). */

/** `better` and `worse` as described; `either` where the text names gains and losses; `none` where it names neither. */
export type Effect = 'better' | 'worse' | 'either' | 'none'

export interface Practice {
  readonly title: string
  readonly cost: Effect
  readonly time: Effect
  readonly quality: Effect
  readonly flexibility: Effect
}

const practice = (title: string, cost: Effect, time: Effect, quality: Effect, flexibility: Effect): Practice => ({
  title,
  cost,
  time,
  quality,
  flexibility,
})

/** Our reading of the text of each practice: conventions to argue about, not measurements. */
export const practices = {
  'control-relocation': practice('Control relocation', 'worse', 'none', 'better', 'none'),
  'contact-reduction': practice('Contact reduction', 'either', 'better', 'either', 'none'),
  'task-elimination': practice('Task elimination', 'better', 'better', 'either', 'none'),
  'order-based-work': practice('Order-based work', 'worse', 'better', 'none', 'none'),
  triage: practice('Triage', 'better', 'better', 'either', 'worse'),
  resequencing: practice('Resequencing', 'better', 'better', 'none', 'none'),
  'knock-out': practice('Knock-out', 'better', 'either', 'none', 'none'),
  'control-addition': practice('Control addition', 'worse', 'worse', 'better', 'none'),
  buffering: practice('Buffering', 'worse', 'better', 'none', 'none'),
  parallelism: practice('Parallelism', 'either', 'better', 'either', 'worse'),
  exception: practice('Exception', 'none', 'better', 'better', 'worse'),
  'case-based-work': practice('Case-based work', 'worse', 'better', 'none', 'none'),
  'order-assignment': practice('Order assignment', 'none', 'either', 'better', 'worse'),
  'flexible-assignment': practice('Flexible assignment', 'none', 'better', 'either', 'better'),
  'split-responsibilities': practice('Split responsibilities', 'none', 'better', 'better', 'worse'),
  'numerical-involvement': practice('Numerical involvement', 'better', 'better', 'either', 'none'),
  'case-manager': practice('Case manager', 'worse', 'none', 'better', 'none'),
  'extra-resources': practice('Extra resources', 'worse', 'better', 'none', 'better'),
  'specialist-generalist': practice('Specialist-generalist', 'none', 'either', 'either', 'better'),
  empower: practice('Empower', 'better', 'better', 'either', 'none'),
  'task-automation': practice('Task automation', 'either', 'better', 'better', 'worse'),
  'integral-technology': practice('Integral technology', 'worse', 'better', 'better', 'none'),
  interfacing: practice('Interfacing', 'better', 'better', 'better', 'none'),
} as const satisfies Readonly<Record<string, Practice>>

export type PracticeName = keyof typeof practices
