import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { ConfigurationError } from '../errors/configuration.error.js';
import type { EventsService } from '../events/events.service.js';
import { getEventsToken } from '../events/events-token.js';
import { detailsOf, type WebEngageHealthDetails } from './health-details.js';
import { resolveHealthOptions, type WebEngageHealthOptions } from './health-options.js';
import { reasonsToBeDown } from './reasons-to-be-down.js';

/** Tells Terminus how delivery fares in this process. It asks nothing over the network. */
@Injectable()
export class WebEngageHealthIndicator {
  private readonly startedAt = Date.now();

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /**
   * Whether events get to WebEngage: down when delivery is paused, or past one of the limits; `reasons` says which.
   *
   * @param key under which it stands in the check's answer
   * @param options the limits, and the account where there are several
   * @throws {ConfigurationError} an option is wrong, or there is no such account: the check is answered with 500
   *
   * @example
   * @Get()
   * @HealthCheck()
   * check() {
   *   return this.health.check([() => this.webEngage.isHealthy('webengage', { maxPendingAge: 60_000 })]);
   * }
   */
  // Async, though it awaits nothing: what is thrown becomes a rejection.
  // eslint-disable-next-line @typescript-eslint/require-await
  async isHealthy<const Key extends string>(
    key: Key,
    options: WebEngageHealthOptions = {},
  ): Promise<HealthIndicatorResult<Key, 'up' | 'down', WebEngageHealthDetails>> {
    const { account, ...limits } = resolveHealthOptions(options);
    const health = this.eventsOf(account).health();
    const reasons = reasonsToBeDown(health, limits, Date.now(), this.startedAt);
    const indicator = this.indicators.check(key);
    const details = detailsOf(health, reasons);
    return reasons.length > 0 ? indicator.down(details) : indicator.up(details);
  }

  private eventsOf(account: string | undefined): EventsService {
    let events: EventsService | undefined;
    try {
      // Not injected: the module may be imported anywhere, and the account is known only now.
      events = this.moduleRef.get<EventsService>(getEventsToken(account), { strict: false });
    } catch {
      // Nest says that it knows no such token.
    }
    if (events) return events;
    const message =
      account === undefined
        ? 'is missing, and no WebEngageModule without an account is imported'
        : `no WebEngageModule with the account '${account}' is imported`;
    throw new ConfigurationError([{ option: 'account', message }], 'WebEngageHealthIndicator');
  }
}
