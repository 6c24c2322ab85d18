import { Module } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { WebEngageHealthIndicator } from './webengage-health.indicator.js';

/**
 * Provides the `WebEngageHealthIndicator`, for every account of the application. Import it beside `TerminusModule`, in the
 * module of your health controller.
 *
 * @example
 * @Module({ imports: [TerminusModule, WebEngageHealthModule], controllers: [HealthController] })
 * export class HealthModule {}
 */
@Module({
  // It has no dependencies. TerminusModule would be a second one beside that of an application which calls its forRoot().
  providers: [HealthIndicatorService, WebEngageHealthIndicator],
  exports: [WebEngageHealthIndicator],
})
export class WebEngageHealthModule {}
