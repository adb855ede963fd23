/** Why a run may be left out: from a list, so that no sentence about a patient gets among the evidence. */
export const discardReasons: readonly string[] = [
  'practice run',
  'another task than planned',
  'interrupted for too long',
  'the system did not answer',
  'the stopwatch was wrong',
  'given up',
]
