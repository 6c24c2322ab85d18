import { Controller, Get, Req, type Type } from '@nestjs/common';

/** A controller with a GET route of each name, decorated as given, which all answer the same. */
export function routesController(
  path: string,
  routes: Readonly<Record<string, readonly MethodDecorator[]>>,
  handle: (request: unknown) => unknown,
): Type {
  @Controller(path)
  class Routes {}
  for (const [name, decorators] of Object.entries(routes)) {
    // Each has a function of its own, named like a method: decorators write their metadata there.
    const { [name]: handler } = { [name]: (request: unknown) => handle(request) };
    const descriptor: TypedPropertyDescriptor<any> = { value: handler, writable: true, configurable: true };
    Object.defineProperty(Routes.prototype, name, descriptor);
    for (const decorate of [Get(name), ...decorators].reverse()) decorate(Routes.prototype, name, descriptor);
    Req()(Routes.prototype, name, 0);
  }
  return Routes;
}
