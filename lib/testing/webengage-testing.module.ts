import type { DynamicModule } from '@nestjs/common';
import { RESOLVE_OPTIONS } from '../configuration/resolve-options-token.js';
import { DELIVERY, DELIVERY_TOOLS } from '../delivery/delivery-token.js';
import type { DeliveryTools } from '../delivery/delivery-tools.js';
import { WebEngageModule } from '../webengage.module.js';
import { RecordingDelivery } from './recording/recording.delivery.js';
import { resolveTestingOptions, testingDefaults, type WebEngageTestingOptions } from './testing-options.js';

/** What `Test.createTestingModule()` returns, as far as it matters here: `@nestjs/testing` is not imported. */
export interface OverridableBuilder {
  overrideProvider(token: symbol): {
    useValue(value: unknown): unknown;
    useFactory(options: { factory: (...injected: never[]) => unknown; inject?: unknown[] }): unknown;
  };
}

const record = (tools: DeliveryTools): RecordingDelivery => new RecordingDelivery(tools);

/**
 * Stands in for `WebEngageModule` in tests. Events are checked, frozen and counted as in production, but recorded instead
 * of sent: no network, no timers, no Redis. `expectTracked()`, `trackedEvents()` and `webEngageMatchers` look at them.
 */
// Not a subclass: the module's other static methods would send for real.
export class WebEngageTestingModule {
  /**
   * For a testing module of some modules of the application, without its `WebEngageModule`.
   *
   * @example
   * const module = await Test.createTestingModule({ imports: [CartModule, WebEngageTestingModule.forRoot()] }).compile();
   */
  static forRoot(options: WebEngageTestingOptions = {}): DynamicModule {
    return WebEngageModule.forRoot({ ...options, ...testingDefaults(options), delivery: record });
  }

  /**
   * For a whole application that imports `WebEngageModule` itself: makes each of them, named accounts included, record.
   * Their options stay in force and are checked, except that the license code and the key may be absent, `enabled:
   * false` is overruled, and neither the `delivery` nor a `typeLock.store` is made.
   *
   * @returns the builder that it was given
   *
   * @example
   * const module = await WebEngageTestingModule.override(Test.createTestingModule({ imports: [AppModule] })).compile();
   */
  static override<Builder extends OverridableBuilder>(builder: Builder): Builder {
    // A value, as what it replaces is: Nest 11 goes on with that one beside a factory.
    builder.overrideProvider(RESOLVE_OPTIONS).useValue(resolveTestingOptions);
    builder.overrideProvider(DELIVERY).useFactory({ factory: record, inject: [DELIVERY_TOOLS] });
    return builder;
  }
}
