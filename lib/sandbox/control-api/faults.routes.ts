import type { SandboxState } from '../sandbox-state.js';
import { NO_CONTENT, type Routes } from './routes.js';
import { ControlError } from './control-request.js';

export function faultsRoutes({ faults }: SandboxState): Routes {
  return {
    'GET /api/faults': () => ({ status: 200, body: { faults: faults.list() } }),
    'POST /api/faults': async (request) => ({
      status: 201,
      body: faults.add(await request.object()),
    }),
    'DELETE /api/faults': () => {
      faults.clear();
      return NO_CONTENT;
    },
    'DELETE /api/faults/:id': (_request, id) => {
      if (!faults.remove(id)) throw new ControlError(404, 'There is no such fault, or it is over');
      return NO_CONTENT;
    },
  };
}
