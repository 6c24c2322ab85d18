import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves the shop's Swagger page. */
export function setUpDocumentation(app: INestApplication): void {
  const config = new DocumentBuilder().setTitle('Sample shop').setVersion('1.0').addBearerAuth().build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, config));
}
