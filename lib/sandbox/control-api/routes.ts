import type { Reply } from '../http/reply.js';
import type { ControlRequest } from './control-request.js';

/** Answers a request; undefined where it has answered by itself. */
export type Handler = (request: ControlRequest, id: number) => Reply | undefined | Promise<Reply | undefined>;

/** Handlers by method and path, where `:id` stands for a whole number. */
export type Routes = Readonly<Record<string, Handler>>;

/** The answer of a handler that has done its work and has nothing to say. */
export const NO_CONTENT: Reply = { status: 204 };
