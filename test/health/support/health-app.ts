import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { EventsService, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { type WebEngageHealthDetails, WebEngageHealthIndicator, WebEngageHealthModule } from 'nestjs-webengage/health';
import { credentials, type HttpApp, type Platform, startHttpApp } from '../../support/http-apps.js';
import { RecordingLogger } from '../../support/recording-logger.js';

const GIVEN = Symbol('what isHealthy() is given');

/** The health endpoint as the documentation shows it. */
@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly webEngage: WebEngageHealthIndicator,
    @Inject(GIVEN) private readonly given: { options: any },
  ) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.webEngage.isHealthy('webengage', this.given.options)]);
  }
}

/** What the endpoint answered. */
export interface HealthAnswer {
  readonly status: number;
  /** What is said of the whole application. */
  readonly overall: string;
  readonly webengage: WebEngageHealthDetails & { readonly status: 'up' | 'down' };
}

export interface HealthApp extends HttpApp {
  readonly events: EventsService;
  readonly logger: RecordingLogger;
  /** Asks the endpoint, with such options for `isHealthy()`. */
  check(options?: unknown): Promise<HealthAnswer>;
}

export async function startHealthApp(platform: Platform, options: Partial<WebEngageModuleOptions>): Promise<HealthApp> {
  const given = { options: undefined as unknown };
  const logger = new RecordingLogger();
  const httpApp = await startHttpApp(
    platform,
    {
      imports: [
        WebEngageModule.forRoot({ ...credentials, retry: { minDelay: 5, maxDelay: 20 }, ...options }),
        TerminusModule,
        WebEngageHealthModule,
      ],
      controllers: [HealthController],
      providers: [{ provide: GIVEN, useValue: given }],
    },
    { logger },
  );
  return {
    ...httpApp,
    events: httpApp.app.get(EventsService),
    logger,
    check: async (options) => {
      given.options = options;
      const { status, body } = await httpApp.get('health');
      const answer = JSON.parse(body);
      return { status, overall: answer.status, webengage: answer.details?.webengage };
    },
  };
}
