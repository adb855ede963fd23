/** Whether a moment of this clock (milliseconds since 1970) is at most so long ago. A clock that was set back makes it long ago, not future. */
export function isRecent(moment: number, milliseconds: number): boolean {
  return Math.abs(Date.now() - moment) <= milliseconds
}
