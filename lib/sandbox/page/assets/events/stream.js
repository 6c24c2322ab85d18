// @ts-check
/** @typedef {import('../common/contract.js').SandboxEvent} SandboxEvent */
/** @typedef {import('../common/contract.js').SandboxState} SandboxState */

const RETRY_DELAY = 2000;

/**
 * Follows the sandbox's server-sent events. The browser reconnects by itself, unless the answer was no stream
 * (another server on this port): then this starts anew.
 * @param {{
 *   onEvents: (events: SandboxEvent[]) => void,
 *   onState: (state: SandboxState) => void,
 *   onCleared: () => void,
 *   onConnection: (state: 'live' | 'reconnecting') => void,
 * }} handlers
 */
export function follow({ onEvents, onState, onCleared, onConnection }, isAnew = false) {
  const source = new EventSource('/api/stream');
  source.addEventListener('open', () => {
    if (isAnew) onCleared();
    isAnew = false;
    onConnection('live');
  });
  source.addEventListener('events', (message) => onEvents(JSON.parse(message.data)));
  source.addEventListener('state', (message) => onState(JSON.parse(message.data)));
  source.addEventListener('cleared', () => onCleared());
  source.addEventListener('error', () => {
    onConnection('reconnecting');
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => follow({ onEvents, onState, onCleared, onConnection }, true), RETRY_DELAY);
  });
}
