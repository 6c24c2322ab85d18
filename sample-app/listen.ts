import type { INestApplication } from '@nestjs/common';

/** Listens on the port that the environment names, on this machine only: anybody can sign in to this shop. */
export async function listen(app: INestApplication): Promise<void> {
  const port = Number(process.env.PORT ?? 3000);
  try {
    await app.listen(port, '127.0.0.1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    console.error(`Port ${port} is taken. Choose another, or any free one: PORT=0 npm start`);
    process.exit(1);
  }
}
