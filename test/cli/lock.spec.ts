import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandProcess } from '../support/command-process.js';
import { eventClass, useEventProject } from './event-project.js';

const CART = { productId: "'Product ID', Number", price: "'Price', Number" };
const LOCKED = `{
  "version": 1,
  "events": {
    "Added to Cart": {
      "classes": ["AddedToCart"],
      "attributes": {
        "Price": "Number",
        "Product ID": "Number"
      }
    }
  }
}
`;

describe('nestjs-webengage lock', () => {
  const project = useEventProject();

  function writeCode(attributes: Record<string, string> = CART) {
    project.writeClasses('dist/cart/added-to-cart.event.mjs', eventClass('AddedToCart', 'Added to Cart', attributes));
  }

  /** Ends with 1, and leaves the lock file as it was. */
  async function refused(...options: string[]): Promise<string[]> {
    const before = project.has('webengage.lock.json') ? project.read('webengage.lock.json') : undefined;
    const { code, stdout, stderr } = await project.run('lock', ...options);
    expect([code, stdout]).toEqual([1, '']);
    expect(project.has('webengage.lock.json') ? project.read('webengage.lock.json') : undefined).toBe(before);
    expect(stderr).toMatch(/\nNothing was written to webengage\.lock\.json\. [^\n]+\n$/);
    return stderr.trimEnd().split('\n').slice(0, -1);
  }

  async function misused(...options: string[]): Promise<string> {
    const { code, stdout, stderr } = await project.run('lock', ...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    return stderr;
  }

  it('describes itself, and takes one source at a time', async () => {
    const { code, stdout } = await project.run('lock', '--help');
    expect(code).toBe(0);
    const flags = ['--lock-file', '--retire', '--change-types', '--from <file>', '--from-sandbox', '--license-code'];
    for (const flag of ['[paths...]', ...flags]) expect(stdout).toContain(flag);
    const wrong = await project.run('lock', '--from', 'a.jsonl', '--from-sandbox', 'http://127.0.0.1:9');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("'--from <file>' cannot be used with option '--from-sandbox <url>'");
  });

  it('writes the types of the event classes, and then finds them up to date', async () => {
    writeCode();
    const written = 'webengage.lock.json: 1 event, 2 attributes (2 new)\n';
    expect(await project.run('lock')).toEqual({ code: 0, stdout: written, stderr: '' });
    expect(project.read('webengage.lock.json')).toBe(LOCKED);
    project.write('webengage.lock.json', LOCKED.replaceAll('\n', '\r\n'));
    const upToDate = 'webengage.lock.json is up to date: 1 event, 2 attributes\n';
    expect(await project.run('lock')).toEqual({ code: 0, stdout: upToDate, stderr: '' });
    expect(project.read('webengage.lock.json')).toContain('\r\n');
    expect((await project.run('check')).code).toBe(0);
  });

  it('finds classes of another copy of the library, in arrays and objects, in folders and files', async () => {
    const library = project.copyLibrary();
    const imports = `import { EventAttribute, WebEngageEvent } from ${JSON.stringify(library)};\n`;
    project.write('dist/array.events.mjs', `${imports}${eventClass('A', 'In an Array')}\nexport default [A];`);
    project.write('dist/of-common.event.js', 'exports.nothing = { __proto__: null, of: [7] };');
    project.write('dist/node_modules/x/broken.event.mjs', 'throw new Error("not to be imported")');
    project.write('dist/broken.js', 'throw new Error("not to be imported")');
    project.write(
      'tracking/names.mjs',
      `${imports}${eventClass('B', 'In an Object').replace('export ', '')}\nexport const all = { B };`,
    );
    const { code, stdout, stderr } = await project.run('lock', 'dist', 'tracking/names.mjs', '-f', 'other.json');
    expect([code, stdout, stderr]).toEqual([0, 'other.json: 2 events, 0 attributes\n', '']);
    expect(JSON.parse(project.read('other.json'))).toEqual({
      version: 1,
      events: { 'In an Array': { classes: ['A'] }, 'In an Object': { classes: ['B'] } },
    });
  });

  it('retires only what it is told to', async () => {
    project.write('webengage.lock.json', LOCKED);
    writeCode({ price: CART.price, brand: "'Brand', String" });
    expect(await refused()).toEqual([expect.stringContaining('"Product ID" (Number) is in webengage.lock.json')]);
    const { stderr } = await project.run('lock', 'dist');
    expect(stderr).toMatch(/ or let go of it with npx nestjs-webengage lock dist --retire\.\n$/);
    const { stdout } = await project.run('lock', '--retire');
    expect(stdout).toBe('webengage.lock.json: 1 event, 3 attributes (1 new, 1 retired)\n');
    expect(JSON.parse(project.read('webengage.lock.json'))).toEqual({
      version: 1,
      events: {
        'Added to Cart': {
          classes: ['AddedToCart'],
          attributes: { Brand: 'String', Price: 'Number' },
          undeclared: { 'Product ID': 'Number' },
        },
      },
    });
  });

  it('changes types only if it is told to', async () => {
    project.write('webengage.lock.json', LOCKED);
    writeCode({ ...CART, price: "'Price', String" });
    expect(await refused('--retire')).toEqual([
      '"Added to Cart": "Price" is a String in the code (AddedToCart.price), but a Number in webengage.lock.json: WebEngage would silently drop it',
    ]);
    const { stdout } = await project.run('lock', '--change-types');
    expect(stdout).toBe('webengage.lock.json: 1 event, 2 attributes (1 of another type)\n');
    expect(project.read('webengage.lock.json')).toBe(LOCKED.replace('"Price": "Number"', '"Price": "String"'));
  });

  it('refuses more attributes of a type than WebEngage keeps', async () => {
    const undeclared = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`Old ${index}`, 'Number']));
    project.write('webengage.lock.json', JSON.stringify({ version: 1, events: { 'Added to Cart': { undeclared } } }));
    writeCode();
    expect(await refused('--retire', '--change-types')).toEqual([
      expect.stringMatching(/^"Added to Cart" must have at most 25 attributes of type Number, but has 26/),
    ]);
  });

  it('learns from events as WebEngage does, and tells what it would drop', async () => {
    project.write('webengage.lock.json', LOCKED);
    const user = { userId: 'johndoe' };
    const events = [
      { ...user, eventName: 'Added to Cart', eventData: { Price: 1, Coupon: 'A', we_x: 1 }, licenseCode: '~one' },
      { ...user, eventName: 'Added to Cart', eventData: { Coupon: 7 }, verdict: 'kept' },
      { ...user, eventName: 'Added to Cart', eventData: { Fault: 7 }, verdict: 'refused' },
      { ...user, eventName: 'we_event', eventData: { Price: 1 } },
      { eventName: 'Viewed', eventData: { Page: 1 } },
      { ...user, eventName: 'Viewed', eventData: { At: '2018-09-15T18:29:00-0800' } },
      null,
    ];
    project.write('events.jsonl', events.map((event) => JSON.stringify(event)).join('\n\n'));
    const { code, stdout, stderr } = await project.run('lock', '--from', 'events.jsonl');
    expect([code, stdout]).toEqual([0, 'webengage.lock.json: 2 events, 4 attributes (2 new)\n']);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^events\.jsonl:1: eventData\["we_x"\] must not start with "we_"/),
      'events.jsonl:3: eventData["Coupon"] is a Number, but the first data point made this attribute a String',
      expect.stringMatching(/^events\.jsonl:7: eventName must not start with "we_"/),
      'events.jsonl:9: userId and anonymousId cannot be empty.',
      'events.jsonl:13: must be an object, but is null',
      'Left out 5 values or events that WebEngage would silently drop or refuse.',
      '',
    ]);
    expect(JSON.parse(project.read('webengage.lock.json'))).toEqual({
      version: 1,
      events: {
        'Added to Cart': {
          classes: ['AddedToCart'],
          attributes: { Price: 'Number', 'Product ID': 'Number' },
          undeclared: { Coupon: 'String' },
        },
        Viewed: { undeclared: { At: 'Date' } },
      },
    });
  });

  it('keeps locked types against learned ones, unless it is told otherwise', async () => {
    project.write('webengage.lock.json', LOCKED);
    const event = { userId: 'johndoe', eventName: 'Added to Cart', eventData: { Price: '39.80' } };
    project.write('events.jsonl', JSON.stringify(event));
    const from = ['--from', 'events.jsonl'];
    const inFile = '"Added to Cart": "Price" is a String in events.jsonl, but a Number in';
    expect(await refused(...from)).toEqual([`${inFile} webengage.lock.json`]);
    const { stderr } = await project.run('lock', ...from);
    expect(stderr).toMatch(
      / accept these types with npx nestjs-webengage lock --from events\.jsonl --change-types\.\n$/,
    );
    writeCode();
    expect(await refused(...from, '--change-types', 'dist')).toEqual([`${inFile} the code`]);
    const { stdout } = await project.run('lock', ...from, '--change-types');
    expect(stdout).toBe('webengage.lock.json: 1 event, 2 attributes (1 of another type)\n');
  });

  describe('--from-sandbox', () => {
    let sandbox: CommandProcess;
    let url: string;

    beforeAll(async () => {
      ({ command: sandbox, url } = await CommandProcess.startSandbox());
      await send('~one', { Price: 1 });
      await new Promise((resolve) => setTimeout(resolve, 5)); // the sandbox counts in milliseconds
      await send('~two', { Price: '1', Brand: 'A' });
      await send('~one', { Price: 'x' });
      await send('~one', { Price: 'y' });
    });
    afterAll(() => sandbox.signal('SIGKILL'));

    function send(account: string, eventData: object) {
      const body = JSON.stringify({ userId: 'johndoe', eventName: 'Added to Cart', eventData });
      return fetch(`${url}/v1/accounts/${account}/events`, {
        method: 'POST',
        headers: { Authorization: 'Bearer k' },
        body,
      });
    }

    it('learns what all accounts have learned, the first one first', async () => {
      const { code, stdout, stderr } = await project.run('lock', '--from-sandbox', url);
      expect([code, stdout]).toEqual([0, 'webengage.lock.json: 1 event, 2 attributes (2 new)\n']);
      expect(stderr.split('\n')).toEqual([
        '"Added to Cart": "Price" came as a String 2 times, but is a Number',
        '"Added to Cart": "Price" is a String in another account, but was a Number first',
        'Left out 3 values or events that WebEngage would silently drop or refuse.',
        '',
      ]);
      expect(JSON.parse(project.read('webengage.lock.json')).events).toEqual({
        'Added to Cart': { undeclared: { Brand: 'String', Price: 'Number' } },
      });
    });

    it('learns from one account', async () => {
      const outcome = await project.run('lock', '--from-sandbox', `${url}/`, '--license-code', '~two');
      expect(outcome.stderr).toBe('');
      expect(JSON.parse(project.read('webengage.lock.json')).events).toEqual({
        'Added to Cart': { undeclared: { Brand: 'String', Price: 'String' } },
      });
      const message = await misused('--from-sandbox', url, '--license-code', '~three');
      expect(message).toContain('knows no types of the account ~three, but of ~one, ~two');
    });
  });

  it.each([
    ['a folder that is not there', ['dist'], /^dist does not exist\. .*nest build\n$/],
    [
      'a folder without event modules',
      ['empty'],
      /^There is no \*\.event\.js or \*\.events\.js in empty\. .*nest build; files of other names are to be named: dist\/tracking\.js\n$/,
    ],
    ['TypeScript', ['cart.event.ts'], /^cart\.event\.ts cannot be imported\. .*nest build/],
    [
      'modules without event classes',
      ['none.mjs', 'empty.cjs'],
      /^No class with @WebEngageEvent\(\) is exported by none\.mjs, empty\.cjs\. .*nest build\n$/,
    ],
    ['a module that throws', ['throws.mjs'], /^throws\.mjs cannot be imported: TypeError: no such thing\n$/],
    ['a module that is wrong', ['wrong.mjs'], /^wrong\.mjs cannot be imported: SyntaxError: /],
    ['a file of events that is not there', ['--from', 'none.jsonl'], /^none\.jsonl cannot be read: ENOENT\n$/],
    [
      'events that are no JSON',
      ['--from', 'throws.mjs'],
      /^throws\.mjs:1 is no JSON: the file must hold one event a line\n$/,
    ],
    ['no events', ['--from', 'none.mjs'], /^none\.mjs holds no event that WebEngage would keep\n$/],
    [
      'a sandbox that is not there',
      ['--from-sandbox', 'http://127.0.0.1:9'],
      /^http:\/\/127\.0\.0\.1:9 cannot be reached: .*npx nestjs-webengage sandbox\n$/,
    ],
    ['a URL that is none', ['--from-sandbox', '127.0.0.1:4010'], /^127\.0\.0\.1:4010 is no URL of a sandbox/],
    ['a license code alone', ['--license-code', '~x'], /^--license-code goes with --from or --from-sandbox/],
    [
      'a lock file that is none',
      ['-f', 'throws.mjs', '--from', 'event.jsonl'],
      /^throws\.mjs is no JSON: line 1, column \d+\n$/,
    ],
    [
      'a lock file that cannot be written',
      ['-f', 'x'.repeat(250), '--from', 'event.jsonl'],
      /^x{250} cannot be written: ENAMETOOLONG\n$/,
    ],
  ])('ends with 2 and one line after %s', async (_what, options, line) => {
    project.write('none.mjs', '');
    project.write('empty/app.js', '');
    project.write('empty.cjs', '');
    project.write('cart.event.ts', '');
    project.write('throws.mjs', 'throw new TypeError("no such thing\\nat all")');
    project.write('wrong.mjs', 'export {');
    project.write('event.jsonl', '{"userId":"johndoe","eventName":"Viewed"}');
    expect(await misused(...options)).toMatch(line);
  });

  it('does not wait for what a module has left open', async () => {
    project.write(
      'open.mjs',
      'setInterval(() => undefined, 1000);\nexport * from "./dist/cart/added-to-cart.event.mjs";',
    );
    writeCode();
    expect((await project.run('lock', 'open.mjs')).code).toBe(0);
  });
});
