import type { IncomingMessage, ServerResponse } from 'node:http';
import { openApiDocument } from '../openapi/openapi-document.js';
import type { SandboxState } from '../sandbox-state.js';
import type { BodyBudget } from '../http/read-body.js';
import { sendReply } from '../http/reply.js';
import { clockRoutes } from './clock.routes.js';
import { ControlError, ControlRequest, toControlError } from './control-request.js';
import { EventStream } from './event-stream.js';
import { eventsRoutes } from './events.routes.js';
import { faultsRoutes } from './faults.routes.js';
import { type Handler, NO_CONTENT, type Routes } from './routes.js';

const ID = /\/(\d{1,15})$/;

/** The sandbox's own API, for its page and for tests in any language. */
export class ControlApi {
  private readonly routes: Routes;

  constructor(
    state: SandboxState,
    private readonly budget: BodyBudget,
  ) {
    const stream = new EventStream(state);
    this.routes = {
      'GET /api/openapi.json': () => ({ status: 200, body: openApiDocument }),
      'GET /api/state': () => ({ status: 200, body: state.snapshot() }),
      'DELETE /api/state': () => {
        state.reset();
        return NO_CONTENT;
      },
      'GET /api/types': () => ({ status: 200, body: { events: state.types() } }),
      'GET /api/stream': ({ incoming, response }) => stream.open(incoming, response),
      ...eventsRoutes(state),
      ...faultsRoutes(state),
      ...clockRoutes(state),
    };
  }

  async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const reply = await this.answer(new ControlRequest(incoming, response, this.budget));
      if (reply) sendReply(response, reply);
    } catch (error) {
      const controlError = toControlError(error);
      if (!controlError) throw error;
      sendReply(response, controlError.reply);
    }
  }

  private answer(request: ControlRequest): ReturnType<Handler> {
    const { method, path } = request;
    const id = ID.exec(path)?.[1];
    const route = id === undefined ? path : path.replace(ID, '/:id');
    const key = `${method} ${route}`;
    const handler = Object.hasOwn(this.routes, key) ? this.routes[key] : undefined;
    if (handler) return handler(request, Number(id));
    const methods = Object.keys(this.routes).flatMap((known) =>
      known.endsWith(` ${route}`) ? [known.split(' ')[0]] : [],
    );
    if (methods.length === 0) throw new ControlError(404, 'There is no such resource; /api lists those that there are');
    const allowed = methods.join(', ');
    throw new ControlError(405, `This resource takes ${allowed} only`, undefined, { Allow: allowed });
  }
}
