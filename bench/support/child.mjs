// The process of one measurement: its orders are its argument, its result goes to the parent over their channel.
import { libraries } from '../libraries/index.mjs';
import { measurements } from '../measurements/index.mjs';

const { measurement, library, parameters, exitsByItself } = JSON.parse(process.argv[2]);
let unhandledRejections = 0;
process.on('unhandledRejection', () => unhandledRejections++);

try {
  const result = await measurements[measurement](libraries[library], parameters);
  leave({ result: { ...result, unhandledRejections } });
} catch (error) {
  leave({ failure: error instanceof Error ? error.message : String(error) });
}

function leave(message) {
  process.send(message, () => {
    if (exitsByItself) process.disconnect();
    else process.exit();
  });
}
