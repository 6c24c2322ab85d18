import { WebEngageError } from '../../errors/webengage.error.js';
import type { SandboxClock } from '../sandbox-clock.js';
import type { SandboxState } from '../sandbox-state.js';
import type { Reply } from '../http/reply.js';
import type { Routes } from './routes.js';
import { ControlError } from './control-request.js';

export function clockRoutes({ clock }: SandboxState): Routes {
  return {
    'GET /api/clock': () => show(clock),
    'PUT /api/clock': async (request) => {
      const { now } = await request.object();
      return move(clock, 'now', () => clock.set(now as string | number));
    },
    'POST /api/clock/advance': async (request) => {
      const { milliseconds } = await request.object();
      return move(clock, 'milliseconds', () => clock.advance(milliseconds as number));
    },
    'DELETE /api/clock': () => {
      clock.reset();
      return show(clock);
    },
  };
}

function show(clock: SandboxClock): Reply {
  return { status: 200, body: { now: clock.now(), stopped: clock.isStopped } };
}

function move(clock: SandboxClock, path: string, act: () => void): Reply {
  try {
    act();
  } catch (error) {
    if (!(error instanceof WebEngageError)) throw error;
    throw new ControlError(400, error.message, [{ path, message: error.message }]);
  }
  return show(clock);
}
