/**
 * Sequential tests of "the mean of these values is at most t" that may be looked at after every value (values 0 … 1, at random or with
 * replacement): published forms beside the one that the audit uses (audit.ts), for endless lots and for comparison.
 */

/** How a value becomes a factor of the evidence. */
export type Bet =
  /** Π (x + g) / (t + g); Kaplan and Markov. */
  | { readonly kind: 'kaplan-markov'; readonly g: number }
  /** Π ((1 − g)·x / t + g); Kaplan and Wald. */
  | { readonly kind: 'kaplan-wald'; readonly g: number }
  /** Π (1 + λ·(x − t)). */
  | { readonly kind: 'fixed-bet'; readonly lambda: number }
  /** Likelihood ratio against the mean η (Wald's sequential test for values 0 and 1). */
  | { readonly kind: 'fixed-alternative'; readonly eta: number }

export interface SequentialTest {
  /** Least p seen so far; may be acted upon whatever the stopping moment. */
  readonly p: number
  /** p after the last value; what holds where the order of the values is not random. */
  readonly last: number
}

export function sequentialTest(values: Iterable<number>, t: number, bet: Bet): SequentialTest {
  let evidence = 1
  let best = 1
  for (const x of values) {
    evidence *= factorOf(x, t, bet)
    best = Math.max(best, evidence)
  }
  return { p: 1 / best, last: Math.min(1, 1 / evidence) }
}

function factorOf(x: number, t: number, bet: Bet): number {
  if (bet.kind === 'kaplan-markov') return (x + bet.g) / (t + bet.g)
  if (bet.kind === 'kaplan-wald') return ((1 - bet.g) * x) / t + bet.g
  if (bet.kind === 'fixed-bet') return 1 + bet.lambda * (x - t)
  return (x * bet.eta) / t + ((1 - x) * (1 - bet.eta)) / (1 - t)
}

export interface WaldPlan {
  /** Reject at this log ratio or above, accept at `logB` or below. */
  readonly logA: number
  readonly logB: number
  /** Right units that this many errors need beside them until the lot is accepted. */
  readonly right: number
}

/** Wald's sequential plan: a lot with the share p0 is rejected with chance α, one with p1 accepted with chance β. */
export function waldPlan(p0: number, p1: number, alpha: number, beta: number, errors: number): WaldPlan {
  const logA = Math.log((1 - beta) / alpha)
  const logB = Math.log(beta / (1 - alpha))
  const wrong = Math.log(p1 / p0)
  const right = Math.log((1 - p1) / (1 - p0))
  // Each error raises the ratio, each right unit lowers it; errors may all come first.
  return { logA, logB, right: Math.max(0, Math.ceil((logB - errors * wrong) / right)) }
}

/**
 * Units that a comparison of two shares is expected to need at this risk limit when both are as reported (Lindeman, Stark and Yates 2012,
 * the polling audit "BRAVO"): Wald's approximation, with half a step of the winner's factor for the overshoot.
 */
export function expectedPoll(winner: number, loser: number, risk: number): number {
  const share = winner / (winner + loser)
  const [gain, loss] = [Math.log(2 * share), Math.log(2 - 2 * share)]
  return Math.ceil((Math.log(1 / risk) + gain / 2) / (winner * gain + loser * loss))
}
