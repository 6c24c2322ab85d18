import type { ServerResponse } from 'node:http';

/** Waits so many milliseconds; false as soon as the client has left. */
export function stayOpen(response: ServerResponse, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const leave = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      response.removeListener('close', leave);
      resolve(true);
    }, milliseconds);
    response.once('close', leave);
  });
}
