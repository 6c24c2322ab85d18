import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Attributes, eventClass, EventProject } from './event-project.js';

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
  let project: EventProject;

  beforeAll(() => void (project = new EventProject()));
  afterAll(() => project.delete());
  beforeEach(() => {
    project.remove('dist');
    project.remove('webengage.lock.json');
  });

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
        'What to do: give what has another type an attribute name of its own, for WebEngage never changes a type (--change-types, if webengage.lock.json is wrong).\n',
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
      '"Product Viewed" (Viewed) is not in webengage.lock.json yet: run npx nestjs-webengage lock',
      '"Purchased" (Purchased) is in webengage.lock.json, but no longer in the code',
    ]);
  });

  it('tells an event that has got another name, and a class that has', async () => {
    writeCode(CART, 'AddedToCart', 'Put into Cart');
    writeLock({ attributes: LOCKED });
    expect(await differences()).toEqual([
      '"Added to Cart" seems to be called "Put into Cart" now (AddedToCart): to WebEngage that is another event, and this one gets no more data',
    ]);
    writeCode(CART, 'AddToCart');
    expect(await differences()).toEqual([
      '"Added to Cart" is declared by AddToCart, but by AddedToCart in webengage.lock.json: run npx nestjs-webengage lock',
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
