/**
 * A text that was cut out of another, of a request's body say, keeps all of the other in memory for as long as it is kept
 * itself. Its copy does not.
 */
export function ownCopy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
