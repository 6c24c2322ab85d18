import { type Attributes, metrics, trace } from '@opentelemetry/api';
import type {
  AttemptObserver,
  AttemptOutcome,
  DeliveryAttempt,
  Instrumentation,
} from '../instrumentation/instrumentation.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { callWithin, EventTraces } from './event-traces.js';
import { accountAttribute, ATTRIBUTE, OWN_ATTRIBUTE, SCOPE } from './names.js';
import type { OpenTelemetryOptions } from './open-telemetry.options.js';

/**
 * Traces events from the request that makes them to WebEngage's answer, in whichever process that comes, and shows the
 * books as metrics. Give it to the module as its `instrumentation`. It needs the package `@opentelemetry/api`, and an SDK
 * that the application sets up; without one it does next to nothing. Spans and metrics hold no event data, no license
 * code and no key.
 *
 * Names are those of OpenTelemetry's semantic conventions: for messaging as of 1.28, for HTTP clients as of 1.23, for end
 * users as of 1.30.
 *
 * @example
 * WebEngageModule.forRoot({
 *   licenseCode: '~2024bb40',
 *   apiKey: process.env.WEBENGAGE_API_KEY ?? '',
 *   instrumentation: openTelemetry(),
 * });
 */
export function openTelemetry({
  tracerProvider = trace,
  meterProvider = metrics,
  userIds = false,
}: OpenTelemetryOptions = {}): Instrumentation {
  const eventTraces = new EventTraces(() => tracerProvider.getTracer(SCOPE), userIds);
  const deliveryMetrics = new DeliveryMetrics(() => meterProvider.getMeter(SCOPE));
  return {
    start: (module) => deliveryMetrics.show(module),
    accept: (event) => eventTraces.accept(event),
    attempt: (attempt) => observe(attempt, eventTraces, deliveryMetrics),
  };
}

function observe(
  attempt: DeliveryAttempt,
  eventTraces: EventTraces,
  deliveryMetrics: DeliveryMetrics,
): AttemptObserver {
  const span = eventTraces.attempt(attempt);
  const startedAt = performance.now();
  return {
    run: (send) => callWithin(span.context, send),
    end: (outcome) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const came = attributesOf(outcome);
      span.end(came);
      const attributes = { [OWN_ATTRIBUTE.callKind]: attempt.kind, ...accountAttribute(attempt.account), ...came };
      deliveryMetrics.record(seconds, attributes, span.context);
    },
  };
}

// Not the message: WebEngage's words may repeat what the event holds.
function attributesOf({ queued, status }: AttemptOutcome): Attributes {
  return {
    ...(status !== undefined && { [ATTRIBUTE.status]: status }),
    ...(!queued && { [ATTRIBUTE.errorType]: errorTypeOf(status) }),
  };
}

function errorTypeOf(status: number | undefined): string {
  if (status === undefined) return 'no_answer';
  return status >= 200 && status < 300 ? 'not_queued' : String(status);
}
