import { Module } from '@nestjs/common';
import { webEngageConfig, WebEngageModule } from 'nestjs-webengage';
import { ShopModule } from './shared/shop.js';
import { Wished } from './shared/wished.event.js';

@Module({
  imports: [
    WebEngageModule.forRootAsync({
      useFactory: () => ({
        licenseCode: process.env.WEBENGAGE_LICENSE_CODE ?? '',
        apiKey: process.env.WEBENGAGE_API_KEY ?? '',
        host: process.env.WEBENGAGE_HOST,
      }),
    }),
    WebEngageModule.forFeature([Wished]),
    ShopModule,
  ],
})
export class FactoryModule {}

/** The namespace is a plain function too, which needs no package. */
@Module({ imports: [WebEngageModule.forRootAsync({ useFactory: webEngageConfig }), ShopModule] })
export class FunctionModule {}

/** Cannot boot here: asProvider() needs @nestjs/config. */
@Module({ imports: [WebEngageModule.forRootAsync(webEngageConfig.asProvider()), ShopModule] })
export class AsProviderModule {}
