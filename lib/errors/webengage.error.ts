/**
 * The root of every error that this library throws or rejects with, so that one `instanceof` catches them all.
 *
 * @example
 * try {
 *   await events.track(event);
 * } catch (error) {
 *   if (error instanceof WebEngageError) this.logger.warn(error.message);
 *   else throw error;
 * }
 */
export class WebEngageError extends Error {
  override readonly name: string = 'WebEngageError';
}
