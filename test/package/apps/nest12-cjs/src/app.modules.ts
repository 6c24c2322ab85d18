import assert from 'node:assert/strict';
import { Inject, Module } from '@nestjs/common';
import { ConfigModule, ConfigService, type ConfigType } from '@nestjs/config';
import { webEngageConfig, WebEngageModule, type WebEngageModuleOptions } from 'nestjs-webengage';
import { ShopModule } from './shared/shop';

/** The short way: the namespace provides for itself. */
@Module({
  imports: [
    ConfigModule.forRoot({ ignoreEnvFile: true }),
    WebEngageModule.forRootAsync(webEngageConfig.asProvider()),
    ShopModule,
  ],
})
export class AsProviderModule {}

/** The long way: the namespace is loaded with the app's others, and whoever wants it injects it. */
@Module({
  imports: [
    ConfigModule.forRoot({ ignoreEnvFile: true, isGlobal: true, load: [webEngageConfig] }),
    WebEngageModule.forRootAsync({
      inject: [webEngageConfig.KEY],
      useFactory: (options: ConfigType<typeof webEngageConfig>) => options,
    }),
    ShopModule,
  ],
})
export class LoadedModule {
  constructor(@Inject(webEngageConfig.KEY) options: WebEngageModuleOptions, config: ConfigService) {
    assert.equal(options.licenseCode, process.env.WEBENGAGE_LICENSE_CODE);
    assert.equal(config.getOrThrow('webengage.host'), process.env.WEBENGAGE_HOST);
  }
}
