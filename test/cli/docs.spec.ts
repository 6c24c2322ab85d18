import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { eventClass, EventProject } from './event-project.js';

const BASE = `
export class CartEvent {
  /** In the shop's currency, see {@link Money} and {@link https://example.com/vat | what VAT is}. */
  @EventAttribute('Price', Number, { example: 39.8 }) price!: number;
}`;
const ITEM = `
export class Maker {
  /** Who made | it. */
  @EventAttribute('Name', String, { example: 'ACME' }) name!: string;
}

export class Item {
  /** As it is on the label. */
  @EventAttribute('SKU', String) sku!: string;
  @EventAttribute('Since', Date, { description: 'when it was new', optional: true }) since?: Date;
  @EventAttribute('Maker', Maker, { optional: true }) maker?: Maker;
  @EventAttribute('Parts', () => [Item], { optional: true }) parts?: Item[];
}`;
const CART = `
import { CartEvent } from './cart-event.mjs';
import { Item } from './item.mjs';

/**
 * A customer put a product
 * into the cart.
 *
 * Not while *editing* <b>orders</b> | carts.
 *
 * @see the shop
 */
@WebEngageEvent('Added to Cart')
export class AddedToCart extends CartEvent {
  /** Never seen. */
  @EventAttribute('Coupon_Code', String, { optional: true, description: 'as typed\\nby the customer', example: 'A|B <i>' })
  coupon?: string;
  /** What is in
   *  the cart. */
  @EventAttribute('Items', [Item], { example: [{ sku: '7*', since: new Date(0) }] }) items!: Item[];
  @EventAttribute('Gifts', [Item], { example: [{ SKU: '8', Since: '1970-01-01T00:00:00+0000' }] }) gifts!: Item[];
  @EventAttribute('Gift', Boolean, { example: false }) gift!: boolean;
  /** @deprecated */
  @EventAttribute('At', Date, { example: new Date(1.5e12) }) at!: Date;
}`;
/** The rows of what is within an attribute. */
function within(attribute: string): string {
  return [
    `| ${attribute} › SKU | String | required | As it is on the label. |  |`,
    `| ${attribute} › Since | Date | optional | when it was new |  |`,
    `| ${attribute} › Maker | JSON Object | optional |  |  |`,
    `| ${attribute} › Maker › Name | String | required | Who made \\| it. | ACME |`,
    `| ${attribute} › Parts | JSON Array | optional |  |  |`,
    `| ${attribute} › Parts › … |  |  |  |  |`,
  ].join('\n');
}

const PLAN = `# Tracking plan

What is sent to WebEngage: 2 events with 6 attributes. Written by \`npx nestjs-webengage docs\` from the code; change it there.

**Items › SKU** stands for the SKU within the value of Items or, where that is a JSON Array, within each item of it.

## Added to Cart

A customer put a product into the cart.

Not while *editing* &lt;b&gt;orders&lt;/b&gt; | carts.

Class: AddedToCart

| Attribute | Type | Presence | Description | Example |
| --- | --- | --- | --- | --- |
| Price | Number | required | In the shop's currency, see Money and what VAT is. | 39.8 |
| Coupon\\_Code | String | optional | as typed by the customer | A\\|B &lt;i&gt; |
| Items | JSON Array | required | What is in the cart. | \\[{"SKU":"7\\*","Since":"1970-01-01T00:00:00+0000"}\\] |
${within('Items')}
| Gifts | JSON Array | required |  | \\[{"SKU":"8","Since":"1970-01-01T00:00:00+0000"}\\] |
${within('Gifts')}
| Gift | Boolean | required |  | false |
| At | Date | required |  | 2017-07-14T02:40:00+0000 |

WebEngage may have values of these besides, which no class declares: Old (Date).

## Viewed

Class: Viewed

It has no attributes.

## Events that no class declares

WebEngage has these, or may have them, from elsewhere or from earlier; their types are locked all the same.

### Bare

No attributes are known.

### Purchased

| Attribute | Type |
| --- | --- |
| Total | Number |
`;
const LOCK = {
  version: 1,
  events: {
    Purchased: { undeclared: { Total: 'Number' } },
    'Added to Cart': { classes: ['AddedToCart'], attributes: { Price: 'Number' }, undeclared: { Old: 'Date' } },
    Bare: {},
  },
};

describe('nestjs-webengage docs', () => {
  let project: EventProject;

  beforeAll(() => void (project = new EventProject()));
  afterAll(() => project.delete());
  beforeEach(() => ['dist', 'src', 'node_modules', 'webengage.lock.json'].forEach((path) => project.remove(path)));

  /** Compiles as Nest does. */
  function compile(name: string, source: string, options: ts.CompilerOptions) {
    const text = `${project.decorators()}\n${source}`;
    project.write(`src/${name}.mts`, text);
    const { outputText, sourceMapText } = ts.transpileModule(text, {
      fileName: `${name}.mts`,
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        experimentalDecorators: true,
        removeComments: true,
        useDefineForClassFields: false,
        ...options,
      },
    });
    project.write(`dist/${name}.mjs`, outputText);
    if (sourceMapText) project.write(`dist/${name}.mjs.map`, sourceMapText);
  }

  function writeCode(options: ts.CompilerOptions) {
    compile('cart-event', BASE, options);
    compile('item', ITEM, options);
    compile('cart.events', CART, options);
    project.write('dist/all.events.mjs', 'export * from "./cart.events.mjs";');
    project.writeClasses('dist/viewed.event.mjs', eventClass('Viewed', 'Viewed'));
  }

  it.each<[string, ts.CompilerOptions]>([
    ['source maps beside the modules', { sourceMap: true, sourceRoot: '../src' }],
    ['source maps that hold the sources', { sourceMap: true, inlineSources: true }],
    ['source maps within the modules', { inlineSourceMap: true, inlineSources: true }],
  ])('writes a tracking plan with descriptions from %s', async (_what, options) => {
    project.install('typescript');
    writeCode(options);
    if (options.inlineSources) project.remove('src');
    project.write('webengage.lock.json', JSON.stringify(LOCK));
    expect(await project.run('docs')).toEqual({ code: 0, stdout: PLAN, stderr: '' });
  });

  it('reads the compiled modules where there are no source maps', async () => {
    project.install('typescript');
    writeCode({ removeComments: false });
    const { stdout } = await project.run('docs');
    expect(stdout).toContain('A customer put a product into the cart.\n\nNot while');
    expect(stdout).toContain('| Price | Number | required |  | 39.8 |');
  });

  it.each([
    ['there is no TypeScript', undefined],
    ['TypeScript has no compiler API', 'export default { version: "7.0.0" };'],
  ])('goes without doc comments where %s', async (_what, typescript) => {
    writeCode({ sourceMap: true });
    if (typescript !== undefined) {
      project.write('node_modules/typescript/package.json', '{"type":"module","main":"index.js"}');
      project.write('node_modules/typescript/index.js', typescript);
    }
    const { code, stdout, stderr } = await project.run('docs', '--title', 'Events of the *shop*');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Doc comments were not read: [^\n]*typescript@6[^\n]*\n$/);
    expect(stdout).toContain('# Events of the \\*shop\\*\n');
    expect(stdout).toContain('| as typed by the customer |');
    expect(stdout).not.toContain('A customer');
  });

  it('writes into a file, in a folder that it makes, and needs no TypeScript where decorators say all', async () => {
    const attributes = { page: "'Page', Number, { description: 'counted from 1' }" };
    project.writeClasses(
      'dist/viewed.event.mjs',
      eventClass('Viewed', 'Viewed', attributes, "{ description: 'Seen' }"),
    );
    const outcome = await project.run('docs', '-o', 'docs/of/plan.md');
    expect(outcome).toEqual({ code: 0, stdout: 'docs/of/plan.md: 1 event\n', stderr: '' });
    expect(project.read('docs/of/plan.md')).toContain('\n\nSeen\n\nClass: Viewed\n\n');
  });

  it('describes itself', async () => {
    const { code, stdout } = await project.run('docs', '--help');
    expect(code).toBe(0);
    for (const flag of ['[paths...]', '--output', '--title', '--lock-file']) expect(stdout).toContain(flag);
  });

  it('joins the classes of one event', async () => {
    const both = "'Page', Number";
    project.writeClasses('dist/a.event.mjs', eventClass('A', 'Viewed', { page: both, only: "'Only', String" }));
    project.writeClasses('dist/b.event.mjs', eventClass('B', 'Viewed', { page: `${both}, { example: 7 }` }));
    const { stdout } = await project.run('docs');
    expect(stdout).toContain('Classes: A, B\n');
    expect(stdout).toContain('| Page | Number | required |  | 7 |\n| Only | String | optional |  |  |\n');
  });

  it('finds the comments of a class in another package of the workspace', async () => {
    project.install('typescript');
    const item = `export class Item {\n  /** As it is on the label. */\n  sku;\n}\nEventAttribute('SKU', String)(Item.prototype, 'sku');`;
    project.writeClasses('packages/item/index.mjs', item);
    project.write('packages/item/package.json', '{ "name": "item", "exports": "./index.mjs" }');
    project.link('packages/item', 'node_modules/item');
    const viewed = eventClass('Viewed', 'Viewed', { item: "'Item', Item" }, "{ description: 'Seen' }");
    project.writeClasses('dist/viewed.event.mjs', "import { Item } from 'item';", viewed);
    const { stdout } = await project.run('docs');
    expect(stdout).toContain('| Item › SKU | String | required | As it is on the label. |  |\n');
  });

  it('tells of classes that hold one another as far as anybody reads', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `C${index}`);
    const classes = names.map((name) => `class ${name} {}`);
    const attributes = names.flatMap((name) =>
      names.map((other) => `EventAttribute('${other}', ${other}, DESCRIBED)(${name}.prototype, '${other}');`),
    );
    const described = "const DESCRIBED = { description: 'all of them' };";
    const event = eventClass('Viewed', 'Viewed', { all: "'All', C0, DESCRIBED" }, 'DESCRIBED');
    project.writeClasses('dist/viewed.event.mjs', described, ...classes, ...attributes, event);
    const { code, stdout, stderr } = await project.run('docs');
    expect([code, stderr]).toEqual([0, '']);
    const rows = stdout.split('\n').filter((line) => /^\| All.* \| JSON Object \|/.test(line));
    expect(rows.length).toBeGreaterThan(400);
    expect(rows.length).toBeLessThanOrEqual(501);
  });

  it('ends quietly where nobody reads on', async () => {
    project.writeClasses('dist/viewed.event.mjs', eventClass('Viewed', 'Viewed', {}, "{ description: 'Seen' }"));
    expect(await project.runUnread('docs')).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['a lock file that is named, but not there', ['-f', 'none.json'], 2, /^none\.json does not exist\n$/],
    ['a lock file that is none', ['-f', 'dist/wrong.mjs'], 2, /^dist\/wrong\.mjs is no JSON: line 1, column 1\n$/],
    ['a file that cannot be written', ['-o', 'dist'], 2, /^dist cannot be written: EISDIR\n$/],
    [
      'a folder that is a file',
      ['-o', 'dist/wrong.mjs/plan.md'],
      2,
      /^dist\/wrong\.mjs\/plan\.md .*: (EEXIST|ENOTDIR)\n$/,
    ],
    ['classes that are wrong', ['dist/wrong.mjs'], 1, /^Wrong: .*blank.*\n$/],
  ])('ends with one line after %s', async (_what, options, code, line) => {
    project.writeClasses('dist/viewed.event.mjs', eventClass('Viewed', 'Viewed', {}, "{ description: 'Seen' }"));
    project.writeClasses('dist/wrong.mjs', eventClass('Wrong', ' '));
    const outcome = await project.run('docs', ...options);
    expect([outcome.code, outcome.stdout]).toEqual([code, '']);
    expect(outcome.stderr).toMatch(line);
  });
});
