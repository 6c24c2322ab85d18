import { describe, expect, it } from '@jest/globals';
import { type Attributes, eventClass, useEventProject } from './event-project.js';

const CART: Attributes = {
  productId: "'Product ID', Number",
  price: "'Price', Number",
  coupon: "'Coupon', String, { optional: true }",
  category: "'Category', String",
};
const LOCKED = {
  'Product ID': 'Number',
  Price: 'Number',
  Coupon: 'String',
  Category: 'String',
};

describe('nestjs-webengage check', () => {
  const project = useEventProject();

  function writeCode(attributes: Attributes = CART, name = 'AddedToCart', eventName = 'Added to Cart') {
    project.writeClasses('dist/cart/added-to-cart.event.mjs', eventClass(name, eventName, attributes));
  }

  function writeLock(event: object, others: object = {}) {
    const events = { 'Added to Cart': { classes: ['AddedToCart'], ...event }, ...others };
    project.write('webengage.lock.json', JSON.stringify({ version: 1, events }));
  }

  async function differences(): Promise<string[]> {
    const { code, stdout, stderr } = await project.run('check');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/\nWhat to do: [^\n]*\.\n$/);
    return stderr.trimEnd().split('\n').slice(0, -1);
  }

  async function advice(...options: string[]): Promise<string | undefined> {
    const { code, stderr } = await project.run('check', ...options);
    expect(code).toBe(1);
    return /\nWhat to do: (.*)\.\n$/.exec(stderr)?.[1];
  }

  it('describes itself', async () => {
    const { code, stdout } = await project.run('check', '--help');
    expect(code).toBe(0);
    for (const flag of ['[paths...]', '--lock-file', 'ends with 0']) expect(stdout).toContain(flag);
  });

  it('says that code and lock file are equal', async () => {
    writeCode();
    writeLock({ attributes: LOCKED, undeclared: { Old: 'Date' } });
    expect(await project.run('check')).toEqual({
      code: 0,
      stdout: 'The code and webengage.lock.json are equal: 1 event, 5 attributes\n',
      stderr: '',
    });
  });

  it('names the event, the attribute and both types where a type has changed', async () => {
    writeCode({ ...CART, price: "'Price', String" });
    writeLock({ attributes: LOCKED });
    const { code, stderr } = await project.run('check');
    expect(code).toBe(1);
    expect(stderr).toBe(
      '"Added to Cart": "Price" is a String in the code (AddedToCart.price), but a Number in webengage.lock.json: WebEngage would silently drop it\n' +
        'What to do: give what has another type an attribute name of its own, for WebEngage never changes a type (only if webengage.lock.json is wrong: npx nestjs-webengage lock --change-types).\n',
    );
  });

  it('tells all differences at once', async () => {
    writeCode({ ...CART, price: "'Price', String", coupon: "'Coupons', String", old: "'Old', Date" });
    project.writeClasses('dist/viewed.events.mjs', eventClass('Viewed', 'Product Viewed'));
    writeLock(
      { attributes: { ...LOCKED, Quantity: 'Number' }, undeclared: { Old: 'String' } },
      { Purchased: { classes: ['Purchased'] } },
    );
    expect(await differences()).toEqual([
      '"Added to Cart": "Old" is a Date in the code (AddedToCart.old), but a String in webengage.lock.json, among those that no class declared: WebEngage would silently drop it',
      '"Added to Cart": "Price" is a String in the code (AddedToCart.price), but a Number in webengage.lock.json: WebEngage would silently drop it',
      '"Added to Cart": "Coupon" (String) seems to be called "Coupons" now (AddedToCart.coupon): to WebEngage that is another attribute, and "Coupon" gets no more values',
      '"Added to Cart": "Quantity" (Number) is in webengage.lock.json, but no longer in the code; WebEngage still counts it among the 25 of its type',
      '"Product Viewed" (Viewed) is not in webengage.lock.json yet',
      '"Purchased" (Purchased) is in webengage.lock.json, but no longer in the code',
    ]);
  });

  it('advises whole commands that would not refuse, for the same code and the same lock file', async () => {
    writeCode({ ...CART, category: "'Brand', Boolean" });
    writeLock({ attributes: LOCKED });
    expect(await advice()).toBe(
      'bring back what is gone, or let go of it, and take in what is new, with npx nestjs-webengage lock --retire',
    );
    writeCode({ price: "'Price', String" });
    project.write("the lock's.json", project.read('webengage.lock.json'));
    const given = "npx nestjs-webengage lock dist --lock-file 'the lock'\\''s.json' --retire";
    expect(await advice('dist', '-f', "the lock's.json")).toBe(
      `give what has another type an attribute name of its own, for WebEngage never changes a type (only if the lock's.json is wrong: ${given} --change-types); ` +
        `bring back what is gone, or let go of it with ${given}`,
    );
    writeCode({ ...CART, gift: "'Gift', Boolean" });
    expect(await advice()).toBe('run npx nestjs-webengage lock, and commit webengage.lock.json');
  });

  it('asks for the names of files where an event is gone that folders were to have', async () => {
    const hint = '(or is its file not named *.event.js or *.events.js?)';
    writeCode();
    writeLock({ attributes: LOCKED }, { Purchased: { classes: ['Purchased'] } });
    expect(await advice()).toContain(`bring back what is gone ${hint}, or let go of it with npx`);
    expect(await advice('dist/cart/added-to-cart.event.mjs')).not.toContain(hint);
  });

  it('tells an event that has got another name, and a class that has', async () => {
    writeCode(CART, 'AddedToCart', 'Put into Cart');
    writeLock({ attributes: LOCKED });
    expect(await differences()).toEqual([
      '"Added to Cart" seems to be called "Put into Cart" now (AddedToCart): to WebEngage that is another event, and this one gets no more data',
    ]);
    writeCode(CART, 'AddToCart');
    expect(await differences()).toEqual([
      '"Added to Cart" is declared by AddToCart, but by AddedToCart in webengage.lock.json',
    ]);
  });

  it('counts what no class declares among the 25 of a type', async () => {
    writeCode({ price: "'Price', Number" });
    const undeclared = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`Old ${index}`, 'Number']));
    writeLock({ attributes: { Price: 'Number' }, undeclared });
    expect(await differences()).toEqual([
      '"Added to Cart" must have at most 25 attributes of type Number, but has 26, those included that only webengage.lock.json has: WebEngage would silently drop what is beyond',
    ]);
  });

  it('lists all that is wrong with the event classes', async () => {
    writeCode({ price: "'we_price', Number", quantity: "' ', Number" });
    writeLock({ attributes: LOCKED });
    const { code, stderr } = await project.run('check');
    expect(code).toBe(1);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^AddedToCart\.price: .*we_/),
      expect.stringMatching(/^AddedToCart\.quantity: .*blank/),
      '',
    ]);
  });

  it.each([
    ['no lock file', undefined, /^webengage\.lock\.json does not exist\. .*npx nestjs-webengage lock/],
    [
      'broken JSON',
      '{\n  "version": 1,\n  "events": {,}\n}',
      /^webengage\.lock\.json is no JSON: line 3, column 14\n$/,
    ],
    ['an unknown version', '{"version":2}', /^webengage\.lock\.json is of version 2, but .* version 1 only\n$/],
    [
      'an unknown type',
      '{"version":1,"events":{"A":{"attributes":{"Price":"Num"}}}}',
      /events\["A"\]\.attributes\["Price"\]: it must be one of String, .*, but is "Num"\n$/,
    ],
  ])('ends with 2 and one line after %s', async (_what, text, line) => {
    writeCode();
    if (text !== undefined) project.write('webengage.lock.json', text);
    const { code, stdout, stderr } = await project.run('check');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
