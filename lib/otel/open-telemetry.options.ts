import type { MeterProvider, TracerProvider } from '@opentelemetry/api';

export interface OpenTelemetryOptions {
  /** Makes the spans. Default: the one that is registered for the whole process. */
  tracerProvider?: TracerProvider;
  /**
   * Makes the metrics. Default: the one that is registered for the whole process; it must be by the time that the
   * application boots.
   */
  meterProvider?: MeterProvider;
  /** Whether spans say whom an event is about: `enduser.id`, or `enduser.pseudo.id` for a visitor. Default: false. */
  userIds?: boolean;
}
