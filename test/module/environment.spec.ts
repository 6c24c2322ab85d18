import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable, Inject } from '@nestjs/common';
import { ConfigModule, ConfigService, type ConfigType } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { ConfigurationError, EventsService, webEngageConfig, WebEngageModule } from 'nestjs-webengage';
import { WebEngageSandbox } from 'nestjs-webengage/sandbox';

const NAMES = ['LICENSE_CODE', 'API_KEY', 'DATA_CENTER', 'HOST', 'ENABLED'].map((name) => `WEBENGAGE_${name}`);
const EVENT = { userId: 'johndoe', eventName: 'Viewed' };

describe('the configuration from the environment', () => {
  let sandbox: WebEngageSandbox;
  let before: NodeJS.ProcessEnv;

  beforeEach(async () => {
    sandbox = await WebEngageSandbox.start({ apiKey: 'key', licenseCode: '~env' });
    before = { ...process.env };
    for (const name of NAMES) delete process.env[name];
  });

  afterEach(async () => {
    process.env = before;
    await sandbox.close();
  });

  const fromSandbox = () =>
    Object.assign(process.env, {
      WEBENGAGE_LICENSE_CODE: '~env',
      WEBENGAGE_API_KEY: 'key',
      WEBENGAGE_HOST: sandbox.url,
    });

  it('works through asProvider()', async () => {
    fromSandbox();
    const app = await NestFactory.createApplicationContext(WebEngageModule.forRootAsync(webEngageConfig.asProvider()), {
      logger: false,
    });
    await app.get(EventsService).track(EVENT);
    await app.get(EventsService).flush();
    expect(sandbox.events()).toHaveLength(1);
    await app.close();
  });

  it('is a namespace of ConfigModule like any other', async () => {
    fromSandbox();
    @Injectable()
    class Shop {
      constructor(
        @Inject(webEngageConfig.KEY) readonly options: ConfigType<typeof webEngageConfig>,
        readonly config: ConfigService,
        readonly events: EventsService,
      ) {}
    }
    const app = await NestFactory.createApplicationContext(
      {
        module: class AppModule {},
        imports: [
          ConfigModule.forRoot({ isGlobal: true, ignoreEnvFile: true, load: [webEngageConfig] }),
          WebEngageModule.forRootAsync({
            inject: [webEngageConfig.KEY],
            useFactory: (options: ConfigType<typeof webEngageConfig>) => ({ ...options, timeout: 5_000 }),
          }),
        ],
        providers: [Shop],
      },
      { logger: false },
    );
    const { options, config, events } = app.get(Shop);
    expect(options.licenseCode).toBe('~env');
    expect(config.get<string>('webengage.licenseCode')).toBe('~env');
    await events.track(EVENT);
    await events.flush();
    expect(sandbox.events()).toHaveLength(1);
    await app.close();
  });

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
    ['', undefined],
    ['yes', 'yes'],
  ])('WEBENGAGE_ENABLED=%s is read as %p', (text, expected) => {
    process.env.WEBENGAGE_ENABLED = text;
    expect(webEngageConfig().enabled).toBe(expected);
  });

  it('reports all that is wrong at boot, with the names of the variables', async () => {
    Object.assign(process.env, { WEBENGAGE_DATA_CENTER: 'moon', WEBENGAGE_ENABLED: 'yes', WEBENGAGE_API_KEY: 'a b' });
    const boot = NestFactory.createApplicationContext(WebEngageModule.forRootAsync(webEngageConfig.asProvider()), {
      logger: false,
      abortOnError: false,
    });
    const error = await boot.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems.map(({ environmentVariable }) => environmentVariable)).toEqual([
      'WEBENGAGE_ENABLED',
      'WEBENGAGE_LICENSE_CODE',
      'WEBENGAGE_API_KEY',
      'WEBENGAGE_DATA_CENTER',
    ]);
  });

  it('needs no credentials when WEBENGAGE_ENABLED is false', async () => {
    process.env.WEBENGAGE_ENABLED = 'false';
    const app = await NestFactory.createApplicationContext(WebEngageModule.forRootAsync(webEngageConfig.asProvider()), {
      logger: false,
    });
    await expect(app.get(EventsService).track(EVENT)).resolves.toMatchObject({ state: 'disabled' });
    await app.close();
  });
});
